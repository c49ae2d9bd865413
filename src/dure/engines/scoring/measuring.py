"""One system's own part of a comparison: its score with resampled scores or influence values."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.delong import auc_and_influence
from dure.engines.scoring.mean_scores import means_of, resample_means
from dure.engines.scoring.metric import Array, Metric, Rows
from dure.engines.scoring.metrics.columns import is_class
from dure.engines.scoring.metrics.means import gradient
from dure.engines.scoring.resampling import Weights, resample_weights
from dure.engines.scoring.systems import Measured, Plan, System
from dure.engines.scoring.units import Float, Units

AUC = "roc_auc"


def measure_systems(metric: Metric, systems: Sequence[System], plan: Plan) -> list[Measured | None]:
    """What each system scores under this plan, in order; None for one that is missing, NaN or infinite.

    A system measured before under the same plan is not measured again.
    """
    found = [_kept(system, plan) for system in systems]
    todo = [at for at, system in enumerate(systems) if found[at] is None and system.size is not None]
    results = _measure(metric, [systems[at] for at in todo], plan)
    for at, (score, values) in zip(todo, results, strict=True):
        found[at] = Measured(plan.name, score, values) if np.isfinite(score) else None
    return found


def _kept(system: System, plan: Plan) -> Measured | None:
    return system.measured if system.measured is not None and system.measured.plan == plan.name else None


def _measure(metric: Metric, systems: Sequence[System], plan: Plan) -> Sequence[tuple[float, NDArray[Any]]]:
    if not systems:
        return []
    if not plan.bootstraps:
        return [_influences(metric, system, plan.units) for system in systems]
    weights = resample_weights(plan.units.count, resamples=plan.resamples, seed=plan.seed)
    return _bootstrap(metric, systems, plan.units, weights)


def _bootstrap(
    metric: Metric, systems: Sequence[System], units: Units, weights: Weights
) -> list[tuple[float, Array]]:
    if metric.finish is not None and all(_by_means(metric, system) for system in systems):
        return _bootstrap_means(metric, metric.finish, systems, units, weights)
    return [_bootstrap_weighted(metric, system, units, weights) for system in systems]


def _by_means(metric: Metric, system: System) -> bool:
    """Whether a system goes through the matrix product. From rows, a metric over many classes is cheaper weighted."""
    return system.statistics is not None or (metric.statistics is not None and metric.weighted is None)


def _statistics(metric: Metric, system: System) -> Float:
    if system.statistics is not None:
        return system.statistics
    if metric.statistics is None or system.rows is None:
        raise ValueError(f"{metric.key} needs the rows of {system.key}")
    return metric.statistics(system.rows)


def _bootstrap_means(
    metric: Metric,
    finish: Callable[[Array], Array],
    systems: Sequence[System],
    units: Units,
    weights: Weights,
) -> list[tuple[float, Array]]:
    statistics = [_statistics(metric, system) for system in systems]
    means = [means_of(array) for array in statistics]
    with np.errstate(all="ignore"):
        scores = [_finish_one(finish, mean) for mean in means]
    usable = [at for at, score in enumerate(scores) if np.isfinite(score)]
    column = _columns_of_different(statistics, means, usable)
    firsts = sorted(set(column.values()))
    rows = resample_means(
        finish=finish,
        statistics=[statistics[at] for at in firsts],
        means=[means[at] for at in firsts],
        units=units,
        weights=weights,
    )
    place = {at: row for row, at in enumerate(firsts)}
    nothing = np.full(len(weights), np.nan)
    return [(score, rows[place[column[at]]] if at in column else nothing) for at, score in enumerate(scores)]


def _columns_of_different(
    statistics: Sequence[Float], means: Sequence[Array], usable: Sequence[int]
) -> dict[int, int]:
    """Each usable system → the first with the very same statistics: equal systems share one result, bit for bit."""
    seen: dict[bytes, list[int]] = {}
    same: dict[int, int] = {}
    for at in usable:
        alike = seen.setdefault(means[at].tobytes(), [])
        same[at] = next((one for one in alike if np.array_equal(statistics[one], statistics[at])), at)
        if same[at] == at:
            alike.append(at)
    return same


def _finish_one(finish: Callable[[Array], Array], means: Array) -> float:
    """The score at these means; NaN where a statistic is not finite or the score is undefined."""
    return float(finish(means)) if np.isfinite(means).all() else float("nan")


def _bootstrap_weighted(
    metric: Metric, system: System, units: Units, weights: Weights
) -> tuple[float, Array]:
    if metric.weighted is None or system.rows is None:
        raise ValueError(f"{metric.key} needs the rows of {system.key} and a weighted form")
    score = _weighted_score(metric.weighted, system.rows, units.n_rows)
    if not np.isfinite(score):
        return score, np.full(len(weights), np.nan)
    with np.errstate(all="ignore"):
        parts = [metric.weighted(system.rows, part) for part in _row_weights(units, weights)]
    return score, np.concatenate(parts)


def _weighted_score(weighted: Callable[[Rows, Array], Array], rows: Rows, n_rows: int) -> float:
    with np.errstate(all="ignore"):
        return float(weighted(rows, np.ones((1, n_rows)))[0])


def _row_weights(units: Units, weights: Weights) -> Sequence[Any]:
    """Row weights of all resamples: as they are without groups, in pieces of about 64 MB where groups must be spread."""
    if units.sizes is None:
        return [weights]
    step = max(1, 2**24 // units.n_rows)
    return [units.spread(weights[start : start + step]) for start in range(0, len(weights), step)]


def _influences(metric: Metric, system: System, units: Units) -> tuple[float, NDArray[np.float32]]:
    """The score and its influence values per unit (units,), float32."""
    values: Float
    if metric.key == AUC and system.rows is not None:
        score, values = _auc_influence(metric, system.rows, units)
    elif metric.influence is not None and system.rows is not None:
        score, values = _own_influence(metric, metric.influence, system.rows, units)
    else:
        score, values = _influence_of_means(metric, _statistics(metric, system), units)
    return score, values.astype(np.float32, copy=False)


def _own_influence(
    metric: Metric, influence: Callable[[Rows], Array], rows: Rows, units: Units
) -> tuple[float, Float]:
    score = _score_of_rows(metric, rows, units.n_rows)
    return score, _per_unit(influence(rows), units)


def _score_of_rows(metric: Metric, rows: Rows, n_rows: int) -> float:
    if metric.weighted is not None:
        return _weighted_score(metric.weighted, rows, n_rows)
    if metric.statistics is None or metric.finish is None:
        raise ValueError(f"{metric.key} has neither a weighted form nor statistics")
    with np.errstate(all="ignore"):
        return _finish_one(metric.finish, means_of(metric.statistics(rows)))


def _auc_influence(metric: Metric, rows: Rows, units: Units) -> tuple[float, Float]:
    positive = is_class(rows.truth[metric.truth[0].name], str(metric.parameters.get("positive", "1")))
    auc, values = auc_and_influence(positive, np.asarray(rows.prediction[metric.prediction[0].name]))
    return auc, _per_unit(values, units)


def _influence_of_means(metric: Metric, statistics: Float, units: Units) -> tuple[float, Float]:
    if metric.finish is None:
        raise ValueError(f"{metric.key} has statistics but no finish")
    means = means_of(statistics)
    with np.errstate(all="ignore"):
        score = _finish_one(metric.finish, means)
        if not np.isfinite(score):
            return score, np.full(units.count, np.nan)
        slope = gradient(metric.finish, means, np.abs(statistics).mean(axis=0, dtype=np.float64))
    rows: Array = np.asarray(statistics @ slope, dtype=np.float64) - means @ slope
    return score, _per_unit(rows, units)


def _per_unit(rows: Float, units: Units) -> Float:
    """Influence of each unit from that of its rows, so that the variance of the score is mean(values²) / units."""
    if units.sizes is None:
        return rows
    return np.asarray(units.sums(rows), dtype=np.float64) * (units.count / units.n_rows)
