"""Every built-in metric: one registry, one way to score.

`score`, `statistics` and `influence` check the rows first and raise Faulty; the fields of a Metric do not check.
"""

from collections.abc import Callable, Mapping
from inspect import signature
from types import MappingProxyType

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Array, Metric, Rows
from dure.engines.scoring.metrics.checks import faults
from dure.engines.scoring.metrics.columns import size
from dure.engines.scoring.metrics.detection import detection_map
from dure.engines.scoring.metrics.errors import mae, mape, nasa_turbofan, r2, rmse, smape
from dure.engines.scoring.metrics.labels import (
    accuracy,
    balanced_accuracy,
    f1,
    f1_macro,
    f1_micro,
    f1_weighted,
    mcc,
)
from dure.engines.scoring.metrics.masks import dice, iou
from dure.engines.scoring.metrics.means import influence_of_means
from dure.engines.scoring.metrics.probabilities import brier, log_loss
from dure.engines.scoring.metrics.quantiles import coverage, crps_quantiles, pinball, wis
from dure.engines.scoring.metrics.ranking import pr_auc, roc_auc
from dure.engines.scoring.metrics.texts import cer, cer_jamo, chrf, wer
from dure.engines.scoring.units import Units

__all__ = [
    "FACTORIES",
    "METRICS",
    "coverage",
    "faults",
    "get_metric",
    "influence",
    "influence_of_units",
    "score",
    "statistics",
]

_ALL: tuple[Callable[..., Metric], ...] = (
    accuracy,
    balanced_accuracy,
    f1,
    f1_macro,
    f1_micro,
    f1_weighted,
    mcc,
    roc_auc,
    pr_auc,
    log_loss,
    brier,
    rmse,
    mae,
    mape,
    smape,
    r2,
    pinball,
    wis,
    crps_quantiles,
    nasa_turbofan,
    detection_map,
    iou,
    dice,
    chrf,
    wer,
    cer,
    cer_jamo,
)
FACTORIES: Mapping[str, Callable[..., Metric]] = MappingProxyType({make.__name__: make for make in _ALL})
METRICS: Mapping[str, Metric] = MappingProxyType({key: make() for key, make in FACTORIES.items()})


def get_metric(key: str, **parameters: float | str) -> Metric:
    """The metric of that key with its parameters, the others at their defaults.

    Raises Faulty: `unknown_metric`, `unknown_parameter`, `bad_parameter`.
    """
    if key not in FACTORIES:
        raise Faulty([Fault("unknown_metric", {"metric": key})])
    known = signature(FACTORIES[key]).parameters
    unknown = [Fault("unknown_parameter", {"name": name}) for name in parameters if name not in known]
    defaults = METRICS[key].parameters
    wrong = [
        Fault("bad_parameter", {"name": name, "value": value})
        for name, value in parameters.items()
        if name in known and isinstance(value, str) != isinstance(defaults[name], str)
    ]
    if unknown or wrong:
        raise Faulty(unknown + wrong)
    return FACTORIES[key](**parameters)


def score(metric: Metric, rows: Rows) -> float:
    """The score of all rows with equal weight, within the metric's range, or NaN where it is undefined.

    Raises Faulty with every offending row up to a cap (see `faults`).
    """
    _refuse(metric, rows)
    return _score(metric, rows) if size(rows) else float("nan")


def statistics(metric: Metric, rows: Rows) -> Array:
    """The (n, k) statistics whose means `metric.finish` turns into the score. Raises Faulty; ValueError if it has none."""
    if metric.statistics is None:
        raise ValueError(f"{metric.key} is not a function of means; use weighted")
    _refuse(metric, rows)
    return metric.statistics(rows)


def influence(metric: Metric, rows: Rows) -> Array:
    """Influence values (n,): score(w) ≈ score + mean((w − 1) · influence). NaN where the score is undefined.

    For a function of means they follow from its slope at the means. Raises Faulty.
    """
    _refuse(metric, rows)
    if not size(rows):
        return np.zeros(0)
    if metric.influence is not None:
        return metric.influence(rows)
    if metric.statistics is None or metric.finish is None:
        raise ValueError(f"{metric.key} has neither statistics nor influence")
    return influence_of_means(metric.finish, metric.statistics(rows))


def influence_of_units(metric: Metric, rows: Rows, units: Units) -> Array:
    """The same of each unit (count,): the sum over its rows, so that the mean over units stays the mean over rows."""
    values = influence(metric, rows)
    return np.asarray(units.sums(values), dtype=np.float64) * (units.count / max(len(values), 1))


def _refuse(metric: Metric, rows: Rows) -> None:
    found = faults(metric, rows)
    if found:
        raise Faulty(found)


def _score(metric: Metric, rows: Rows) -> float:
    if metric.weighted is not None:
        value = metric.weighted(rows, np.ones((1, size(rows))))[0]
    elif metric.statistics is not None and metric.finish is not None:
        value = metric.finish(metric.statistics(rows).mean(axis=0))
    else:
        raise ValueError(f"{metric.key} has neither statistics nor weighted")
    # Rounding may carry a perfect score past its bound by a last digit.
    return float(np.clip(value, metric.lowest, metric.highest))
