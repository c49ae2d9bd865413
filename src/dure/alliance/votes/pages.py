"""Pages of votes: the list, one of them with rule and result, preparing one, the ballot, the published list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.models import Vote
from dure.alliance.votes import (
    access,
    ballot,
    casting,
    counting,
    drafting,
    electorate,
    forms,
    queries,
    rules,
    words,
)
from dure.foundation import acting
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Faulty, sentence
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def votes_page(request: HttpRequest) -> HttpResponse:
    """All that this person may read; `?group=` leaves some."""
    person = signed_in(request)
    group = request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.listed(person, group=group)),
        "groups": [("running", pgettext("votes", "Open now")), ("done", _("Over"))],
        "group": group,
        "may_prepare": bool(rules.leads(person, None)),
    }
    return render(request, "alliance/votes/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The secretariat prepares one."""
    demand(rules.leads(signed_in(request), None))
    return _written(request, forms.VoteForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Anew, before it opens."""
    vote = access.access_own(signed_in(request), uid)
    return _written(request, forms.VoteForm(request.POST or None, vote=vote), vote)


def _written(request: HttpRequest, form: Any, vote: Vote | None) -> HttpResponse:
    person = signed_in(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = (
                drafting.edit(vote, by=person, given=given)
                if vote
                else drafting.prepare(by=person, given=given)
            )
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Prepared. Read the printed rule, then open it."))
            return redirect("alliance:vote", made.uid)
    context = {"form": form, "vote": vote}
    return render(request, "alliance/votes/edit.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def vote_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_vote(person_of(request), uid))


def show(
    request: HttpRequest, vote: Vote, taken: acting.Taken | None = None, form: Any = None
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `form` a ballot that does."""
    person = person_of(request)
    items, elector = queries.items(vote), casting.elector_of(person, vote)
    leads = bool(rules.leads(person, vote))
    offers = acting.offers_of(request, vote, forms.MOVE_FORMS) if leads else []
    counted = queries.result_of(vote)
    may_cast = bool(rules.may_cast(person, vote, elector))
    context = {
        "vote": vote,
        "items": items,
        "next": words.NEXT[vote.state],
        "rule": words.rule_said(vote),
        "telling": electorate.telling(vote) if leads and vote.state == "draft" else [],
        "elector": elector,
        "may_cast": may_cast,
        "ballot": form or (ballot.BallotForm(vote=vote, items=items) if may_cast else None),
        "result": words.result_said(vote, words.names_of(vote, items), counted) if counted else [],
        "lines": queries.lines(vote, items, counted) if counted else [],
        "turnout": counting.turnout(vote) if leads and vote.state == "open" else None,
        "reads_electors": vote.opened_at is not None and queries.reads_electors(person, vote),
        "may_edit": leads and vote.state == "draft",
        "offers": [one for one in offers if one.transition.action != "settle" or vote.is_tied],
        "forms": acting.forms_for(vote, offers, forms.MOVE_FORMS, taken),
        "who_sees": words.who_sees(vote),
    }
    failed = taken is not None or form is not None
    return render(request, "alliance/votes/vote.html", context, status=422 if failed else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open, count, decide a tie, call off."""
    vote = access.access_vote(signed_in(request), uid)
    try:
        taken = acting.take(request, vote, forms.MOVE_FORMS)
    except Faulty as faulty:
        messages.error(request, " ".join(sentence(fault) for fault in faulty.faults))
        return redirect("alliance:vote", uid)
    if taken.form is not None:
        return show(request, vote, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:vote", uid)


@never_cache
@sensitive_post_parameters()
@require_POST
def cast(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cast a ballot, or another in its place. The answer is the receipt: it stands on no other page."""
    person = signed_in(request)
    vote = access.access_vote(person, uid)
    demand(rules.may_cast(person, vote, casting.elector_of(person, vote)))
    items = queries.items(vote)
    form = ballot.BallotForm(request.POST, vote=vote, items=items)
    if not form.is_valid():
        return show(request, vote, form=form)
    try:
        made = casting.cast(vote, by=person, choice=form.choice, nonce=form.cleaned_data["nonce"])
    except Faulty as faulty:
        show_faults(form, faulty)
        return show(request, vote, form=form)
    said = words.ballot_said(vote, made.choice, words.names_of(vote, items))
    return render(request, "alliance/votes/receipt.html", {"vote": vote, "receipt": made, "said": said})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def ballots(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The published list, counted again; a post looks a receipt code up, so that it stands in no address."""
    vote = access.access_vote(signed_in(request), uid)
    if vote.state != "decided":
        raise Hidden(uid)
    items = queries.items(vote)
    names, counted = words.names_of(vote, items), queries.result_of(vote)
    code = request.POST.get("code", "").strip().upper()
    rows = [
        (row.code, words.ballot_said(vote, row.choice, names), str(row.weight)) for row in vote.published.rows
    ]
    context = {
        "vote": vote,
        "page": page_of(request, rows, per_page=100),
        "result": words.result_said(vote, names, counted),
        "asked": request.method == "POST",
        "found": [row for row in rows if row[0] == code],
        "who_sees": words.who_sees(vote),
    }
    return render(request, "alliance/votes/ballots.html", context)


@require_GET
def electors(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who may vote; once it is over, who took part."""
    person = signed_in(request)
    vote = access.access_vote(person, uid)
    if vote.opened_at is None or not queries.reads_electors(person, vote):
        raise Hidden(uid)
    rows = vote.electors.select_related("person", "organisation").order_by("pk")
    context = {
        "vote": vote,
        "page": page_of(request, rows, per_page=100),
        "is_over": "done" in vote.state_tags,
        "who_sees": words.who_sees(vote),
    }
    return render(request, "alliance/votes/electors.html", context)
