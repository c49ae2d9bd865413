"""Scoring what was claimed: compute each, then close all of them in one transaction with their scores."""

import json
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Faulty
from dure.engines.scoring.metric import Array
from dure.foundation import clock, faults, files, leases
from dure.problems.models import Board, Evaluation
from dure.problems.scoring import answers, cache
from dure.problems.scoring.asking import ask_for_board
from dure.problems.scoring.evaluate import Result, evaluate, metric_of, read
from dure.problems.scoring.memory import memory
from dure.problems.scoring.release import Past, release

log = logging.getLogger(__name__)
State = Evaluation.State
UNDEFINED = _("The metric is undefined for these predictions, so they are not ranked.")
SECONDS_BETWEEN_WRITES = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one claimed evaluation came to: its row with scores filled in, not yet saved."""

    claimed: leases.Claim
    evaluation: Evaluation


def score_batch(claims: Sequence[leases.Claim]) -> None:
    """Score claimed evaluations and write them, large ones as they come. A broken one is given back and holds up no other."""
    rows = {row.uid: row for row in _rows(claims)}
    past = Past(list(rows.values()))
    outcomes: list[Outcome] = []
    began = time.monotonic()
    for claimed in claims:
        row = rows.get(claimed.subject)
        if row is None:
            leases.finish(claimed, state=leases.State.CANCELLED, message="gone")
        elif outcome := _score_or_lose(claimed, row, past):
            outcomes.append(outcome)
        if time.monotonic() - began > SECONDS_BETWEEN_WRITES:
            _write(outcomes)
            outcomes, began = [], time.monotonic()
    _write(outcomes)


def _rows(claims: Sequence[leases.Claim]) -> Sequence[Evaluation]:
    related = Evaluation.objects.select_related("submission", "answers__challenge", "scorer")
    return list(related.filter(uid__in=[claimed.subject for claimed in claims]))


def _score_or_lose(claimed: leases.Claim, row: Evaluation, past: Past) -> Outcome | None:
    """Its outcome; None when it broke. What the database or the whole store does wrong is raised: it is nobody's attempt."""
    try:
        _score(row, past)
    except Faulty as faulty:
        row.state = State.FAILED_USER
        row.message = "; ".join(faults.say(fault) for fault in faulty.faults[:3])[:500]
    except (OperationalError, InterfaceError, files.StorageUnavailable):
        raise
    except Exception as error:
        files.demand_store(error)
        log.exception("evaluation %s broke", row.uid)
        leases.lose(claimed)
        return None
    row.finished_at = clock.now()
    return Outcome(claimed, row)


def _score(row: Evaluation, past: Past) -> None:
    challenge = row.answers.challenge
    truth = answers.load(row.answers)
    metric = metric_of(row.scorer.metric, row.scorer.parameters)
    second = metric_of(challenge.second_metric, {}) if challenge.second_metric else None
    result = evaluate(read(files.local_path(row.submission.table_id), truth), truth, metric, second=second)
    _fill(row, result)
    for view, measured in zip(Board.View, result.measured, strict=True):
        memory.remember((str(row.uid), view), measured)
    release(
        row,
        metric=metric,
        influence=result.public_influence,
        makes=_influence_again,
        past=past,
    )
    if row.improved:
        cache.keep_influence(row.uid, result.public_influence)


def _influence_again(row: Evaluation) -> Array:
    truth, metric = answers.load(row.answers), metric_of(row.scorer.metric, row.scorer.parameters)
    return evaluate(read(files.local_path(row.submission.table_id), truth), truth, metric).public_influence


def _fill(row: Evaluation, result: Result) -> None:
    row.state = State.DONE
    row.public_score, row.private_score = _number(result.public), _number(result.private)
    row.public_error, row.second_score = _number(result.public_error), _number(result.second)
    row.details = result.details
    row.message = "" if row.public_score is not None else str(UNDEFINED)


def _plain(row: Evaluation, name: str) -> Any:
    return json.dumps(row.details) if name == "details" else getattr(row, name)


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


@transaction.atomic
def _write(outcomes: Sequence[Outcome]) -> None:
    """Close the leases and write the scores together; an attempt that is no longer ours writes nothing."""
    if not outcomes:
        return
    done = [outcome for outcome in outcomes if outcome.evaluation.state == State.DONE]
    failed = [outcome for outcome in outcomes if outcome.evaluation.state == State.FAILED_USER]
    ours = leases.finish_many([outcome.claimed for outcome in done])
    ours |= leases.finish_many([outcome.claimed for outcome in failed], state=leases.State.FAILED_USER)
    kept = [outcome.evaluation for outcome in outcomes if outcome.claimed.id in ours]
    _save(kept)
    challenges = {row.answers.challenge_id: row.answers.challenge for row in kept}
    for _pk, challenge in sorted(
        challenges.items()
    ):  # in one order, so that two scorers never wait for each other
        ask_for_board(challenge)


FIELDS = {
    "state": "text",
    "public_score": "float8",
    "private_score": "float8",
    "public_error": "float8",
    "public_released": "float8",
    "improved": "bool",
    "second_score": "float8",
    "details": "jsonb",
    "message": "text",
    "finished_at": "timestamptz",
}


def _save(rows: Sequence[Evaluation]) -> None:
    """Write the scores in one statement; Django's bulk_update takes a hundred times as long to put its own together."""
    given = ", ".join(f"%s::{kind}[]" for kind in ("bigint", *FIELDS.values()))
    values = [[_plain(row, name) for row in rows] for name in ("pk", *FIELDS)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update problems_evaluation as e set {', '.join(f'{name} = v.{name}' for name in FIELDS)} "  # noqa: S608 - our own names
            f"from unnest({given}) as v(id, {', '.join(FIELDS)}) where e.id = v.id",
            values,
        )
