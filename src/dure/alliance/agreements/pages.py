"""Pages of agreements: the list, one of them, its moves, what was said about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.agreements import (
    access,
    content,
    drafting,
    forms,
    moving,
    payments,
    queries,
    rules,
    sheets,
    words,
)
from dure.alliance.agreements.standing import spoken_for
from dure.alliance.models import Agreement
from dure.foundation import acting
from dure.foundation.access import Hidden
from dure.foundation.pages import page_of, person_of, render, signed_in

APART = ("sign", "leave")
"""Moves that are made for one party, on a page of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """A filter of the list by the tags of states."""

    key: str
    label: str


@require_GET
def agreements_page(request: HttpRequest) -> HttpResponse:
    """All of which this person knows at least the title; `?group=` and `?mine=1` leave some; with `?as=` a file."""
    person, group = person_of(request), request.GET.get("group", "")
    mine = request.GET.get("mine") == "1"
    groups = [
        Group("open", _("Being drafted or signed")),
        Group("running", _("In force")),
        Group("done", _("Ended")),
    ]
    rows = queries.listed(person, group=group, mine=mine)
    if form := sheets.asked_for(request):
        return sheets.agreements(form, rows)
    context = {
        "page": page_of(request, rows),
        "groups": groups,
        "group": group,
        "mine": mine,
        "may_make": bool(rules.may_make(person)),
    }
    return render(request, "alliance/agreements/list.html", context)


def frame(request: HttpRequest, agreement: Agreement, tab: str) -> dict[str, Any]:
    """What every page of an agreement needs."""
    is_side = bool(rules.is_side(person_of(request), agreement))
    return {"agreement": agreement, "tab": tab, "is_side": is_side, "who_sees": words.who_sees(agreement)}


@require_GET
def agreement_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All of it, or of a public one its title."""
    try:
        agreement = access.access_agreement(person_of(request), uid)
    except Hidden:
        found = access.access_title(person_of(request), uid)
        return render(request, "alliance/agreements/title.html", {"agreement": found})
    return show(request, agreement)


def show(request: HttpRequest, agreement: Agreement, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person, said = person_of(request), content.of_json(agreement.revision.content)
    offers = [
        one
        for one in acting.offers_of(request, agreement, forms.MOVE_FORMS)
        if one.transition.action not in APART
    ]
    moves = acting.forms_for(agreement, offers, forms.MOVE_FORMS, taken)
    if "approve" in moves and not moves["approve"].is_bound:
        moves["approve"].initial = {"sha256": agreement.revision.sha256}
    context = frame(request, agreement, "overview") | {
        "next": words.NEXT[agreement.state],
        "revision": agreement.revision,
        "said": said,
        "fields": [Agreement.Cooperation(one).label for one in said.cooperation],
        "totals": payments.totals(list(said.payments)),
        "named": {party.organisation: party.name for party in said.parties},
        "rows": queries.parties(agreement, spoken_for(person, agreement)),
        "followers": queries.followers(person, agreement),
        "offers": offers,
        "forms": moves,
        "is_secretary": bool(rules.only_secretariat(person)),
    }
    return render(request, "alliance/agreements/agreement.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Circulate, approve, ask for changes, open signing, refuse, give up, end."""
    agreement = access.access_agreement(signed_in(request), uid)
    taken = acting.take(request, agreement, forms.MOVE_FORMS, perform=moving.act)
    if taken.form is not None:
        return show(request, agreement, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:agreement", uid)


@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the parties and the secretariat say of the text; a comment is added here."""
    person = signed_in(request)
    agreement = access.access_side(person, uid)
    form = forms.CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafting.comment(agreement, by=person, body=form.cleaned_data["body"])
        messages.success(request, _("Your comment stands here; the others were told."))
        return redirect("alliance:agreement_discussion", uid)
    context = frame(request, agreement, "discussion") | {
        "page": page_of(request, queries.comments(agreement)),
        "may": rules.may_comment(person, agreement),
        "form": form,
    }
    return render(request, "alliance/agreements/discussion.html", context, status=422 if form.errors else 200)
