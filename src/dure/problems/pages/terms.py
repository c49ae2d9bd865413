"""Terms of a need: reading and accepting them, choosing and filling a template."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import faults
from dure.foundation.access import demand
from dure.foundation.middleware import client_address
from dure.foundation.pages import person_of, render
from dure.problems import access, access_needs, rules_needs
from dure.problems import terms as templates
from dure.problems.actions.terms import accept_terms
from dure.problems.actions.terms_choice import choose_terms
from dure.problems.models import Problem, ProblemTerms, TermsAcceptance


@require_GET
def terms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The terms in force: the summary first, the whole text below, and what the reader has said yes to."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    in_force = list(problem.terms.filter(retired_at=None).order_by("kind"))
    accepted = _accepted(person, in_force)
    context = {
        "problem": problem,
        "terms": [(one, accepted.get(one.pk)) for one in in_force],
        "open": any(one.pk not in accepted for one in in_force),
        "may_set": bool(rules_needs.sets_terms(person, problem)),
    }
    return render(request, "problems/need/terms.html", context)


def _accepted(person: Any, in_force: list[Any]) -> dict[int, TermsAcceptance]:
    if not person.is_authenticated:
        return {}
    rows = TermsAcceptance.objects.filter(person_id=person.pk, terms__in=in_force)
    return {row.terms_id: row for row in rows}


@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A yes to exactly the words that stood on the page."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    accept_terms(
        by=person, problem=problem, origin=client_address(request), read=request.POST.getlist("sha256")
    )
    messages.success(request, _("Your yes is recorded with the hash of the text."))
    return redirect("problems:terms", uid=uid)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose a template of each kind and fill its blanks."""
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    demand(rules_needs.sets_terms(person, problem))
    found: list[Any] = []
    if request.method == "POST":
        values = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        try:
            choose_terms(
                by=person, problem=problem, template=values.get("template", ""), values=_blanks(values)
            )
        except faults.Faulty as error:
            found = error.faults
        else:
            messages.success(request, _("These terms are in force now."))
            return redirect("problems:terms_choose", uid=uid)
    return _choice_page(request, problem, found)


def _blanks(values: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix("blank-"): value for name, value in values.items() if name.startswith("blank-")}


def _choice_page(request: HttpRequest, problem: Problem, found: list[Any]) -> HttpResponse:
    in_force = {one.kind: one for one in problem.terms.filter(retired_at=None)}
    fitting = [one for one in templates.TEMPLATES.values() if _fits(one, problem)]
    context = {
        "problem": problem,
        "choices": [_choice(one, problem, in_force.get(one.kind)) for one in fitting],
        "in_force": list(in_force.values()),
        "faults": found,
    }
    return render(request, "problems/need/terms_choose.html", context, status=422 if found else 200)


@dataclass(frozen=True, slots=True)
class Choice:
    """A template as this problem would get it, and the terms of its kind that are in force now."""

    template: templates.Template
    current: ProblemTerms | None
    summary_ko: str
    summary_en: str
    body_ko: str
    body_en: str


def _choice(template: templates.Template, problem: Problem, current: ProblemTerms | None) -> Choice:
    return Choice(template, current, **templates.fill(template, problem=problem, values={}))


def _fits(template: templates.Template, problem: Problem) -> bool:
    """Data that stays home has its own terms of use; the other text would promise what does not happen."""
    home = (problem.route or problem.wish) == "data_stays"
    return template.kind != "data_use" or (template.key == "data_home") == home
