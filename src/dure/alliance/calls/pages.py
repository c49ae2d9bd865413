"""Pages of calls: the list, one of them with its moves, writing it and its rubric, its proposals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.calls import access, editing, forms, queries, rules, words
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.proposals import rules as proposal_rules
from dure.alliance.topics.adoption import topic_of
from dure.foundation import acting
from dure.foundation.access import Hidden, demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def calls_page(request: HttpRequest) -> HttpResponse:
    """All of which this person may know; `?group=` leaves some."""
    person, group = person_of(request), request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.listed(person, group=group)),
        "groups": [("open", _("Being written")), ("running", _("Under way")), ("done", _("Over"))],
        "group": group,
        "may_make": bool(rules.leads(person)),
    }
    return render(request, "alliance/calls/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The secretariat starts one."""
    person = signed_in(request)
    demand(rules.leads(person))
    form = forms.CallForm(request.POST or None, person=person)
    made: ResearchCall | None = None
    if request.method == "POST":
        made = done_with(form, lambda given: editing.create(by=person, given=given))
    if made is not None:
        messages.success(request, _("It is a draft. Write its rubric, then publish it."))
        return redirect("alliance:call_rubric", made.uid)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write it anew, while it is a draft."""
    person = signed_in(request)
    call = access.access_run(person, uid)
    demand(rules.may_edit(person, call))
    form = forms.CallForm(request.POST or None, person=person, instance=call)
    if (
        request.method == "POST"
        and done_with(form, lambda given: editing.change(call, by=person, given=given)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("alliance:call", uid)
    return _form(request, form, call)


def _form(request: HttpRequest, form: forms.CallForm, call: ResearchCall | None) -> HttpResponse:
    context = {"form": form, "call": call}
    return render(request, "alliance/calls/edit.html", context, status=422 if form.errors else 200)


def frame(request: HttpRequest, call: ResearchCall, tab: str) -> dict[str, Any]:
    """What every page of a call needs."""
    person = person_of(request)
    return {
        "call": call,
        "tab": tab,
        "is_desk": bool(rules.leads(person, call)),
        "is_reviewer": person.is_authenticated and call.reviewers.filter(person_id=person.pk).exists(),
        "who_sees": words.who_sees(call),
    }


@require_GET
def call_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_call(person_of(request), uid))


def show(request: HttpRequest, call: ResearchCall, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person = person_of(request)
    context = frame(request, call, "overview")
    offers = acting.offers_of(request, call, forms.MOVE_FORMS) if context["is_desk"] else []
    context |= {
        "next": words.NEXT[call.state],
        "topic": topic_of(person, "call", call.uid),
        "criteria": list(call.criteria.all()),
        "waivable": [forms.KINDS[one] for one in call.waivable if one in forms.KINDS],
        "may_propose": proposal_rules.may_propose(person, call),
        "mine": queries.own_proposals(person, call),
        "lacking": rules.missing(call) if context["is_desk"] and call.state == "draft" else [],
        "offers": offers,
        "forms": acting.forms_for(call, offers, forms.MOVE_FORMS, taken),
    }
    return render(request, "alliance/calls/call.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish, move the deadline, cancel, archive."""
    call = access.access_call(signed_in(request), uid)
    taken = acting.take(request, call, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, call, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:call", uid)


@require_http_methods(["GET", "POST"])
def rubric(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its items with their weights and scales."""
    person = signed_in(request)
    call = access.access_run(person, uid)
    form = forms.CriterionForm(request.POST or None)
    if request.method == "POST":
        demand(rules.may_edit(person, call))
        if done_with(form, lambda given: editing.add_criterion(call, by=person, given=given)):
            messages.success(request, _("Saved."))
            return redirect("alliance:call_rubric", uid)
    context = frame(request, call, "rubric") | {
        "criteria": list(call.criteria.all()),
        "form": form,
        "may_edit": bool(rules.may_edit(person, call)),
    }
    return render(request, "alliance/calls/rubric.html", context, status=422 if form.errors else 200)


@require_POST
def remove_criterion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an item out."""
    person = signed_in(request)
    call = access.access_run(person, uid)
    one = access.access_criterion(call, named(request))
    editing.remove_criterion(call, one, by=person)
    messages.success(request, _("Saved."))
    return redirect("alliance:call_rubric", uid)


def named(request: HttpRequest) -> UUID:
    """The part that a button names. Raises Hidden for what is no name."""
    try:
        return UUID(request.POST.get("part", ""))
    except ValueError:
        raise Hidden from None


@require_GET
def proposals_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its proposals as far as this person may read them; `?state=` leaves some."""
    person = signed_in(request)
    call, state = access.access_call(person, uid), request.GET.get("state", "")
    context = frame(request, call, "proposals") | {
        "page": page_of(request, queries.proposals_of(person, call, state=state)),
        "states": [(one.name, one.label) for one in Proposal.workflow.states],
        "state": state,
    }
    return render(request, "alliance/calls/proposals.html", context)
