"""What hosts and operators look at: each a fixed number of queries."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from dure.engines.scoring.binding import bind, fits
from dure.engines.scoring.metric import Metric
from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.schema import Schema, from_plain
from dure.foundation import leases
from dure.foundation.models import Lease
from dure.foundation.trail import inert
from dure.problems import quota
from dure.problems.actions.challenges import second_fits
from dure.problems.metric_words import metric_name, metric_sentence, parameter_name
from dure.problems.models import Challenge, Evaluation, Submission, Team
from dure.problems.scoring import EVALUATION


@dataclass(frozen=True, slots=True)
class Choice:
    """A metric that fits the columns, in words; `natural` when the columns hold just the kind of values it is made for."""

    key: str
    name: str
    words: str
    lowest: str
    highest: str
    higher: bool
    parameters: list[tuple[str, str, Any]]
    natural: bool


def choices(challenge: Challenge) -> list[Choice]:
    """The metrics that can score files of the challenge's columns, those made for them first."""
    if not challenge.schema:
        return []
    shape = from_plain(challenge.schema)
    found = [_choice(metric, challenge, shape) for metric in METRICS.values() if fits(shape, metric)]
    return sorted(found, key=lambda choice: not choice.natural)


def _choice(metric: Metric, challenge: Challenge, shape: Schema) -> Choice:
    given = challenge.metric_parameters if challenge.metric == metric.key else {}
    return Choice(
        metric.key,
        metric_name(metric.key),
        metric_sentence(metric.key),
        _bound(metric.lowest),
        _bound(metric.highest),
        metric.direction == "higher",
        [
            (name, parameter_name(name), given.get(name, default))
            for name, default in metric.parameters.items()
        ],
        _is_natural(shape, metric),
    )


def _is_natural(shape: Schema, metric: Metric) -> bool:
    """Numbers can be read as classes and the other way round, but a host seldom means it."""
    bound = bind(shape, metric)
    pairs = zip((*shape.columns, *shape.truths), (*bound.columns, *bound.truths), strict=True)
    return all(before.kind == after.kind for before, after in pairs)


def _bound(value: float) -> str:
    return {float("inf"): "∞", float("-inf"): "−∞"}.get(value, f"{value:g}")


def second_choices(challenge: Challenge) -> list[tuple[str, str]]:
    """Metrics that can stand second to the chosen one."""
    if not challenge.metric or not challenge.schema:
        return []
    shape = from_plain(challenge.schema)
    return [
        (key, metric_name(key))
        for key, metric in METRICS.items()
        if key != challenge.metric and second_fits(shape, metric)
    ]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team with what it has used."""

    team: Team
    people: int
    files: int
    last: datetime | None
    today: int


def teams(challenge: Challenge) -> "QuerySet[Team, Team]":
    """Every team with its counts, the busiest first; one query for the rows."""
    members = Count("members", filter=Q(members__left_at=None), distinct=True)
    midnight = quota.midnight()
    return (
        Team.objects.filter(challenge=challenge, disbanded_at=None)
        .select_related("organisation")
        .annotate(
            people=members,
            files=Count("submissions", distinct=True),
            today=Count("submissions", filter=Q(submissions__accepted_at__gte=midnight), distinct=True),
            last=Max("submissions__accepted_at"),
        )
        .order_by("is_baseline", "-files", "pk")
    )


def all_submissions(challenge: Challenge) -> "QuerySet[Submission]":
    """Every submission with its evaluation in force, newest first."""
    in_force = Evaluation.objects.filter(answers=challenge.answers_id, scorer=challenge.scorer_id)
    rows = Submission.objects.filter(challenge=challenge).select_related("team", "by", "phase")
    return rows.prefetch_related(Prefetch("evaluations", in_force, to_attr="in_force")).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Stand:
    """How many evaluations of the versions in force are in which state."""

    waiting: int
    running: int
    done: int
    failed_user: int
    failed_platform: int


def stand(challenge: Challenge) -> Stand:
    """Two small counts."""
    rows = Evaluation.objects.filter(
        submission__challenge=challenge, answers=challenge.answers_id, scorer=challenge.scorer_id
    )
    states = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    open_uids = rows.filter(state__in=leases.OPEN).values("uid")
    running = Lease.objects.filter(kind=EVALUATION, subject__in=open_uids, state="running").count()
    waiting = states.get("queued", 0) + states.get("running", 0) - running
    return Stand(
        max(waiting, 0),
        running,
        states.get("done", 0),
        states.get("failed_user", 0) + states.get("failed_run", 0),
        states.get("failed_platform", 0),
    )


COLUMNS = (
    "submission",
    "team",
    "baseline",
    "organisation",
    "by",
    "filename",
    "accepted_at",
    "state",
    "public_score",
    "public_shown",
    "private_score",
    "second_score",
    "final",
    "answers",
    "scorer",
)


def results_csv(challenge: Challenge) -> str:
    """Every evaluation of every version as CSV, for hosts only; no cell starts a formula."""
    rows = (
        Evaluation.objects.filter(submission__challenge=challenge)
        .select_related("submission__team__organisation", "submission__by", "answers", "scorer")
        .order_by("submission__number", "pk")
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(value) for value in _line(row)] for row in rows.iterator(chunk_size=2000))
    return out.getvalue()


def _line(row: Evaluation) -> Sequence[Any]:
    submission, team = row.submission, row.submission.team
    organisation = team.organisation
    return (
        submission.number,
        team.name,
        team.is_baseline,
        (organisation.name_ko or organisation.name_en) if organisation else "",
        submission.by.name,
        submission.filename,
        submission.accepted_at.isoformat(),
        row.state,
        row.public_score,
        row.public_released,
        row.private_score,
        row.second_score,
        submission.is_final,
        row.answers.number,
        row.scorer.number,
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue of evaluations as operators see it."""

    waiting: int
    running: list[Any]
    next: list[Any]
    failed: "QuerySet[Evaluation]"
    oldest: datetime | None


SHOWN = 25


def queue() -> Queue:
    """Five small queries, however long the queue."""
    rows = Lease.objects.filter(kind=EVALUATION)
    waiting = rows.filter(state="queued").order_by("-priority", "pk")
    subject = Evaluation.objects.filter(uid=OuterRef("subject"))
    named = {
        "slug": Subquery(subject.values("submission__challenge__slug")[:1]),
        "number": Subquery(subject.values("submission__number")[:1]),
        "team_name": Subquery(subject.values("submission__team__name")[:1]),
    }
    failed = Evaluation.objects.filter(state="failed_platform").select_related(
        "submission__challenge", "submission__team"
    )
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    return Queue(
        waiting.count(),
        list(rows.filter(state="running").annotate(**named).order_by("started_at")[:SHOWN]),
        list(waiting.annotate(**named)[:SHOWN]),
        failed.order_by("-finished_at", "-pk"),
        oldest,
    )
