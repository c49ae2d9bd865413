"""Pages of whoever takes part: the own ranking and the own result; and of who keeps a secret or decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.models import PlacementRound
from dure.talent.rounds import access, forms, queries, ranking, rules, words
from dure.talent.rounds.pages import frame
from dure.talent.rounds.queries import Rankable

SHOWN = 25
PREFIX = "rank_"


@require_http_methods(["GET", "POST"])
def ranking_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The own list with an order number for each seat, and seats that can be added."""
    person = signed_in(request)
    found = access.access_round(person, uid)
    entry, ranks = queries.entry_of(person, found), queries.ranked(person, found)
    if request.method != "POST":
        page = page_of(request, queries.unranked(found, ranks), per_page=SHOWN)
        own = queries.seats(found).filter(pk__in=list(ranks))
        shown = queries.rankable(person, [*own, *page.object_list], ranks)
        return _show_ranking(request, found, shown, page=page)
    shown = queries.rankable(person, queries.named(found, _uids(request)), ranks)
    form = forms.RankingForm(request.POST, person=person, rankable=shown, entry=entry)
    if form.is_valid() and _saved(found, person, form):
        messages.success(request, _("Your ranking is saved. You can change it until the deadline."))
        return redirect("talent:placement_ranking", uid)
    return _show_ranking(request, found, shown, form=form)


def _uids(request: HttpRequest) -> list[UUID]:
    """Of the seats that the form showed."""
    names = [name.removeprefix(PREFIX) for name in request.POST if name.startswith(PREFIX)]
    return [UUID(name) for name in names if len(name) == 32 and name.isalnum() and _is_hex(name)]


def _is_hex(name: str) -> bool:
    return set(name) <= set("0123456789abcdef")


def _saved(found: PlacementRound, person: Any, form: forms.RankingForm) -> bool:
    try:
        ranking.save(
            found,
            by=person,
            ranks=form.ranks(),
            organisation=form.cleaned_data["organisation"],
            words=form.cleaned_data["words"],
        )
    except Faulty as faulty:
        show_faults(form, faulty)
        return False
    return True


def _show_ranking(
    request: HttpRequest, found: PlacementRound, shown: list[Rankable], *, page: Any = None, form: Any = None
) -> HttpResponse:
    person = person_of(request)
    entry = queries.entry_of(person, found)
    used = form or forms.RankingForm(person=person, rankable=shown, entry=entry)
    context = frame(request, found, "ranking") | {
        "form": used,
        "own": [used[ranking.field_of(one.seat)] for one in shown if one.rank],
        "others": [used[ranking.field_of(one.seat)] for one in shown if not one.rank],
        "page": page,
        "entry": entry,
        "may_rank": rules.may_rank(person, found),
    }
    return render(request, "talent/rounds/ranking.html", context, status=422 if form else 200)


@require_POST
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take no part."""
    person = signed_in(request)
    ranking.leave(access.access_round(person, uid), by=person)
    messages.success(request, _("You take no part; nothing of your ranking is kept."))
    return redirect("talent:placement_round", uid)


@require_GET
def my_result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where one stood, the cut-off, and why: of others nothing."""
    person = signed_in(request)
    found = access.access_round(person, uid)
    entry = access.access_own_entry(person, found)
    context = frame(request, found, "my_result") | {"entry": entry}
    if found.state == "decided":
        outcome = queries.outcome(entry)
        context |= {
            "outcome": outcome,
            "lines": [
                (told, words.where(told.line), words.why(told.line), words.cut_off(told.line))
                for told in outcome.lines
            ],
        }
    return render(request, "talent/rounds/my_result.html", context)
