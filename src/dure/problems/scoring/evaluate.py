"""One evaluation: predictions joined to answers, and the score of each part. Values in, values out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dure.engines.faults import Faulty
from dure.engines.scoring import metrics
from dure.engines.scoring.intervals import method_of
from dure.engines.scoring.joining import join, subset
from dure.engines.scoring.measuring import measure_systems
from dure.engines.scoring.metric import Array, Metric, Rows
from dure.engines.scoring.narrowing import join_some
from dure.engines.scoring.systems import Measured, Plan, System
from dure.problems.scoring.answers import Answers

RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of one evaluation. NaN where a metric is undefined on a part; `public_error` is the standard error.

    `measured` holds, for the public and the private part, what a board needs later where that came for free. `details` says more of
    the private part: for quantile forecasts `coverage`, level → share of answers inside the central interval.
    """

    public: float
    private: float
    public_error: float
    second: float | None
    public_influence: Array
    measured: tuple[Measured | None, Measured | None]
    details: dict[str, Any]


def read(path: Path, answers: Answers) -> Rows:
    """The predictions at `path` (our own Parquet) beside the answers."""
    meet = join_some if answers.asks_fewer else join
    return meet(answers.frame, pl.read_parquet(path), answers.schema)


def evaluate(rows: Rows, answers: Answers, metric: Metric, *, second: Metric | None = None) -> Result:
    """Score both parts. Raises Faulty when a value makes no sense for the metric."""
    if found := metrics.faults(metric, rows):
        raise Faulty(found)
    public = _measure(metric, rows, answers, public=True)
    private = _measure(metric, rows, answers, public=False)
    forecasts = any(column.kind == "quantile" for column in answers.schema.columns)
    hidden = subset(rows, answers.private.rows) if second is not None or forecasts else None
    return Result(
        public=public.score,
        private=private.score,
        public_error=_standard_error(public.influence),
        second=None if second is None or hidden is None else metrics.score(second, hidden),
        public_influence=public.influence,
        measured=(public.measured, private.measured),
        details=_coverage(hidden) if hidden is not None and forecasts else {},
    )


def _coverage(hidden: Rows) -> dict[str, Any]:
    shares = metrics.coverage(hidden)
    return {"coverage": {f"{level:g}": share for level, share in shares.items() if math.isfinite(share)}}


def public_error(rows: Rows, answers: Answers, metric: Metric) -> float:
    """The standard error of the public score alone; NaN where it is undefined. Raises Faulty as `evaluate`."""
    if found := metrics.faults(metric, rows):
        raise Faulty(found)
    return _standard_error(_measure(metric, rows, answers, public=True).influence)


@dataclass(frozen=True, slots=True)
class _Found:
    """One part's score; the influence values of its units where they are asked for, else none."""

    score: float
    influence: Array
    measured: Measured | None = None


def _measure(metric: Metric, rows: Rows, answers: Answers, *, public: bool) -> _Found:
    """Large parts are measured as a board would, once for score, Ladder and board; small ones wait for their resamples."""
    part = answers.part(public=public)
    mine = subset(rows, part.rows)
    plan = Plan(metric.key, method_of(metric, part.units), part.units, RESAMPLES, answers.seed, CONFIDENCE)
    if not plan.bootstraps:
        return _measure_large(metric, mine, plan)
    influence = metrics.influence_of_units(metric, mine, part.units) if public else np.zeros(0)
    return _Found(metrics.score(metric, mine), influence)


def _measure_large(metric: Metric, rows: Rows, plan: Plan) -> _Found:
    measured = measure_systems(metric, [System(key="this", rows=rows)], plan)[0]
    if measured is None:
        return _Found(float("nan"), np.full(plan.units.count, np.nan))
    score = float(np.clip(measured.score, metric.lowest, metric.highest))
    return _Found(score, np.asarray(measured.values, dtype=np.float64), measured)


def _standard_error(influence: Array) -> float:
    if len(influence) < 2:
        return float("nan")
    return float(influence.std(ddof=1) / np.sqrt(len(influence)))


def metric_of(key: str, parameters: Mapping[str, Any]) -> Metric:
    return metrics.get_metric(key, **parameters)
