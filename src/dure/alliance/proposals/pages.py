"""Pages of proposals: mine, one of them with its moves, writing it, partners and people, frozen revisions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.calls.access import access_call
from dure.alliance.calls.pages import named
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.proposals import access, forms, queries, rules, words, writing
from dure.alliance.reviews import scoring
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def mine_page(request: HttpRequest) -> HttpResponse:
    """Those in which one takes part."""
    context = {"page": page_of(request, queries.mine(signed_in(request)))}
    return render(request, "alliance/proposals/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start a draft for a call."""
    person = signed_in(request)
    call = access_call(person, uid)
    form = forms.ProposalForm(request.POST or None, person=person, call=call)
    made: Proposal | None = None
    if request.method == "POST":
        made = done_with(form, lambda given: writing.draft(call, by=person, given=given))
    if made is not None:
        messages.success(request, _("It is a draft. Ask partners, then submit it before the deadline."))
        return redirect("alliance:proposal_partners", made.uid)
    return _form(request, form, call, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write its words."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    demand(rules.may_write(person, proposal))
    form = forms.ProposalForm(request.POST or None, person=person, call=proposal.call, instance=proposal)
    if (
        request.method == "POST"
        and done_with(form, lambda given: writing.edit(proposal, by=person, given=given)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("alliance:proposal", uid)
    return _form(request, form, proposal.call, proposal)


def _form(
    request: HttpRequest, form: forms.ProposalForm, call: ResearchCall, proposal: Proposal | None
) -> HttpResponse:
    may = rules.may_propose(person_of(request), call) if proposal is None else True
    context = {"form": form, "call": call, "proposal": proposal, "may": may}
    return render(request, "alliance/proposals/edit.html", context, status=422 if form.errors else 200)


def frame(request: HttpRequest, proposal: Proposal, tab: str) -> dict[str, Any]:
    """What every page of a proposal needs."""
    person = person_of(request)
    return {
        "proposal": proposal,
        "tab": tab,
        "may_write": bool(rules.may_write(person, proposal)),
        "may_arrange": bool(rules.may_arrange(person, proposal)),
        "who_sees": words.who_sees(proposal),
    }


@require_GET
def proposal_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_proposal(signed_in(request), uid))


def show(request: HttpRequest, proposal: Proposal, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person = person_of(request)
    offers = acting.offers_of(request, proposal, forms.MOVE_FORMS)
    context = frame(request, proposal, "overview") | {
        "next": words.NEXT[proposal.state],
        "partners": [(one, bool(rules.may_answer(person, one))) for one in answerable(proposal)],
        "lacking": proposal.lacking if proposal.state in ("draft", "submitted") else [],
        "offers": offers,
        "forms": acting.forms_for(proposal, offers, forms.MOVE_FORMS, taken),
        **_decided(proposal),
        "revisions": list(proposal.revisions.order_by("-number")[:10]),
    }
    return render(request, "alliance/proposals/proposal.html", context, status=422 if taken else 200)


def _decided(proposal: Proposal) -> dict[str, Any]:
    """What was announced: the message, the mean and the words that are meant for the applicants, without names."""
    announced = proposal.call.announced_at is not None and bool(proposal.message)
    if not announced:
        return {"announced": False}
    done = proposal.reviews.filter(state="submitted")
    mean = scoring.summary_of(proposal)
    words_ = list(done.exclude(to_applicants="").order_by("uid").values_list("to_applicants", flat=True))
    return {"announced": True, "mean": mean, "for_applicants": words_}


def answerable(proposal: Proposal) -> list[Any]:
    """Its partners, each knowing the proposal without another query."""
    for one in proposal.all_partners:
        one.proposal = proposal
    return proposal.all_partners


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Any move of a proposal by hand."""
    proposal = access.access_proposal(signed_in(request), uid)
    taken = acting.take(request, proposal, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, proposal, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:proposal", uid)


@require_http_methods(["GET", "POST"])
def partners_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who takes part: organisations with what they ask for, and people. `what` says which form was sent."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    what = request.POST.get("what")
    partner = forms.PartnerForm(request.POST if what == "partner" else None, person=person, prefix="p")
    member = forms.PersonForm(request.POST if what == "person" else None, prefix="m")
    if request.method == "POST":
        demand(rules.may_arrange(person, proposal))
    if (what == "partner" and done_with(partner, _asking(proposal, person))) or (
        what == "person" and done_with(member, _naming(proposal, person))
    ):
        return back(request, uid)
    context = frame(request, proposal, "partners") | {
        "partners": proposal.all_partners,
        "page": page_of(request, proposal.people.select_related("person").order_by("pk")),
        "partner_form": partner,
        "person_form": member,
    }
    status = 422 if partner.errors or member.errors else 200
    return render(request, "alliance/proposals/partners.html", context, status=status)


def _asking(proposal: Proposal, person: Any) -> Any:
    return lambda given: writing.add_partner(proposal, by=person, given=given)


def _naming(proposal: Proposal, person: Any) -> Any:
    return lambda given: writing.name_person(proposal, by=person, address=given["address"])


def back(request: HttpRequest, uid: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("alliance:proposal_partners", uid)


@require_http_methods(["GET", "POST"])
def partner_page(request: HttpRequest, uid: UUID, partner: UUID) -> HttpResponse:
    """Other amounts of a partner, who is asked again."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    found = access.access_partner(proposal, partner)
    demand(rules.may_arrange(person, proposal))
    now = {"budget": found.budget, "brings": found.brings}
    form = forms.AmountsForm(request.POST or None, initial=now)
    if (
        request.method == "POST"
        and done_with(form, lambda given: writing.change_amounts(proposal, found, by=person, given=given))
        is not None
    ):
        return back(request, uid)
    context = frame(request, proposal, "partners") | {"form": form, "partner": found}
    return render(request, "alliance/proposals/partner.html", context, status=422 if form.errors else 200)


@require_POST
def remove_partner(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An organisation is not asked any more."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    writing.remove_partner(proposal, access.access_partner(proposal, named(request)), by=person)
    return back(request, uid)


@require_POST
def remove_person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody is not to work on it."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    writing.unname_person(proposal, access.access_named(proposal, named(request)), by=person)
    return back(request, uid)


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A partner confirms, or with `refuse=1` refuses."""
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    found = access.access_partner(proposal, named(request))
    refuses = request.POST.get("refuse") == "1"
    writing.answer(found, by=person, takes_part=not refuses)
    messages.success(request, _("Answered. Its lead was told."))
    return redirect("alliance:proposals" if refuses else "alliance:proposal", *([] if refuses else [uid]))


@require_GET
def revision_page(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """What was submitted, word for word."""
    proposal = access.access_proposal(signed_in(request), uid)
    revision = access.access_revision(proposal, number)
    context = frame(request, proposal, "overview") | {
        "revision": revision,
        "said": revision.content,
        "names": queries.names_in(revision.content),
    }
    return render(request, "alliance/proposals/revision.html", context)
