"""What the front page shows of problems."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from dure.foundation import prepared, shapes
from dure.people import api as people
from dure.problems import metric_words, workflows
from dure.problems.models import Board, Challenge, Phase, Problem, ResultRecord, Submission, Team, TeamMember
from dure.problems.scoring.boards import first_lines
from dure.problems.visibility import STARTED

TOP = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A problem as a card: the row itself, where it is, when it closes, how many teams, and the first lines of its board."""

    problem: Problem
    url: str
    ends_at: datetime | None
    teams: int
    metric: str
    sentence: str
    plot: shapes.IntervalPlot | None
    digits: int
    leader: str


@dataclass(frozen=True, slots=True)
class MyTeam:
    """A team of the person, with the problem it works on; the last three are what the person took away, once it is declared."""

    team: Team
    problem: Problem
    url: str
    ends_at: datetime | None
    rank: int | None
    teams: int | None
    won: bool | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How much goes on, counted over what everybody may see."""

    open: int
    teams: int
    submissions: int


def open_problems(person: Any, limit: int = 6) -> list[Card]:
    """Problems being worked on that this person may see, the soonest to close first; one query.

    A challenge that takes no more files is settled elsewhere, though its need goes on until the owner says that it is solved.
    """

    def build(someone: Any) -> "QuerySet[Any, Any]":
        takes_files = Q(challenge=None) | Q(challenge__state__in=workflows.CHALLENGE.tagged("open"))
        rows = Problem.objects.visible_to(someone).filter(
            takes_files, state__in=workflows.PROBLEM.tagged("open")
        )
        return _lines(rows, Board.View.PUBLIC, F("ends_at").asc(nulls_last=True), limit)

    return [_card(row) for row in prepared.rows("problems.open", build, person, limit)]


def recent_results(person: Any, limit: int = 4) -> list[Card]:
    """Problems with a settled result that this person may see, the latest first; one query."""

    def build(someone: Any) -> "QuerySet[Any, Any]":
        done = workflows.CHALLENGE.tagged("done")
        settled = Q(challenge__state__in=done, challenge__opened_at__isnull=False)
        rows = Problem.objects.visible_to(someone).filter(settled | Q(solved_at__isnull=False))
        latest = Coalesce("solved_at", "challenge__closed_at", "challenge__opened_at").desc(nulls_last=True)
        return _lines(rows, Board.View.PRIVATE, latest, limit)

    return [_card(row) for row in prepared.rows("problems.results", build, person, limit)]


def my_problems(person: Any, limit: int = 6) -> list[Problem]:
    """Needs this person posted or looks after that are not done yet; one query."""

    def build(someone: Any) -> "QuerySet[Any, Any]":
        mine = Q(owner_id=someone.pk) | Q(curator_id=someone.pk)
        rows = Problem.objects.filter(mine).exclude(state__in=workflows.PROBLEM.tagged("done"))
        return rows.values_list(*NEED)[:limit]

    found = prepared.rows("problems.mine", build, person, limit)
    return [Problem(**dict(zip(NEED, row, strict=True))) for row in found]


def my_teams(person: Any, limit: int = 10) -> list[MyTeam]:
    """Teams this person is in, of challenges that still run or gave the person a result; the latest first, one query."""

    def build(someone: Any) -> "QuerySet[Any, Any]":
        mine = ResultRecord.objects.filter(person_id=someone.pk, challenge=OuterRef("challenge_id"))
        taken = {name: Subquery(mine.values(name)[:1]) for name in ("rank", "teams", "won")}
        runs = ~Q(challenge__state__in=workflows.CHALLENGE.tagged("done"))
        return (
            TeamMember.objects.filter(person_id=someone.pk, left_at=None)
            .annotate(ends_at=_end_while_open(), **taken)
            .filter(runs | Q(rank__isnull=False))
            .order_by("-id")
            .values_list(*TEAM)[:limit]
        )

    return [
        MyTeam(Team(name=name), Problem(title_ko=ko, title_en=en), f"/challenges/{slug}", *rest)
        for name, ko, en, slug, *rest in prepared.rows("problems.teams", build, person, limit)
    ]


def figures(person: Any) -> Figures:
    """The figures of the front page; three counts."""

    def challenges(someone: Any) -> "QuerySet[Any, Any]":
        return Challenge.objects.visible_to(someone).filter(state__in=workflows.CHALLENGE.tagged("open"))

    def teams(someone: Any) -> "QuerySet[Any, Any]":
        seen = Challenge.objects.visible_to(someone).order_by()
        return Team.objects.filter(challenge__in=seen, is_baseline=False, disbanded_at=None)

    def submissions(someone: Any) -> "QuerySet[Any, Any]":
        seen = Challenge.objects.visible_to(someone).order_by()
        return Submission.objects.filter(challenge__in=seen, withdrawn_at=None)

    counted = (challenges, teams, submissions)
    return Figures(
        *(prepared.count(f"problems.figures.{build.__name__}", build, person) for build in counted)
    )


NEED = ("uid", "state", "original", "title_ko", "title_en")
TEAM = (
    "team__name",
    "challenge__problem__title_ko",
    "challenge__problem__title_en",
    "challenge__slug",
    "ends_at",
    "rank",
    "teams",
    "won",
)
SHOWN = (
    "uid",
    "state",
    "industry",
    "practice",
    "title_ko",
    "title_en",
    "summary_ko",
    "summary_en",
    "organisation__name_ko",
    "organisation__name_en",
    "begun",
    "challenge__metric",
    "ends_at",
    "teams",
    "board",
)
OF_PROBLEM = 8
"""As many of `SHOWN` are the problem's own."""


