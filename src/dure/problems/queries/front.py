"""What the front page shows of problems."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dure.foundation import shapes
from dure.problems import metric_words, workflows
from dure.problems.models import Board, Challenge, Phase, Problem, Submission, Team, TeamMember

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
    leader: str


@dataclass(frozen=True, slots=True)
class MyTeam:
    """A team of the person, with the problem it works on."""

    team: Team
    problem: Problem
    url: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How much goes on, counted over what everybody may see."""

    open: int
    teams: int
    submissions: int


def problem_url(problem: Problem) -> str:
    """The page of a problem: of its challenge where it has one."""
    challenge = getattr(problem, "challenge", None)
    return f"/challenges/{challenge.slug}" if challenge else f"/problems/{problem.uid}"


def open_problems(person: Any, limit: int = 6) -> list[Card]:
    """Problems being worked on that this person may see, the soonest to close first; two queries at most."""
    states = workflows.PROBLEM.tagged("open")
    rows = _with_figures(Problem.objects.visible_to(person).filter(state__in=states), Board.View.PUBLIC)
    return [_card(row) for row in rows.order_by(F("ends_at").asc(nulls_last=True), "-id")[:limit]]


def recent_results(person: Any, limit: int = 4) -> list[Card]:
    """Problems with a settled result that this person may see, the latest first; two queries at most."""
    settled = Q(challenge__state__in=workflows.CHALLENGE.tagged("done"), challenge__opened_at__isnull=False)
    rows = Problem.objects.visible_to(person).filter(settled | Q(solved_at__isnull=False))
    latest = Coalesce("solved_at", "challenge__closed_at", "challenge__opened_at").desc(nulls_last=True)
    return [_card(row) for row in _with_figures(rows, Board.View.PRIVATE).order_by(latest)[:limit]]


def my_problems(person: Any, limit: int = 6) -> list[Problem]:
    """Needs this person posted or looks after that are not done yet; one query."""
    mine = Q(owner_id=person.pk) | Q(curator_id=person.pk)
    rows = Problem.objects.filter(mine).exclude(state__in=workflows.PROBLEM.tagged("done"))
    return list(rows.select_related("challenge")[:limit])


def my_teams(person: Any, limit: int = 6) -> list[MyTeam]:
    """Teams this person is in, of challenges that still run; one query."""
    rows = (
        TeamMember.objects.filter(person_id=person.pk, left_at=None)
        .exclude(challenge__state__in=workflows.CHALLENGE.tagged("done"))
        .select_related("team", "challenge__problem")
        .annotate(ends_at=Subquery(_last_end("challenge_id")))
        .order_by("-id")[:limit]
    )
    return [
        MyTeam(row.team, row.challenge.problem, f"/challenges/{row.challenge.slug}", row.ends_at)
        for row in rows
    ]


def figures(person: Any) -> Figures:
    """The figures of the front page; three counts."""
    challenges = Challenge.objects.visible_to(person)
    seen = challenges.aggregate(open=Count("pk", filter=Q(state__in=workflows.CHALLENGE.tagged("open"))))
    teams = Team.objects.filter(challenge__in=challenges, is_baseline=False, disbanded_at=None).count()
    submissions = Submission.objects.filter(challenge__in=challenges, withdrawn_at=None).count()
    return Figures(seen["open"], teams, submissions)


def _with_figures(rows: "QuerySet[Problem]", view: str) -> "QuerySet[Problem]":
    teams = (
        Team.objects.filter(challenge_id=OuterRef("challenge__id"), is_baseline=False, disbanded_at=None)
        .order_by()
        .values("challenge_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return rows.select_related("organisation", "challenge").annotate(
        ends_at=Subquery(_last_end("challenge__id")),
        teams=Coalesce(Subquery(teams), 0),
        board=Subquery(_first_lines(view)),
    )


def _last_end(challenge: str) -> "QuerySet[Phase, Any]":
    phases = Phase.objects.filter(challenge_id=OuterRef(challenge))
    return phases.order_by(F("ends_at").desc(nulls_first=True)).values("ends_at")[:1]


def _first_lines(view: str) -> "QuerySet[Board, Any]":
    """Only the first lines leave the database: a board may have thousands."""
    lines: Any = Func(
        F("rows"),
        function="jsonb_path_query_array",
        template=f"%(function)s(%(expressions)s, '$[0 to {TOP - 1}]')",
        output_field=JSONField(),
    )
    in_force = Board.objects.filter(
        view=view,
        challenge_id=OuterRef("challenge__id"),
        answers_id=OuterRef("challenge__answers_id"),
        scorer_id=OuterRef("challenge__scorer_id"),
    )
    return in_force.values(lines=lines)[:1]


def _card(problem: Any) -> Card:
    challenge = getattr(problem, "challenge", None)
    key = challenge.metric if challenge else ""
    lines = problem.board or []
    return Card(
        problem=problem,
        url=problem_url(problem),
        ends_at=problem.ends_at,
        teams=problem.teams,
        metric=metric_words.metric_name(key),
        sentence=metric_words.metric_sentence(key),
        plot=shapes.interval_plot([_interval(line, lines[0]) for line in lines if line["score"] is not None]),
        leader=lines[0]["name"] if lines else "",
    )


def _interval(line: dict[str, Any], first: dict[str, Any]) -> shapes.Interval:
    tied = line["group"] == first["group"]
    return shapes.Interval(line["name"], line["low"], line["score"], line["high"], tied=tied)
