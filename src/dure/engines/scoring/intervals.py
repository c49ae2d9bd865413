"""Scores with intervals, paired over all systems of a challenge.

Up to 20,000 units every system is scored on the same bootstrap resamples of the rows, or of the groups that rows belong to;
the interval is the percentile interval (Efron 1982, The jackknife, the bootstrap and other resampling plans, chapter 10).
Above that the variance comes from influence values (the delta method, the infinitesimal jackknife) and for ROC-AUC without
groups from DeLong's components; both keep the covariance between systems, which is what tells close systems apart.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.measuring import AUC, measure_systems
from dure.engines.scoring.metric import Array, Metric
from dure.engines.scoring.systems import Comparison, Measured, Method, Plan, System
from dure.engines.scoring.units import Units, units_of

BOOTSTRAP_UNITS = 20_000
_BLOCK_ROWS = 65_536  # rows of influence values multiplied at a time


def evaluate_systems(
    metric: Metric,
    systems: Sequence[System],
    *,
    seed: int,
    groups: NDArray[Any] | None = None,
    n_rows: int | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> Comparison:
    """Score all systems on the same answers with paired intervals.

    `groups` (n,) names the group of each row where rows belong together; `seed` ≥ 0 should be the challenge's own
    (`resampling.seed_of`), so that every board of it uses the same resamples. `n_rows` is needed only where every system
    comes measured and brings no rows. Missing, NaN and infinite scores are kept out of all that is compared.
    Raises ValueError where systems differ in their number of rows: they were not scored on the same answers.
    """
    units = units_of(_rows_of_all(systems, n_rows), groups)
    plan = Plan(metric.key, method_of(metric, units), units, resamples, seed, confidence)
    measured = measure_systems(metric, systems, plan)
    return (_from_resamples if plan.bootstraps else _from_covariance)(metric, systems, measured, plan)


def method_of(metric: Metric, units: Units) -> Method:
    """How intervals of this metric come about over these units.

    A metric that is neither a function of means nor has influence values is bootstrapped whatever the size; one that must
    be computed from its rows has to have few rows, not only few groups.
    """
    size = units.count if metric.finish else units.n_rows
    if size <= BOOTSTRAP_UNITS or not (metric.finish or metric.influence or metric.key == AUC):
        return "paired_bootstrap_rows" if units.sizes is None else "paired_bootstrap_groups"
    return "delong" if metric.key == AUC and units.sizes is None else "influence"


def _rows_of_all(systems: Sequence[System], n_rows: int | None) -> int:
    counts = {system.size for system in systems if system.size is not None}
    if n_rows is not None:
        counts.add(n_rows)
    if len(counts) > 1:
        raise ValueError(f"systems have different numbers of rows: {sorted(counts)}")
    return counts.pop() if counts else 1


def _from_resamples(
    metric: Metric, systems: Sequence[System], measured: list[Measured | None], plan: Plan
) -> Comparison:
    nothing = np.full(plan.resamples, np.nan)
    rows = [nothing if found is None else found.values for found in measured]
    resampled = np.array(rows, dtype=np.float64).reshape(-1, plan.resamples)
    low, high = _percentiles(resampled, plan.confidence, metric)
    return _comparison(
        metric,
        systems,
        measured,
        plan,
        bounds=(low, high),
        errors=_deviations(resampled),
        resampled=resampled,
    )


def _percentiles(resampled: Array, confidence: float, metric: Metric) -> tuple[Array, Array]:
    """Bounds (systems,) each; the whole domain where the score is undefined in more than half of the resamples."""
    ordered = np.sort(resampled, axis=1)
    defined = resampled.shape[1] - np.isnan(ordered).sum(axis=1)
    low, high = (_quantile(ordered, defined, share) for share in ((1 - confidence) / 2, (1 + confidence) / 2))
    unsure = 2 * defined < ordered.shape[1]
    low[unsure], high[unsure] = metric.lowest, metric.highest
    return low, high


def _quantile(ordered: Array, defined: NDArray[np.int64], share: float) -> Array:
    """Quantile of the defined values of each sorted row (the others stand last), linear between order statistics."""
    at = share * (np.maximum(defined, 1) - 1)
    below = np.floor(at).astype(np.intp)
    rows = np.arange(len(ordered))
    lower, upper = ordered[rows, below], ordered[rows, np.ceil(at).astype(np.intp)]
    with np.errstate(invalid="ignore"):
        return np.asarray(lower + (at - below) * (upper - lower))


def _deviations(resampled: Array) -> Array:
    """Standard deviation of each row over its finite values, NaN where there are fewer than two."""
    finite = np.isfinite(resampled)
    if finite.all() and resampled.shape[1] > 1:
        return np.asarray(resampled.std(axis=1, ddof=1))
    rows = [row[kept] for row, kept in zip(resampled, finite, strict=True)]
    return np.array([row.std(ddof=1) if len(row) > 1 else np.nan for row in rows], dtype=np.float64)


def _from_covariance(
    metric: Metric, systems: Sequence[System], measured: list[Measured | None], plan: Plan
) -> Comparison:
    scores = _scores(measured)
    covariance = _covariance(measured, plan.units.count)
    errors = np.sqrt(np.diag(covariance))
    reach = NormalDist().inv_cdf((1 + plan.confidence) / 2) * errors
    known = np.where(np.isfinite(reach), reach, np.inf)
    low, high = (np.clip(scores + side * known, metric.lowest, metric.highest) for side in (-1.0, 1.0))
    return _comparison(
        metric, systems, measured, plan, bounds=(low, high), errors=errors, covariance=covariance
    )


def _scores(measured: Sequence[Measured | None]) -> Array:
    return np.array([np.nan if found is None else found.score for found in measured], dtype=np.float64)


def _covariance(measured: Sequence[Measured | None], count: int) -> Array:
    """Paired covariance (systems, systems) of the scores from influence values, NaN for those unranked."""
    whole = np.full((len(measured), len(measured)), np.nan)
    at = [i for i, found in enumerate(measured) if found is not None]
    values = [found.values for found in measured if found is not None]
    if values:
        whole[np.ix_(at, at)] = _products(values, count) / (float(count) * max(count - 1, 1))
    return whole


def _products(values: Sequence[NDArray[Any]], count: int) -> Array:
    total = np.zeros((len(values), len(values)))
    for start in range(0, count, _BLOCK_ROWS):
        part = np.stack([array[start : start + _BLOCK_ROWS] for array in values]).astype(np.float64)
        total += part @ part.T
    return total


def _comparison(
    metric: Metric,
    systems: Sequence[System],
    measured: list[Measured | None],
    plan: Plan,
    *,
    bounds: tuple[Array, Array],
    errors: Array,
    resampled: Array | None = None,
    covariance: Array | None = None,
) -> Comparison:
    scores = _scores(measured)
    low, high = (np.where(np.isfinite(scores), bound, np.nan) for bound in bounds)
    return Comparison(
        keys=tuple(system.key for system in systems),
        submitted_at=tuple(system.submitted_at for system in systems),
        direction=metric.direction,
        plan=plan,
        scores=scores,
        low=low,
        high=high,
        standard_errors=errors,
        resampled=resampled,
        covariance=covariance,
        measured=tuple(measured),
    )
