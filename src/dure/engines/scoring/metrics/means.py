"""Scores that are functions of means: their slope and the influence of each row."""

from collections.abc import Callable

import numpy as np

from dure.engines.scoring.metric import Array
from dure.engines.scoring.metrics.columns import BLOCK

STEP = 1e-5  # of a column's own size: error of the central difference about 1e-10, of rounding about 1e-11


def gradient(finish: Callable[[Array], Array], means: Array, sizes: Array) -> Array:
    """Slope of `finish` at `means` (k,) by central differences with steps in proportion to `sizes` (k,) ≥ 0.

    A column of size 0 is 0 in every row; its slope moves nothing and is given as 0.
    """
    slope = np.zeros_like(means)
    used = np.flatnonzero(sizes > 0)
    width = max(1, BLOCK // max(1, len(means)))
    for start in range(0, len(used), width):
        at = used[start : start + width]
        steps = STEP * sizes[at]
        shift = np.zeros((len(at), len(means)))
        shift[np.arange(len(at)), at] = steps
        slope[at] = (finish(means + shift) - finish(means - shift)) / (2 * steps)
    return slope


def influence_of_means(finish: Callable[[Array], Array], statistics: Array) -> Array:
    """Influence values (n,) of the rows of `statistics` (n, k) on `finish` of their means (delta method).

    Source: Efron (1982), The Jackknife, the Bootstrap and Other Resampling Plans, chapter 6 (infinitesimal jackknife).
    """
    means = statistics.mean(axis=0)
    slope = gradient(finish, means, np.abs(statistics).mean(axis=0))
    return np.asarray((statistics - means) @ slope)
