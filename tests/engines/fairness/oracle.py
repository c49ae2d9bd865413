"""What the engine is checked against: tests of 2×2 tables written out again, outcome by outcome, on scipy's distributions."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from dure.engines.fairness import Row

Table = NDArray[np.float64]
RATES = np.linspace(0.0005, 0.9995, 1000)


def outcomes(n1: int, n2: int, rates: NDArray[np.float64]) -> tuple[Table, Table]:
    """Probabilities (n + 1, rates) of each count in both groups."""
    one, other = (stats.binom.pmf(np.arange(n + 1)[:, None], n, rates[None]) for n in (n1, n2))
    return one, other


def size(reject: NDArray[np.bool_]) -> float:
    """The largest probability of rejecting at a common rate."""
    one, other = outcomes(reject.shape[0] - 1, reject.shape[1] - 1, RATES)
    return float(np.einsum("xr,xr->r", one, reject @ other).max())


def power(reject: NDArray[np.bool_], rate1: float, rate2: float) -> float:
    """The probability of rejecting at two rates."""
    one = stats.binom.pmf(np.arange(reject.shape[0]), reject.shape[0] - 1, rate1)
    other = stats.binom.pmf(np.arange(reject.shape[1]), reject.shape[1] - 1, rate2)
    return float(one @ reject @ other)


@lru_cache
def fisher(n1: int, n2: int) -> Table:
    """Two-sided p-values by the likelihoods of scipy's hypergeometric distribution."""
    found = np.ones((n1 + 1, n2 + 1))
    for total in range(n1 + n2 + 1):
        x1 = np.arange(max(0, total - n2), min(n1, total) + 1)
        chances = stats.hypergeom.pmf(x1, n1 + n2, total, n1)
        found[x1, total - x1] = [chances[chances <= chance * (1 + 1e-7)].sum() for chance in chances]
    return found


@lru_cache
def boschloo(n1: int, n2: int) -> Table:
    """As in scipy: twice the smaller of the one-sided p-values, each ordered by Fisher's one-sided p-value."""
    total = np.add.outer(np.arange(n1 + 1), np.arange(n2 + 1))
    x1 = np.arange(n1 + 1)[:, None]
    less = stats.hypergeom.cdf(x1, n1 + n2, total, n1)
    more = stats.hypergeom.sf(x1 - 1, n1 + n2, total, n1)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(unconditional(less), unconditional(more))))


@lru_cache
def barnard(n1: int, n2: int) -> Table:
    """As in scipy: ordered by the absolute difference of rates over its pooled standard error."""
    one, other = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)
    pooled = (one + other) / (n1 + n2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    apart = np.abs(one / n1 - other / n2)
    return unconditional(-np.divide(apart, error, out=np.zeros_like(error), where=error > 0))


def estimated(order: Table) -> Table:
    """For each outcome the probability, at the rate of both groups together, of one that comes as early in an order."""
    n1, n2 = order.shape[0] - 1, order.shape[1] - 1
    found = np.empty(order.shape)
    for x1, x2 in np.ndindex(order.shape):
        one, other = outcomes(n1, n2, np.array([(x1 + x2) / (n1 + n2)]))
        found[x1, x2] = float((one @ other.T)[order <= order[x1, x2] * (1 + 1e-7)].sum())
    return found


def unconditional(order: Table) -> Table:
    """For each outcome the largest probability of one that comes as early in an order (low first)."""
    values, place = np.unique(np.round(order, 9), return_inverse=True)
    one, other = outcomes(order.shape[0] - 1, order.shape[1] - 1, RATES[::4])
    found = np.zeros(len(values))
    for at in range(len(RATES[::4])):
        chances = np.outer(one[:, at], other[:, at]).ravel()
        found = np.maximum(found, np.cumsum(np.bincount(place.ravel(), chances, len(values))))
    return np.asarray(found[place.ravel()].reshape(order.shape))


def people(groups: Sequence[tuple[str, int, int]], attribute: str = "sex") -> list[Row]:
    """Rows for groups given as name, people, selected."""
    return [Row({attribute: name}, at < chosen) for name, n, chosen in groups for at in range(n)]
