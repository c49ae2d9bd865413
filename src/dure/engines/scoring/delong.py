"""ROC-AUC's own components per row, from which DeLong's paired covariance follows.

Source: DeLong, DeLong and Clarke-Pearson (1988), Comparing the areas under two or more correlated receiver operating
characteristic curves, doi:10.2307/2531595; computed from one sorted order,
in the spirit of Sun and Xu (2014), doi:10.1109/LSP.2014.2337313.
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
    order = np.argsort(
        score
    )  # one sort serves both kinds; equal scores share a group, so it need not be stable
    hit = positive[order]
    starts, ends = _ties(score[order])
    hits = np.concatenate([[0], np.cumsum(hit)])
    twice_hits = hits[starts] + hits[ends]
    twice_others = starts + ends - twice_hits
    share = np.empty(len(positive))
    share[order] = np.where(hit, twice_others / (2 * n), 1.0 - twice_hits / (2 * m))
    return share


def _ties(ordered: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each place of a sorted array where the group of equal values around it starts and ends, shapes (n,)."""
    places = np.arange(len(ordered))
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    if new.all():
        return places, places + 1
    first = np.flatnonzero(new)
    group = np.cumsum(new) - 1
    return first[group], np.concatenate([first[1:], [len(ordered)]])[group]


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
