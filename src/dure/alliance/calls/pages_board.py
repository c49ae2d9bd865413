"""Pages of the decision: the board, and the verdict on one proposal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dure.alliance.calls import access, deciding, forms_board, rules
from dure.alliance.calls.pages import frame
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.reviews import queries as review_queries
from dure.alliance.reviews import scoring
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Fault, sentence
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in


def access_decision(person: Any, uid: UUID) -> ResearchCall:
    """The call, for who decides on it. Raises Hidden, Denied."""
    call = access.access_run(person, uid)
    demand(rules.decides(person, call))
    return call


def access_line(call: ResearchCall, uid: UUID) -> Proposal:
    """A proposal that is discussed, or was. Raises Hidden."""
    rows = call.proposals.exclude(submitted_at=None).select_related("call", "organisation", "lead")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


@require_http_methods(["GET", "POST"])
def board_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Means and spreads, what the printed rule proposes, and the verdicts; `what` says which form was sent."""
    person = signed_in(request)
    call, what = access_decision(person, uid), request.POST.get("what")
    over = forms_board.TakeOverForm(request.POST if what == "take_over" else None)
    order = forms_board.RankForm(request.POST if what == "rank" else None)
    if what == "take_over":
        made = done_with(over, lambda given: deciding.take_over(call, by=person, messages=given))
        if made is not None:
            text = ngettext("%(n)s proposal got its verdict.", "%(n)s proposals got their verdicts.", made)
            messages.success(request, text % {"n": made})
            return redirect("alliance:call_board", uid)
    if what == "rank" and done_with(order, _ranking(call, person)):
        messages.success(request, _("Put in order."))
        return redirect("alliance:call_board", uid)
    board = deciding.board(call)
    context = frame(request, call, "board") | {
        "board": board,
        "page": page_of(request, list(board.lines), per_page=50),
        "printed": [sentence(Fault(one.code, dict(one.params))) for one in board.rule],
        "may": rules.is_deciding(call),
        "over_form": over,
        "rank_form": order,
    }
    failed = over.errors or order.errors
    return render(request, "alliance/calls/board.html", context, status=422 if failed else 200)


def _ranking(call: ResearchCall, person: Any) -> Any:
    def put(given: dict[str, Any]) -> bool:
        deciding.rank(call, by=person, order=given["order"])
        return True

    return put


@require_http_methods(["GET", "POST"])
def verdict_page(request: HttpRequest, uid: UUID, proposal: UUID) -> HttpResponse:
    """What reviewers said of one proposal, and what is to be announced."""
    person = signed_in(request)
    call = access_decision(person, uid)
    found = access_line(call, proposal)
    form = forms_board.verdict_form(found, request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and done_with(form, lambda given: deciding.decide(found, by=person, **given)) is not None
    ):
        messages.success(request, _("Kept. It is announced with all others."))
        return redirect("alliance:call_board", uid)
    summary = scoring.summaries(call).get(found.pk)
    reviews = review_queries.of_proposal(person, found)
    context = frame(request, call, "board") | {
        "proposal": found,
        "summary": summary,
        "mean": scoring.said(summary.mean) if summary else None,
        "reviews": reviews,
        "form": form,
        "may": rules.is_deciding(call),
    }
    return render(request, "alliance/calls/verdict.html", context, status=422 if form.errors else 200)
