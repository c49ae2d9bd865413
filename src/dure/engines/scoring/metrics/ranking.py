"""Scores of an order: area under the ROC curve and average precision, for any real score where higher means positive."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Metric, Role, Rows
from dure.engines.scoring.metrics.columns import Codes, Flags, blocks, is_class, numbers, quotient
from dure.engines.scoring.metrics.labels import LABEL, binary_faults

SCORE = (Role("score", "number"),)


def roc_auc(*, positive: str = "1") -> Metric:
    """Chance that a row of the class `positive` scores above one that is not, ties counting one half.

    Undefined (NaN) where only one class is present. Influence values are DeLong's structural components.
    Source: Hanley and McNeil (1982), doi:10.1148/radiology.143.1.7063747; intervals: DeLong et al. (1988),
    doi:10.2307/2531595.
    """
    return Metric(
        key="roc_auc",
        name_ko="ROC 곡선 아래 면적(AUC)",
        name_en="Area under the ROC curve",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=SCORE,
        source="Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747",
        weighted=partial(_weighted_auc, positive=positive),
        influence=partial(_auc_influence, positive=positive),
        check=partial(binary_faults, positive=positive),
        parameters={"positive": positive},
    )


def pr_auc(*, positive: str = "1") -> Metric:
    """Average precision: Σ (recall_k − recall_{k−1}) · precision_k over the distinct scores from the highest down.

    Undefined (NaN) where no row is positive. Influence values are the derivative by each row's weight (infinitesimal
    jackknife). Source: Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 8.4.
    """
    return Metric(
        key="pr_auc",
        name_ko="정밀도-재현율 곡선 아래 면적(평균 정밀도)",
        name_en="Area under the precision–recall curve (average precision)",
        direction="higher",
        lowest=0.0,
        highest=1.0,
        truth=LABEL,
        prediction=SCORE,
        source="Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, 8.4",
        weighted=partial(_weighted_precision, positive=positive),
        influence=partial(_precision_influence, positive=positive),
        check=partial(binary_faults, positive=positive),
        parameters={"positive": positive},
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """Rows sorted by score, equal scores in one group: the order (n,), who is positive in it, where groups start (g,)."""

    order: Codes
    positive: Flags
    starts: Codes

    def masses(self, weights: Array) -> tuple[Array, Array]:
        """Weight of positive and of other rows in each group: (b, n) → two of (b, g)."""
        sorted_weights = weights[:, self.order]
        hits = np.where(self.positive, sorted_weights, 0.0)
        others = np.where(self.positive, 0.0, sorted_weights)
        if len(self.starts) == len(self.order):
            return hits, others
        return np.add.reduceat(hits, self.starts, axis=1), np.add.reduceat(others, self.starts, axis=1)

    def spread(self, of_positive: Array, of_other: Array) -> Array:
        """Values per group and class (g,) put back on the rows in their own sequence (n,)."""
        group = np.zeros(len(self.order), dtype=np.int64)
        group[self.starts[1:]] = 1
        group = np.cumsum(group)
        values = np.empty(len(self.order))
        values[self.order] = np.where(self.positive, of_positive[group], of_other[group])
        return values


def _ordered(rows: Rows, *, positive: str, falling: bool) -> _Order:
    score = numbers(rows.prediction["score"])
    order = np.argsort(-score if falling else score)
    in_order = score[order]
    starts = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
    return _Order(order, is_class(rows.truth["label"], positive)[order], starts)


def _below(mass: Array) -> Array:
    """Mass strictly before each group plus half of the group's own."""
    return np.cumsum(mass, axis=-1) - mass / 2


def _weighted_auc(rows: Rows, weights: NDArray[Any], *, positive: str) -> Array:
    ordered = _ordered(rows, positive=positive, falling=False)
    return np.concatenate([_auc(*ordered.masses(block)) for block in blocks(weights, len(ordered.order))])


def _auc(hits: Array, others: Array) -> Array:
    return quotient((hits * _below(others)).sum(-1), hits.sum(-1) * others.sum(-1), otherwise=np.nan)


def _auc_influence(rows: Rows, *, positive: str) -> Array:
    ordered = _ordered(rows, positive=positive, falling=False)
    hits, others = (mass[0] for mass in ordered.masses(np.ones((1, len(ordered.order)))))
    hit_total, other_total = hits.sum(), others.sum()
    if hit_total == 0 or other_total == 0:
        return np.full(len(ordered.order), np.nan)
    of_positive = _below(others) / other_total
    of_other = 1.0 - _below(hits) / hit_total
    auc = float((hits * of_positive).sum() / hit_total)
    count = len(ordered.order)
    return ordered.spread((of_positive - auc) * count / hit_total, (of_other - auc) * count / other_total)


def _weighted_precision(rows: Rows, weights: NDArray[Any], *, positive: str) -> Array:
    ordered = _ordered(rows, positive=positive, falling=True)
    return np.concatenate(
        [_average_precision(*ordered.masses(block)) for block in blocks(weights, len(ordered.order))]
    )


def _precision(hits: Array, others: Array) -> Array:
    found, seen = np.cumsum(hits, axis=-1), np.cumsum(hits + others, axis=-1)
    return quotient(found, seen, otherwise=0.0)


def _average_precision(hits: Array, others: Array) -> Array:
    return quotient((hits * _precision(hits, others)).sum(-1), hits.sum(-1), otherwise=np.nan)


def _precision_influence(rows: Rows, *, positive: str) -> Array:
    ordered = _ordered(rows, positive=positive, falling=True)
    hits, others = (mass[0] for mass in ordered.masses(np.ones((1, len(ordered.order)))))
    total = hits.sum()
    if total == 0:
        return np.full(len(ordered.order), np.nan)
    precision, seen = _precision(hits, others), np.cumsum(hits + others)
    average = (hits * precision).sum() / total
    # One more positive at a group lifts the precision of it and of every later group by (1 − precision) / seen, one more
    # other row lowers it by precision / seen; a positive also counts once itself and adds to the total.
    lift = _from_here_on(hits * (1.0 - precision) / seen)
    drop = _from_here_on(hits * precision / seen)
    scale = len(ordered.order) / total
    return ordered.spread((precision + lift - average) * scale, -drop * scale)


def _from_here_on(values: Array) -> Array:
    return np.cumsum(values[::-1])[::-1]
