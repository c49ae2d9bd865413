"""Scoring what was claimed: compute each, then close all of them in one transaction with their scores."""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Faulty
from dure.engines.scoring.metric import Array
from dure.foundation import clock, faults, files, leases, notices
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems.models import Challenge, Evaluation
from dure.problems.scoring import BOARD, EVALUATION, answers, cache
from dure.problems.scoring.evaluate import Result, evaluate, metric_of, read
from dure.problems.scoring.release import release

log = logging.getLogger(__name__)
State = Evaluation.State
UNDEFINED = _("The metric is undefined for these predictions, so they are not ranked.")
PLATFORM_FAULT = notices.register_kind(
    "problems.platform_fault",
    _("Evaluations that failed through our fault"),
    _("%(count)s evaluations failed three times through the platform's own fault; look at the scorer's log."),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one claimed evaluation came to: its row with scores filled in, not yet saved."""

    claimed: leases.Claim
    evaluation: Evaluation


def score_batch(claims: Sequence[leases.Claim]) -> None:
    """Score claimed evaluations and write them. A broken one is given back; the others are not held up by it."""
    rows = {row.uid: row for row in _rows(claims)}
    outcomes = []
    for claimed in claims:
        row = rows.get(claimed.subject)
        if row is None:
            leases.finish(claimed, state=leases.State.CANCELLED, message="gone")
        elif outcome := _score_or_give_back(claimed, row):
            outcomes.append(outcome)
    _write(outcomes)


def _rows(claims: Sequence[leases.Claim]) -> Sequence[Evaluation]:
    related = Evaluation.objects.select_related("submission", "answers__challenge", "scorer")
    return list(related.filter(uid__in=[claimed.subject for claimed in claims]))


def _score_or_give_back(claimed: leases.Claim, row: Evaluation) -> Outcome | None:
    try:
        _score(row)
    except Faulty as faulty:
        row.state = State.FAILED_USER
        row.message = "; ".join(faults.say(fault) for fault in faulty.faults[:3])[:500]
    except (OperationalError, files.StorageUnavailable):
        leases.release(claimed)
        raise
    except Exception:
        log.exception("evaluation %s broke", row.uid)
        leases.lose(claimed)
        return None
    row.finished_at = clock.now()
    return Outcome(claimed, row)


def _score(row: Evaluation) -> None:
    challenge = row.answers.challenge
    truth = answers.load(row.answers)
    metric = metric_of(row.scorer.metric, row.scorer.parameters)
    second = metric_of(challenge.second_metric, {}) if challenge.second_metric else None
    result = evaluate(read(files.local_path(row.submission.table_id), truth), truth, metric, second=second)
    _fill(row, result)
    cache.keep_influence(row.uid, result.public_influence)
    release(row, metric=metric, truth=truth, influence=result.public_influence, makes=_influence_again)


def _influence_again(row: Evaluation) -> Array:
    truth, metric = answers.load(row.answers), metric_of(row.scorer.metric, row.scorer.parameters)
    return evaluate(read(files.local_path(row.submission.table_id), truth), truth, metric).public_influence


def _fill(row: Evaluation, result: Result) -> None:
    row.state = State.DONE
    row.public_score, row.private_score = _number(result.public), _number(result.private)
    row.public_error, row.second_score = _number(result.public_error), _number(result.second)
    row.message = "" if row.public_score is not None else str(UNDEFINED)


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


@transaction.atomic
def _write(outcomes: Sequence[Outcome]) -> None:
    """Close the leases and write the scores together; an attempt that is no longer ours writes nothing."""
    done = [outcome for outcome in outcomes if outcome.evaluation.state == State.DONE]
    failed = [outcome for outcome in outcomes if outcome.evaluation.state == State.FAILED_USER]
    ours = leases.finish_many([outcome.claimed for outcome in done])
    ours |= leases.finish_many([outcome.claimed for outcome in failed], state=leases.State.FAILED_USER)
    kept = [outcome.evaluation for outcome in outcomes if outcome.claimed.id in ours]
    Evaluation.objects.bulk_update(kept, FIELDS)
    for challenge in {row.answers.challenge_id: row.answers.challenge for row in kept}.values():
        ask_for_board(challenge)


FIELDS = [
    "state",
    "public_score",
    "private_score",
    "public_error",
    "public_released",
    "improved",
    "second_score",
    "message",
    "finished_at",
]


def ask_for_board(challenge: Challenge) -> None:
    """Have the boards of a challenge computed again; asking twice before it is done is one computation."""
    leases.enqueue(kind=BOARD, subject=challenge.uid)
    leases.requeue(kind=BOARD, subject=challenge.uid)


def give_up(subjects: list[UUID]) -> None:
    """Evaluations that failed for good through our fault: they cost no quota, and the operator is told."""
    Evaluation.objects.filter(uid__in=subjects).update(state=State.FAILED_PLATFORM, finished_at=clock.now())
    operators = people.Person.objects.filter(roles__contains=[Role.OPERATOR], is_active=True)
    notices.notify(operators, PLATFORM_FAULT, url="/problems/queue", params={"count": len(subjects)})


leases.on_failed(EVALUATION, give_up)
