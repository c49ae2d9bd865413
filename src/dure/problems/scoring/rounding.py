"""How finely public scores are shown: never finer than the baselines err, whatever file is handed in and in which order."""

import math
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from dure.engines.faults import Faulty
from dure.engines.scoring.ladder import Ladder, ladder_of
from dure.engines.scoring.metric import Metric
from dure.engines.scoring.uninformed import uninformed
from dure.foundation import files, leases, prepared
from dure.foundation.access import STRANGER
from dure.problems.models import AnswerVersion, Evaluation, ScorerVersion
from dure.problems.scoring.answers import Answers, load
from dure.problems.scoring.evaluate import metric_of, public_error, read


def ladder(answers: AnswerVersion, scorer: ScorerVersion) -> Ladder:
    """The Ladder of these versions: for releases and for the bounds on the board alike."""
    metric = metric_of(scorer.metric, scorer.parameters)
    errors = baseline_errors(answers, scorer) or _errors_without_baselines(answers.pk, scorer.pk)
    return ladder_of(metric, n_units=1, baseline_errors=errors)


def baseline_errors(answers: AnswerVersion, scorer: ScorerVersion) -> list[float]:
    """Standard errors of every baseline handed in so far.

    One that no scorer has finished yet under these versions is measured here: which file a scorer came to first, or whether a
    baseline and a team were claimed together, must not decide how finely the team's score is shown.
    """
    put = {prepared.NUMBER: answers.pk, prepared.OTHER: scorer.pk}
    errors = [
        _measured(table, answers, scorer) if state in leases.OPEN else error
        for state, error, table in prepared.rows("problems.baseline_errors", _baselines, STRANGER, put=put)
    ]
    return [error for error in errors if error is not None and math.isfinite(error) and error > 0]


def _baselines(_someone: Any) -> "QuerySet[Any, Any]":
    rows = Evaluation.objects.filter(answers_id=prepared.NUMBER, scorer_id=prepared.OTHER)
    rows = rows.filter(submission__team__is_baseline=True, submission__withdrawn_at=None)
    return rows.order_by("submission_id").values_list("state", "public_error", "submission__table_id")


def _measured(table: str, answers: AnswerVersion, scorer: ScorerVersion) -> float | None:
    """None for a baseline that cannot be scored: it bounds nobody."""
    truth, metric = load(answers), metric_of(scorer.metric, scorer.parameters)
    try:
        return public_error(read(files.local_path(table), truth), truth, metric)
    except (Faulty, FileNotFoundError) as error:
        files.demand_store(error)
        return None


@lru_cache(maxsize=64)
def _errors_without_baselines(answers_pk: int, scorer_pk: int) -> tuple[float]:
    """The standard error of a guess that knows only how often each answer occurs; where there is none, the paper's 1 / n."""
    truth = load(AnswerVersion.objects.select_related("challenge").get(pk=answers_pk))
    scorer = ScorerVersion.objects.get(pk=scorer_pk)
    metric = metric_of(scorer.metric, scorer.parameters)
    error, width = _error_of_a_guess(truth, metric), metric.highest - metric.lowest
    if math.isfinite(error) and error > 0:
        return (error,)
    return (width / max(truth.public.units.count, 1) if math.isfinite(width) else 1.0,)


def _error_of_a_guess(truth: Answers, metric: Metric) -> float:
    guess = uninformed(truth.values(), truth.schema.columns, seed=truth.seed)
    try:
        return math.nan if guess is None else public_error(guess, truth, metric)
    except Faulty:
        return math.nan
