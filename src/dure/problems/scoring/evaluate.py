"""One evaluation: predictions joined to answers, and the score of each part. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.scoring import metrics
from dure.engines.scoring.joining import join, subset
from dure.engines.scoring.metric import Array, Metric, Rows
from dure.engines.scoring.units import units_of
from dure.problems.scoring.answers import Answers


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of one evaluation. NaN where a metric is undefined on a part; `public_error` is the standard error."""

    public: float
    private: float
    public_error: float
    second: float | None
    public_influence: Array


def read(path: Path, answers: Answers) -> Rows:
    """The predictions at `path` (our own Parquet) beside the answers."""
    return join(answers.frame, pl.read_parquet(path), answers.schema)


def evaluate(rows: Rows, answers: Answers, metric: Metric, *, second: Metric | None = None) -> Result:
    """Score both parts. Raises Faulty when a value makes no sense for the metric."""
    public, private = (subset(rows, answers.part(public=side)) for side in (True, False))
    influence = _influence_of_units(metric, public, answers)
    return Result(
        public=metrics.score(metric, public),
        private=metrics.score(metric, private),
        public_error=_standard_error(influence),
        second=None if second is None else metrics.score(second, private),
        public_influence=influence,
    )


def _influence_of_units(metric: Metric, rows: Rows, answers: Answers) -> Array:
    values = metrics.influence(metric, rows)
    chosen: NDArray[Any] | None = None if answers.groups is None else answers.groups[answers.public]
    units = units_of(len(values), chosen)
    return np.asarray(units.sums(values), dtype=np.float64) * (units.count / max(len(values), 1))


def _standard_error(influence: Array) -> float:
    if len(influence) < 2:
        return float("nan")
    return float(influence.std(ddof=1) / np.sqrt(len(influence)))


def metric_of(key: str, parameters: Mapping[str, Any]) -> Metric:
    return metrics.get_metric(key, **parameters)
