"""The leaderboard's page and its exports."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dure.foundation.pages import page_of, person_of, render
from dure.problems import access
from dure.problems.actions import rescores
from dure.problems.metric_words import metric_name
from dure.problems.models import Board, Challenge
from dure.problems.pages.challenge import context
from dure.problems.queries.board import CLOSED, Shown, lines_of, plot_of, shown_board


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The interval plot, the table and what they stand on. `?view=public` shows the public board after the close."""
    challenge = access.access_challenge(person_of(request), slug)
    shown = shown_board(challenge, request.GET.get("view"))
    running = rescores.running(challenge)
    page = page_of(request, shown.rows)
    rows = list(page.object_list)
    more = {
        "shown": shown,
        "page": page,
        "groups": lines_of(shown, rows),
        "plot": plot_of(rows, first=shown.rows[0]["group"]) if shown.rows else None,
        "ties": ties(shown),
        "closed": challenge.state in CLOSED,
        "second_name": metric_name(challenge.second_metric) if _tells_second(challenge, shown) else "",
        "rescoring": rescores.progress(running) if running else None,
    }
    frame = context(request, challenge, "board")
    mine = frame["stand"].team
    return render(
        request,
        "problems/challenge/board.html",
        frame | more | {"mine": str(mine.uid) if mine else ""},
    )


def _tells_second(challenge: Challenge, shown: Shown) -> bool:
    """The second metric is measured on the private rows, so only the final board has it."""
    return bool(challenge.second_metric) and shown.view == Board.View.PRIVATE


def ties(shown: Shown) -> list[str]:
    """Each group of two or more teams as a sentence: “1–4 cannot be told apart”."""
    groups: dict[int, list[int]] = {}
    for place, row in enumerate((row for row in shown.rows if row["rank"]), start=1):
        groups.setdefault(row["group"], []).append(place)
    return [
        _("%(first)s–%(last)s cannot be told apart") % {"first": places[0], "last": places[-1]}
        for places in groups.values()
        if len(places) > 1
    ]
