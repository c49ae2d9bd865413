"""Pages of one's own evidence: skill by skill, one skill, one fact, and claims."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.access import Denied, demand
from dure.foundation.pages import page_of, render, signed_in
from dure.foundation.shapes import Scale
from dure.people import api as people
from dure.talent.models import Evidence
from dure.talent.profiles import access, claims, forms, moving, queries, rules, words
from dure.talent.profiles.queries import Line

PER_PAGE = 10
MOST_FACTS = 5
LEVELS = Scale(0, 4)
"""The axis of the picture of a level."""


@require_GET
def evidence_page(request: HttpRequest) -> HttpResponse:
    """What I have shown: each skill with its level, why, and what would raise it."""
    person = signed_in(request)
    queries.fresh(person)
    page = page_of(request, queries.lines_of(person), per_page=PER_PAGE)
    context = {"page": page, "rows": [row_of(line, most=MOST_FACTS) for line in page.object_list]}
    return render(request, "talent/profiles/evidence.html", context | {"tab": "evidence"})


def row_of(line: Line, *, most: int) -> dict[str, Any]:
    """A skill as its card shows it."""
    return {
        "line": line,
        "level": words.level(line.posterior),
        "sure": words.sureness(line.posterior, max(line.level, 1)),
        "raises": words.raises(line.posterior),
        "items": line.items[:most],
        "more": max(0, len(line.items) - most),
        "scale": LEVELS,
    }


@require_GET
def skill_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill with all its facts."""
    person = signed_in(request)
    queries.fresh(person)
    line = queries.line_of(person, people.skill_named(slug))
    page = page_of(request, list(line.items))
    row = row_of(line, most=0) | {"items": page.object_list, "more": 0}
    return render(request, "talent/profiles/skill.html", {"row": row, "page": page, "tab": "evidence"})


@require_GET
def fact_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_evidence(signed_in(request), uid))


def show(request: HttpRequest, fact: Evidence, taken: acting.Taken | None = None) -> HttpResponse:
    """One fact; `taken` holds a form that needs attention."""
    offers = own_offers(request, fact)
    line = queries.beside(fact)
    context = {
        "fact": fact,
        "item": next(item for item in line.items if item.row.pk == fact.pk),
        "skill": line.skill,
        "offers": offers,
        "forms": acting.forms_for(fact, offers, forms.EVIDENCE_FORMS, taken),
        "tab": "evidence",
    }
    return render(request, "talent/profiles/fact.html", context, status=422 if taken else 200)


def own_offers(request: HttpRequest, fact: Evidence) -> list[Any]:
    """What its person may do; the secretariat's moves stand on a page of its own."""
    offers = acting.offers_of(request, fact, forms.EVIDENCE_FORMS)
    return [one for one in offers if one.transition.action not in ("keep", "strike")]


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hide, show, contest, no longer contest."""
    fact = access.access_evidence(signed_in(request), uid)
    taken = acting.take(request, fact, forms.EVIDENCE_FORMS, perform=moving.act_on_evidence)
    if taken.form is not None:
        return show(request, fact, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:fact", uid)


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Say that one has a skill."""
    person = signed_in(request)
    form = forms.SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = claims.claim(by=person, skill=form.cleaned_data["skill"], level=form.cleaned_data["level"])
        except Denied as denied:
            form.add_error(None, str(denied.refused.message))
        else:
            messages.success(request, _("Added. It carries little weight until something shows it."))
            return redirect("talent:fact", made.uid)
    context = {"form": form, "tab": "evidence"}
    return render(request, "talent/profiles/claim.html", context, status=422 if form.errors else 200)


@require_POST
def remove_claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    claims.remove(access.access_evidence(person, uid), by=person)
    messages.success(request, _("Removed."))
    return redirect("talent:evidence")


@require_GET
def contested_page(request: HttpRequest) -> HttpResponse:
    """Evidence that waits for the secretariat."""
    person = signed_in(request)
    demand(rules.may_decide_any(person))
    return render(
        request, "talent/profiles/contested.html", {"page": page_of(request, queries.contested(person))}
    )


@require_GET
def contested_fact(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show_contested(request, access.access_contested(signed_in(request), uid))


def show_contested(request: HttpRequest, fact: Evidence, taken: acting.Taken | None = None) -> HttpResponse:
    """One of them, with nothing else of its person."""
    offers = acting.offers_of(request, fact, forms.EVIDENCE_FORMS)
    mine = [one for one in offers if one.transition.action in ("keep", "strike")]
    context = {
        "fact": fact,
        "detail": words.detail(fact),
        "skill": people.skills_named([fact.skill]).get(fact.skill),
        "offers": mine,
        "forms": acting.forms_for(fact, mine, forms.EVIDENCE_FORMS, taken),
    }
    return render(request, "talent/profiles/contested_fact.html", context, status=422 if taken else 200)


@require_POST
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep or strike."""
    fact = access.access_contested(signed_in(request), uid)
    taken = acting.take(request, fact, forms.EVIDENCE_FORMS, perform=moving.act_on_evidence)
    if taken.form is not None:
        return show_contested(request, fact, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:contested")
