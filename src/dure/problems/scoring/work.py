"""Scoring what was claimed: compute each, then close all of them in one transaction with their scores."""

import json
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Faulty
from dure.foundation import clock, faults, files, leases
from dure.foundation.away import AWAY
from dure.problems.models import Board, Evaluation
from dure.problems.scoring import cache, memory, runs
from dure.problems.scoring.asking import ask_for_board
from dure.problems.scoring.release import Past, release
from dure.problems.scoring.runs import Run

log = logging.getLogger(__name__)
State = Evaluation.State
UNDEFINED = _("The metric is undefined for these predictions, so they are not ranked.")
SECONDS_BETWEEN_WRITES = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one claim came to: its evaluation with scores filled in, not yet saved."""

    claimed: leases.Claim
    run: Run


class Overtaken(Exception):  # noqa: N818 - a state of the batch
    """A run of the batch was taken from this worker, and others stand on its result: they go back to the queue unwritten."""


def score_batch(claims: Sequence[leases.Claim]) -> None:
    """Score claimed evaluations and write them, about twice a second. A broken one is given back and holds up no other.

    Raises Overtaken when what is left of the batch must be given back and claimed anew.
    """
    found = runs.claimed(claims)
    past = Past(list(found.values()))
    outcomes: list[Outcome] = []
    began = time.monotonic()
    for claimed in claims:
        if time.monotonic() - began > SECONDS_BETWEEN_WRITES:
            if not _write(outcomes):
                raise Overtaken
            outcomes, began = [], time.monotonic()
        run = found.get(claimed.subject)
        if run is None:
            leases.finish(claimed, state=leases.State.CANCELLED, message="gone")
        elif _is_scored(claimed, run, past):
            outcomes.append(Outcome(claimed, run))
    _write(outcomes)


def _is_scored(claimed: leases.Claim, run: Run, past: Past) -> bool:
    """Score it; False when it broke. What the database or the whole store does wrong is raised: it is nobody's attempt."""
    try:
        _score(run, past)
    except Faulty as faulty:
        run.state = State.FAILED_USER
        run.message = "; ".join(faults.say(fault) for fault in faulty.faults[:3])[:500]
    except (*AWAY, files.StorageUnavailable):
        raise
    except Exception as error:
        files.demand_store(error)
        log.exception("evaluation %s broke", run.uid)
        leases.lose(claimed)
        return False
    run.finished_at = clock.now()
    return True


def _score(run: Run, past: Past) -> None:
    result = run.rules.score(run.table)
    run.public_score, run.private_score = _number(result.public), _number(result.private)
    run.public_error, run.second_score = _number(result.public_error), _number(result.second)
    run.details = result.details
    run.message = "" if run.public_score is not None else str(UNDEFINED)
    for view, measured in zip(Board.View, result.measured, strict=True):
        memory.remember((str(run.uid), view.value), measured)
    release(run, influence=result.public_influence, past=past)
    past.goes_on(run)
    if run.improved:
        cache.keep_influence(run.uid, result.public_influence)


def _plain(run: Run, name: str) -> Any:
    return json.dumps(run.details) if name == "details" else getattr(run, name)


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


@transaction.atomic
def _write(outcomes: Sequence[Outcome]) -> bool:
    """Close the leases and write the scores together; an attempt that is no longer ours writes nothing.

    True when all were ours. Raises Overtaken, and nothing is written, when a result stands on one that is not.
    """
    done = [outcome.claimed for outcome in outcomes if outcome.run.state == State.DONE]
    failed = [outcome.claimed for outcome in outcomes if outcome.run.state == State.FAILED_USER]
    ours = leases.finish_many(done) | leases.finish_many(failed, state=leases.State.FAILED_USER)
    kept = [outcome.run for outcome in outcomes if outcome.claimed.id in ours]
    lost = {outcome.run.version for outcome in outcomes if outcome.claimed.id not in ours}
    if any(run.version in lost for run in kept):
        raise Overtaken
    if kept:
        _save(kept)
    challenges = {run.rules.challenge.pk: run.rules.challenge for run in kept}
    for _pk, challenge in sorted(challenges.items()):  # in one order: two scorers never wait for each other
        ask_for_board(challenge)
    return not lost


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


def _save(kept: Sequence[Run]) -> None:
    """Write the scores in one statement; Django's bulk_update takes a hundred times as long to put its own together."""
    given = ", ".join(f"%s::{kind}[]" for kind in ("bigint", *FIELDS.values()))
    values = [[_plain(run, name) for run in kept] for name in ("pk", *FIELDS)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update problems_evaluation as e set {', '.join(f'{name} = v.{name}' for name in FIELDS)} "  # noqa: S608 - our own names
            f"from unnest({given}) as v(id, {', '.join(FIELDS)}) where e.id = v.id",
            values,
        )
