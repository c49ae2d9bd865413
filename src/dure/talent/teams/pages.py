"""Pages of whoever looks for a team: what it should be able to do, the teams that there are, and the one that was chosen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamNeed, TeamProposal
from dure.talent.teams import access, answering, choosing, entering, forms, needing, queries, rules

SIZES = ("least", "most", "target")


@require_http_methods(["GET", "POST"])
def need_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Skills, what the need's words name beside them, the size; and the teams that were chosen before."""
    person = signed_in(request)
    problem = access.access_sought(person, uid)
    if request.method != "POST":
        return _show_need(request, problem)
    if "remove" in request.POST:
        needing.remove(problem, request.POST["remove"], by=person)
        messages.success(request, _("It is looked for no longer."))
        return redirect("talent:team_need", uid)
    form = forms.SizeForm(request.POST) if "least" in request.POST else forms.SkillForm(request.POST)
    if form.is_valid():
        try:
            _put(problem, form, person)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Kept."))
            return redirect("talent:team_need", uid)
    return _show_need(request, problem, form)


def _put(problem: problems.Problem, form: Any, person: Any) -> None:
    if isinstance(form, forms.SizeForm):
        needing.size(problem, by=person, **form.cleaned_data)
    else:
        needing.put(problem, form.cleaned_data["skill"], form.cleaned_data["level"], by=person)


def _show_need(request: HttpRequest, problem: problems.Problem, form: Any = None) -> HttpResponse:
    need = needing.need_of(problem) or TeamNeed(problem=problem)
    skills = needing.sought(need) if need.pk else []
    initial = {name: getattr(need, name) for name in SIZES}
    context = {
        "problem": problem,
        "tab": "need",
        "skills": skills,
        "suggested": needing.suggested(problem, skills),
        "levels": people.LEVEL_NAMES.items(),
        "form": form if isinstance(form, forms.SkillForm) else forms.SkillForm(),
        "sizes": form if isinstance(form, forms.SizeForm) else forms.SizeForm(initial=initial),
        "page": page_of(request, queries.chosen(problem)),
    }
    return render(request, "talent/teams/need.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
def proposals_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The teams that there are now, without names; one of them is chosen here."""
    person = signed_in(request)
    problem = access.access_sought(person, uid)
    form = forms.UntilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team, until = request.POST.get("team", ""), form.cleaned_data["until"]
        made = choosing.choose(problem, team, until=until, by=person)
        messages.success(request, _("Everybody in it is asked. You read who they are when all say yes."))
        return redirect("talent:team_proposal", made.uid)
    listed = choosing.shown_for(problem, needing.need_of(problem), by=person)
    context = {"problem": problem, "tab": "proposals", "listed": listed, "form": form}
    return render(request, "talent/teams/proposals.html", context, status=422 if form.errors else 200)


@require_GET
def proposal_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_proposal(person_of(request), uid))


def show(request: HttpRequest, proposal: TeamProposal, taken: acting.Taken | None = None) -> HttpResponse:
    """A chosen team; `taken` is a move whose form needs attention."""
    person = person_of(request)
    seeks = bool(rules.seeks_proposal(person, proposal))
    offers = acting.offers_of(request, proposal, forms.PROPOSAL_FORMS) if seeks else []
    context = {
        "proposal": proposal,
        "problem": proposal.problem,
        "problem_url": problems.problem_url(proposal.problem),
        "detail": queries.detail(proposal, reader=person),
        "seeks": seeks,
        "offers": offers,
        "forms": acting.forms_for(proposal, offers, forms.PROPOSAL_FORMS, taken),
        "until": forms.UntilForm(),
        "may_open_room": bool(rules.may_open_room(person, proposal)),
        "entry": entering.entry_for(proposal, reader=person),
        "enter_form": forms.EnterForm(),
    }
    return render(request, "talent/teams/proposal.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Withdraw it."""
    proposal = access.access_proposal(signed_in(request), uid)
    taken = acting.take(request, proposal, forms.PROPOSAL_FORMS)
    if taken.form is not None:
        return show(request, proposal, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:team_proposal", uid)


@require_POST
def refill(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have somebody else asked for a free place."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    form = forms.UntilForm(request.POST)
    if not form.is_valid():
        raise Denied(choosing.WRONG_DAY)
    choosing.refill(proposal, until=form.cleaned_data["until"], by=person)
    messages.success(request, _("Somebody else is asked."))
    return redirect("talent:team_proposal", uid)


@require_POST
def open_room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A workroom for the owner and the team."""
    person = signed_in(request)
    room = answering.open_room(access.access_proposal(person, uid), by=person)
    messages.success(request, _("The workroom is open: everybody in the team finds it among their own."))
    return redirect("problems:workroom", room.uid)


@require_POST
def enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take part in the challenge with the others; whoever cannot be invited is told with the reason."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    form = forms.EnterForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    found = entering.enter(proposal, by=person, name=name)
    messages.success(request, _("You take part now, as the team “%(team)s”.") % {"team": found.team.name})
    for said in sorted({str(refused.message) for refused in found.left_out.values()}):
        messages.warning(request, _("Not everybody could be invited: %(reason)s") % {"reason": said})
    return redirect("talent:team_proposal", uid)
