"""ROC-AUC's own components per row, from which DeLong's paired covariance follows.

Source: DeLong, DeLong and Clarke-Pearson (1988), Comparing the areas under two or more correlated receiver operating
characteristic curves, doi:10.2307/2531595; computed with mid-ranks after Sun and Xu (2014), doi:10.1109/LSP.2014.2337313.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array


def components(positive: NDArray[np.bool_], score: NDArray[Any]) -> Array:
    """For a positive row the share of negatives below it, for a negative row the share of positives above it; ties count half.

    Shapes (n,), (n,) → (n,). The mean over the positives, and over the negatives, is the AUC. Needs both kinds of row, else
    all NaN.
    """
    m = int(positive.sum())
    n = len(positive) - m
    if m == 0 or n == 0:
        return np.full(len(positive), np.nan)
    share = np.empty(len(positive))
    ranks = midranks(score)
    share[positive] = (ranks[positive] - midranks(score[positive])) / n
    share[~positive] = 1.0 - (ranks[~positive] - midranks(score[~positive])) / m
    return share


def auc_of(positive: NDArray[np.bool_], share: Array) -> float:
    """The AUC from its components."""
    return float(share[positive].mean()) if positive.any() else float("nan")


def influence_of(positive: NDArray[np.bool_], share: Array) -> Array:
    """Influence values (n,) of the rows on the AUC, scaled so that their products give DeLong's covariance.

    For two systems, sum(a · b) / (n (n − 1)) is S10 / m + S01 / n of the paper exactly. All NaN where one kind has fewer
    than two rows.
    """
    return np.asarray((share - auc_of(positive, share)) * np.where(positive, *_scales(positive)))


def _scales(positive: NDArray[np.bool_]) -> tuple[float, float]:
    count = len(positive)
    kinds = (int(positive.sum()), count - int(positive.sum()))
    if min(kinds) < 2:
        return float("nan"), float("nan")
    one, other = ((count * (count - 1) / (kind * (kind - 1))) ** 0.5 for kind in kinds)
    return one, other


def midranks(values: NDArray[Any]) -> Array:
    """Ranks from 1 in ascending order, ties given the mean of their places, shape (n,)."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    starts = np.flatnonzero(new)
    ends = np.concatenate([starts[1:], [len(values)]])
    ranks = np.empty(len(values))
    ranks[order] = ((starts + ends + 1) / 2)[np.cumsum(new) - 1]
    return ranks
