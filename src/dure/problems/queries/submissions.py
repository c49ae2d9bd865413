"""A team's submissions with what they may be told of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from dure.foundation import leases, prepared
from dure.foundation.access import STRANGER
from dure.people import api as people
from dure.problems import rules
from dure.problems.code import telling
from dure.problems.models import Challenge, CodeRun, Evaluation, Submission, TeamMember
from dure.problems.queries.code import CodeStand, stands_of
from dure.problems.scoring import EVALUATION


@dataclass(frozen=True, slots=True)
class Standing:
    """One submission as its team sees it. `score` is what the Ladder released; `private` is None until the close."""

    submission: Submission
    state: str
    score: float | None
    improved: bool
    private: float | None
    message: str
    place: leases.Place | None
    runs: Sequence[CodeRun] = ()


def submissions_of(person: Any, challenge: Challenge) -> "QuerySet[Submission]":
    """The submissions this person sees in a challenge, newest first, with the evaluation in force beside each."""
    in_force = Evaluation.objects.filter(answers=challenge.answers_id, scorer=challenge.scorer_id)
    rows = _seen(person, hosts=_hosts(person, challenge)).filter(challenge=challenge)
    return rows.select_related("team", "by").prefetch_related(
        Prefetch("evaluations", in_force, to_attr="in_force")
    )


def pages_of(person: Any, challenge: Challenge) -> prepared.Listing[Submission]:
    """The same for a page, which reads ten at a time; `beside` puts the evaluations there."""
    hosts = _hosts(person, challenge)

    def build(someone: Any) -> "QuerySet[Submission]":
        return _seen(someone, hosts=hosts).filter(challenge_id=prepared.NUMBER)

    return prepared.Listing(
        "problems.handed",
        build,
        person,
        Submission,
        (hosts,),
        related=("by",),
        only={"by": people.NAMED},
        put={prepared.NUMBER: challenge.pk},
    )


def _hosts(person: Any, challenge: Challenge) -> bool:
    return bool(rules.hosts_challenge(person, challenge))


def _seen(person: Any, *, hosts: bool) -> "QuerySet[Submission]":
    """Those this person sees. Who is no host sees those of one team, and saying so lets the database find them by it."""
    seen = Submission.objects.visible_to(person)
    if hosts:
        return seen
    return seen.filter(
        team_id__in=TeamMember.objects.filter(person_id=person.pk, left_at=None).values("team_id")
    )


def beside(rows: Sequence[Submission], challenge: Challenge) -> Sequence[Submission]:
    """Put the evaluation in force beside each of these; one query."""
    keys = "{" + ",".join(str(row.pk) for row in rows) + "}"
    put = {prepared.NUMBER: challenge.answers_id, prepared.OTHER: challenge.scorer_id, prepared.WORD: keys}
    found = prepared.objects("problems.in_force", _of_these, STRANGER, Evaluation, put=put)
    by_row = {evaluation.submission_id: evaluation for evaluation in found}
    for row in rows:
        row.in_force = [by_row[row.pk]] if row.pk in by_row else []  # type: ignore[attr-defined]  # as the prefetch does
    return rows


def _of_these(_someone: Any) -> "QuerySet[Evaluation]":
    these = RawSQL("select unnest(%s::bigint[])", [prepared.WORD])
    return Evaluation.objects.filter(
        answers_id=prepared.NUMBER, scorer_id=prepared.OTHER, submission_id__in=these
    )


def standings(rows: Sequence[Submission], challenge: Challenge) -> list[Standing]:
    """What may be told of each; three more queries when some still wait, for their state and place in the queue."""
    code = stands_of(rows, challenge)
    evaluations = {row.pk: _in_force(row) or _of_code(code.get(row.pk)) for row in rows}
    waiting = [e.uid for pk, e in evaluations.items() if e and _is_queued(e, code.get(pk))]
    running = leases.states(kind=EVALUATION, subjects=waiting) if waiting else {}
    places = leases.places(kind=EVALUATION, subjects=waiting) if waiting else {}
    found = [_standing(row, evaluations[row.pk], running, places, challenge) for row in rows]
    return [_with_code(one, code.get(one.submission.pk)) for one in found] if code else found


def _is_queued(evaluation: Evaluation, code: CodeStand | None) -> bool:
    """Whether it may stand in the scorer's queue: not while its code still runs."""
    return evaluation.state in leases.OPEN and (code is None or code.state is None)


def _of_code(code: CodeStand | None) -> Evaluation | None:
    return code.evaluation if code else None


def _with_code(told: Standing, code: CodeStand | None) -> Standing:
    """The same with what its code does on the farm; while that waits or runs, so does the submission."""
    if code is None:
        return told
    failed = next((run for run in code.runs if _is_telling(run)), None)
    return replace(
        told,
        state=code.state or told.state,
        place=code.place or told.place,
        message=told.message or (telling.sentence_of(failed) if failed else ""),
        runs=code.runs,
    )


def _is_telling(run: CodeRun) -> bool:
    """It failed, and there is more to say than that it was our fault."""
    is_site = run.state == CodeRun.State.FAILED_PLATFORM and bool(run.problem)
    return run.state == CodeRun.State.FAILED_USER or is_site


def standing(submission: Submission) -> Standing:
    """One submission, with its place in the queue."""
    challenge = submission.challenge
    return standings(beside([submission], challenge), challenge)[0]


def _in_force(row: Submission) -> Evaluation | None:
    found: list[Evaluation] = getattr(row, "in_force", [])
    return found[0] if found else None


def _standing(
    row: Submission,
    evaluation: Evaluation | None,
    running: Mapping[UUID, str],
    places: Mapping[UUID, leases.Place],
    challenge: Challenge,
) -> Standing:
    if evaluation is None:
        return Standing(row, "queued", None, improved=False, private=None, message="", place=None)
    state = (
        running.get(evaluation.uid, evaluation.state) if evaluation.state in leases.OPEN else evaluation.state
    )
    return Standing(
        submission=row,
        state=state,
        score=evaluation.public_released,
        improved=evaluation.improved,
        private=evaluation.private_score if challenge.state in {"closed", "finished"} else None,
        message=evaluation.message,
        place=places.get(evaluation.uid),
    )


def released_digits(told: Sequence[Standing]) -> int:
    """Decimal places that show these released scores whole, and none that chance has rounded away (0 to 6)."""
    scores = [one.score for one in told if one.score is not None]
    return next((n for n in range(6) if all(round(score, n) == score for score in scores)), 6)
