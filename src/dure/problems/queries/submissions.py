"""A team's submissions with what they may be told of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
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
    """The submissions this person sees in a challenge, newest first, with the evaluations that tell of each (`told`)."""
    told = Evaluation.objects.filter(_told(challenge.answers_id, challenge.scorer_id)).order_by("pk")
    rows = _seen(person, hosts=_hosts(person, challenge)).filter(challenge=challenge)
    return rows.select_related("team", "by").prefetch_related(Prefetch("evaluations", told, to_attr="told"))


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
    """Put the evaluations that tell of each beside it (`told`); one query."""
    keys = "{" + ",".join(str(row.pk) for row in rows) + "}"
    put = {prepared.NUMBER: challenge.answers_id, prepared.OTHER: challenge.scorer_id, prepared.WORD: keys}
    found = list(prepared.objects("problems.told", _of_these, STRANGER, Evaluation, put=put))
    for row in rows:
        row.told = [one for one in found if one.submission_id == row.pk]  # type: ignore[attr-defined]  # as the prefetch does
    return rows


def _told(answers: Any, scorer: Any) -> Q:
    """The evaluation in force; of code without predictions the one that waits for them, whatever versions it was made under."""
    return Q(answers_id=answers, scorer_id=scorer) | Q(submission__table=None)


def _of_these(_someone: Any) -> "QuerySet[Evaluation]":
    these = RawSQL("select unnest(%s::bigint[])", [prepared.WORD])
    rows = Evaluation.objects.filter(_told(prepared.NUMBER, prepared.OTHER), submission_id__in=these)
    return rows.order_by("pk")


def standings(rows: Sequence[Submission], challenge: Challenge) -> list[Standing]:
    """What may be told of each; one more query when some still wait, for their state and place in the queue."""
    code = stands_of(rows, challenge)
    evaluations = {row.pk: _evaluation(row, challenge) for row in rows}
    waiting = [e.uid for pk, e in evaluations.items() if e and _is_queued(e, code.get(pk))]
    queued = leases.stands(kind=EVALUATION, subjects=waiting) if waiting else {}
    found = [_standing(row, evaluations[row.pk], queued, challenge) for row in rows]
    return [_with_code(one, code.get(one.submission.pk)) for one in found] if code else found


def _is_queued(evaluation: Evaluation, code: CodeStand | None) -> bool:
    """Whether it may stand in the scorer's queue: not while its code still runs."""
    return evaluation.state in leases.OPEN and (code is None or code.state is None)


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


def _evaluation(row: Submission, challenge: Challenge) -> Evaluation | None:
    """The one in force, else the last one."""
    told: list[Evaluation] = getattr(row, "told", [])
    versions = (challenge.answers_id, challenge.scorer_id)
    in_force = [one for one in told if (one.answers_id, one.scorer_id) == versions]
    return next(reversed(in_force or told), None)


def _standing(
    row: Submission,
    evaluation: Evaluation | None,
    queued: Mapping[UUID, leases.Stand],
    challenge: Challenge,
) -> Standing:
    if evaluation is None:
        return Standing(row, "queued", None, improved=False, private=None, message="", place=None)
    stand = queued.get(evaluation.uid)
    return Standing(
        submission=row,
        state=stand.state if stand and evaluation.state in leases.OPEN else evaluation.state,
        score=evaluation.public_released,
        improved=evaluation.improved,
        private=evaluation.private_score if challenge.state in {"closed", "finished"} else None,
        message=evaluation.message,
        place=stand.place if stand else None,
    )


def released_digits(told: Sequence[Standing]) -> int:
    """Decimal places that show these released scores whole, and none that chance has rounded away (0 to 6)."""
    scores = [one.score for one in told if one.score is not None]
    return next((n for n in range(6) if all(round(score, n) == score for score in scores)), 6)
