"""ROC-AUC with the influence of each row on it, from which DeLong's paired covariance follows.

Source: DeLong, DeLong and Clarke-Pearson (1988), Comparing the areas under two or more correlated receiver operating
characteristic curves, doi:10.2307/2531595; computed from one sorted order,
in the spirit of Sun and Xu (2014), doi:10.1109/LSP.2014.2337313.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array


def auc_and_influence(positive: NDArray[np.bool_], score: NDArray[Any]) -> tuple[float, NDArray[np.float32]]:
    """The AUC, ties counting half, and the influence values of the rows on it, scaled so that they give DeLong's covariance.

    Shapes (n,), (n,) → (n,). A positive row's own component is the share of negatives below it, a negative row's the share of
    positives above it; its influence value is the distance of that from the AUC. For two systems, sum(a · b) / (n (n − 1))
    is S10 / m + S01 / n of the paper exactly. NaN where one kind of row is missing; values NaN where one has a single row.
    """
    m = int(np.count_nonzero(positive))
    n = len(positive) - m
    if m == 0 or n == 0:
        return float("nan"), np.full(len(positive), np.nan, dtype=np.float32)
    order = np.argsort(
        score
    )  # one sort serves both kinds; equal scores share a group, so it need not be stable
    hit = positive[order]
    bounds, group = _ties(score[order])
    hits = np.concatenate([[0], np.cumsum(hit)])[bounds]
    twice_hits = hits[1:] + hits[:-1]
    twice_others = bounds[1:] + bounds[:-1] - twice_hits
    auc = float((hits[1:] - hits[:-1]) @ twice_others / (2 * m * n))
    of_hit, of_other = twice_others / (2 * n) - auc, 1.0 - twice_hits / (2 * m) - auc
    return auc, _on_rows(order, hit, group, _scaled(of_hit, of_other, m, n))


def _on_rows(
    order: NDArray[np.intp],
    hit: NDArray[np.bool_],
    group: NDArray[np.intp] | None,
    values: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Values of positive and of other rows per group of ties, put back on the rows in their own sequence (n,)."""
    of_hit, of_other = values if group is None else (values[0][group], values[1][group])
    spread = np.empty(len(order), dtype=np.float32)
    spread[order] = np.where(hit, of_hit, of_other)
    return spread


def _ties(ordered: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp] | None]:
    """Where the groups of equal values of a sorted (n,) array begin, and n; the group of each place, None where all differ."""
    differs = ordered[1:] != ordered[:-1]
    if differs.all():
        return np.arange(len(ordered) + 1), None
    new = np.concatenate([[True], differs])
    return np.append(np.flatnonzero(new), len(ordered)), np.cumsum(new) - 1


def _scaled(
    of_hit: Array, of_other: Array, m: int, n: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    scales = _scales(m, n)
    return (of_hit * scales[0]).astype(np.float32), (of_other * scales[1]).astype(np.float32)


def _scales(*kinds: int) -> tuple[float, float]:
    """What makes a sum of products over all rows the sum of the two kinds' covariances."""
    count = sum(kinds)
    if min(kinds) < 2:
        return float("nan"), float("nan")
    one, other = ((count * (count - 1) / (kind * (kind - 1))) ** 0.5 for kind in kinds)
    return one, other
