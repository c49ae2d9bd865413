"""What a team is shown of its public score: the Ladder, folded over the team's submissions in the order they were scored."""

import math

from dure.engines.scoring.ladder import Best, Candidate, Ladder, candidate_from_influence, ladder_of
from dure.engines.scoring.metric import Array, Metric
from dure.problems.models import Evaluation
from dure.problems.scoring import cache
from dure.problems.scoring.answers import Answers


def release(row: Evaluation, *, metric: Metric, truth: Answers, influence: Array, makes: cache.Make) -> None:
    """Fill what may be shown of a scored evaluation. `makes` gives the influence values of an earlier one again if need be."""
    if row.public_score is None:
        return
    new = candidate_from_influence(row.public_score, influence)
    ladder = _ladder(row, metric, truth, new)
    if not row.answers.challenge.ladder:
        row.public_released, row.improved = ladder.rounded(new), _is_better(row, metric)
        return
    released = ladder.release(_best(row, makes), new)
    row.public_released, row.improved = released.shown, released.improved


def _ladder(row: Evaluation, metric: Metric, truth: Answers, new: Candidate) -> Ladder:
    """The ladder of these answers; with no baseline and an endless domain the first score's own error is the finest rounding."""
    errors = _baseline_errors(row)
    if not errors and not math.isfinite(metric.highest - metric.lowest):
        errors = [new.standard_error or 1.0]
    return ladder_of(
        metric, n_units=max(len(new.deviations), int(truth.public.sum() > 0)), baseline_errors=errors
    )


def _baseline_errors(row: Evaluation) -> list[float]:
    scored = Evaluation.objects.filter(
        answers=row.answers, scorer=row.scorer, submission__team__is_baseline=True, public_error__isnull=False
    )
    return [error for error in scored.values_list("public_error", flat=True) if error is not None]


def _earlier(row: Evaluation) -> Evaluation | None:
    """The team's last evaluation under these versions that moved its shown score."""
    same = Evaluation.objects.filter(
        answers=row.answers, scorer=row.scorer, submission__team=row.submission.team
    )
    return (
        same.filter(improved=True)
        .exclude(pk=row.pk)
        .select_related("submission")
        .order_by("-finished_at", "-pk")
        .first()
    )


def _best(row: Evaluation, makes: cache.Make) -> Best | None:
    earlier = _earlier(row)
    if earlier is None or earlier.public_released is None or earlier.public_score is None:
        return None
    values = cache.influence_of(earlier.uid, lambda: makes(earlier))
    return Best(earlier.public_released, candidate_from_influence(earlier.public_score, values).deviations)


def _is_better(row: Evaluation, metric: Metric) -> bool:
    earlier = _earlier(row)
    if earlier is None or earlier.public_score is None or row.public_score is None:
        return True
    gain = row.public_score - earlier.public_score
    return gain > 0 if metric.direction == "higher" else gain < 0
