"""REST: the leaderboard as JSON and CSV."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS
from dure.problems import access
from dure.problems.queries.board import as_csv, shown_board

router = Router()


class BoardRow(Schema):
    """One team on the board; `group` numbers the teams that cannot be told apart.

    On the final board `second` is the second metric's score, and `coverage` maps the level of a forecast's intervals to the
    share of answers inside.
    """

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    group: int | None
    name: str
    organisation_ko: str
    organisation_en: str
    baseline: bool
    score: float
    low: float | None
    high: float | None
    second: float | None = None
    coverage: dict[str, float] = {}
    entries: int
    submitted_at: datetime
    reproduced: bool


class BoardOut(Schema):
    """A leaderboard with how its intervals came about and which versions it stands on; `answers_dropped` rows count for nobody."""

    view: str
    method: str
    resamples: int
    answers_version: int | None
    answers_dropped: int
    scorer_version: int | None
    scorer_digest: str
    computed_at: datetime | None
    rows: list[BoardRow]


@router.get("/challenges/{slug}/leaderboard", response={200: BoardOut, **ERRORS}, summary="The leaderboard")
def get_board(
    request: HttpRequest, slug: str, view: Literal["public", "private"] | None = None
) -> dict[str, Any]:
    challenge = access.access_challenge(person_of(request), slug)
    shown = shown_board(challenge, view)
    return {
        "view": shown.view,
        "method": shown.board.method if shown.board else "",
        "resamples": shown.board.resamples if shown.board else 0,
        "answers_version": challenge.answers.number if challenge.answers else None,
        "answers_dropped": challenge.answers.dropped if challenge.answers else 0,
        "scorer_version": challenge.scorer.number if challenge.scorer else None,
        "scorer_digest": challenge.scorer.digest if challenge.scorer else "",
        "computed_at": shown.board.computed_at if shown.board else None,
        "rows": shown.rows,
    }


@router.get(
    "/challenges/{slug}/leaderboard.csv", response={200: None, **ERRORS}, summary="The leaderboard as CSV"
)
def get_board_csv(
    request: HttpRequest, slug: str, view: Literal["public", "private"] | None = None
) -> HttpResponse:
    challenge = access.access_challenge(person_of(request), slug)
    body = as_csv(shown_board(challenge, view))
    headers = {"Content-Disposition": f'attachment; filename="{challenge.slug}-{view or "board"}.csv"'}
    return HttpResponse("\ufeff" + body, content_type="text/csv; charset=utf-8", headers=headers)