def _lines(rows: "QuerySet[Problem]", view: str, first: Any, limit: int) -> "QuerySet[Any, Any]":
    return _with_figures(rows, view).order_by(first, "-id").values_list(*SHOWN)[:limit]


def _with_figures(rows: "QuerySet[Problem]", view: str) -> "QuerySet[Problem]":
    teams = (
        Team.objects.filter(challenge_id=OuterRef("challenge__id"), is_baseline=False, disbanded_at=None)
        .order_by()
        .values("challenge_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    begun = Case(When(challenge__state__in=STARTED, then=F("challenge__slug")), default=None)
    return rows.annotate(
        begun=begun,
        ends_at=Subquery(_last_end("challenge__id")),
        teams=Coalesce(Subquery(teams), 0),
        board=Subquery(_first_lines(view)),
    )


def _end_while_open() -> Case:
    """When a challenge that still takes files closes; nothing for one that was closed before its time."""
    is_open = Q(challenge__state__in=workflows.CHALLENGE.tagged("open"))
    return Case(When(is_open, then=Subquery(_last_end("challenge_id"))), default=None)


def _last_end(challenge: str) -> "QuerySet[Phase, Any]":
    phases = Phase.objects.filter(challenge_id=OuterRef(challenge))
    return phases.order_by(F("ends_at").desc(nulls_first=True)).values("ends_at")[:1]


def _first_lines(view: str) -> "QuerySet[Board, Any]":
    in_force = Board.objects.filter(
        view=view,
        challenge_id=OuterRef("challenge__id"),
        answers_id=OuterRef("challenge__answers_id"),
        scorer_id=OuterRef("challenge__scorer_id"),
    )
    return in_force.values(lines=first_lines(TOP))[:1]


def _card(row: tuple[Any, ...]) -> Card:
    problem = Problem(**dict(zip(SHOWN[:OF_PROBLEM], row[:OF_PROBLEM], strict=True)))
    name_ko, name_en, slug, metric, ends_at, teams, board = row[OF_PROBLEM:]
    if name_ko or name_en:
        problem.organisation = people.Organisation(name_ko=name_ko, name_en=name_en)
    lines = json.loads(board) if board else []
    return Card(
        problem=problem,
        url=f"/challenges/{slug}" if slug else f"/problems/{problem.uid}",
        ends_at=ends_at,
        teams=teams,
        metric=metric_words.metric_name(metric or ""),
        sentence=metric_words.metric_sentence(metric or ""),
        plot=shapes.interval_plot([_interval(line, lines[0]) for line in lines if line["score"] is not None]),
        digits=max((line.get("digits", 4) for line in lines), default=4),
        leader=lines[0]["name"] if lines else "",
    )


def _interval(line: dict[str, Any], first: dict[str, Any]) -> shapes.Interval:
    tied = line["group"] == first["group"]
    return shapes.Interval(line["name"], line["low"], line["score"], line["high"], tied=tied)
