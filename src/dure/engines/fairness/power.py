"""What a comparison could have found: the probability that it does, summed over all outcomes."""

from functools import lru_cache
from math import ceil, floor, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dure.engines.fairness.binomial import Array, log_choose, pmf
from dure.engines.fairness.exact import LARGEST, WHOLE, ordering, p_values, two_sided
from dure.engines.fairness.values import GRAVE

_REACH: Final = 6.0
"""Standard deviations around what is expected inside which the outcomes of the largest tables are summed."""


def power(n1: int, n2: int, *, level: float, rates: tuple[float, float]) -> float:
    """The probability of a p-value up to `level` where the groups of n1 and n2 are selected at these rates.

    Exact up to `WHOLE` people. Above, a lower bound: the exact power of the same comparison by Fisher's p-value, never the smaller.
    """
    one, other = (pmf(n, np.array([rate]))[:, 0] for n, rate in zip((n1, n2), rates, strict=True))
    if (n1 + 1) * (n2 + 1) > LARGEST:
        return _by_totals(one, other, level=level, rates=rates)
    return min(1.0, float(one @ _found(n1, n2, level) @ other))


def power_for_grave(n1: int, n2: int, *, level: float, selected: int) -> float:
    """The power against the group of n1 being selected `GRAVE` times as often as the n2 others, `selected` of all as expected.

    It looks at the sizes and at how many were selected in all, never at who: what was seen cannot excuse the audit.
    """
    return power(n1, n2, level=level, rates=_grave_rates(n1, n2, selected))


def least_power_for_grave(n1: int, n2: int, *, level: float, selected: int) -> float:
    """A lower bound of the same by Fisher's p-value alone, in a small part of the time, for whoever tries many sizes."""
    rates = _grave_rates(n1, n2, selected)
    one, other = (pmf(n, np.array([rate]))[:, 0] for n, rate in zip((n1, n2), rates, strict=True))
    return _by_totals(one, other, level=level, rates=rates)


def _grave_rates(n1: int, n2: int, selected: int) -> tuple[float, float]:
    """The rates of a group and of the others, the first `GRAVE` times the second, with which so many are selected."""
    others = min(1.0, selected / (n2 + GRAVE * n1)) if n1 and n2 else 0.0
    return GRAVE * others, others


@lru_cache(maxsize=32)
def _found(n1: int, n2: int, level: float) -> NDArray[np.float64]:
    """1 where an outcome has a p-value up to the level, else 0; shape (n1 + 1, n2 + 1)."""
    if n1 > n2:
        return _found(n2, n1, level).T
    if n1 == 0:
        return np.zeros((1, n2 + 1))
    return np.asarray((p_values if n1 + n2 <= WHOLE else ordering)(n1, n2) <= level, dtype=np.float64)


def _by_totals(one: Array, other: Array, *, level: float, rates: tuple[float, float]) -> float:
    """The power by Fisher's p-value, total by total, near what is expected; `one`, `other` are the probabilities of outcomes."""
    n1, n2 = len(one) - 1, len(other) - 1
    logs = log_choose(n1), log_choose(n2)
    found = 0.0
    for total in _near(n1 * rates[0] + n2 * rates[1], n1 + n2, n1 + n2):
        alike, apart = _near(total * n1 / (n1 + n2), min(n1, n2), n1), _near(n1 * rates[0], n1, n1)
        lowest, highest = min(alike.start, apart.start), max(alike.stop, apart.stop)
        x1 = np.arange(max(lowest, total - n2), min(highest, total + 1))
        p = two_sided(logs[0][x1] + logs[1][total - x1])
        found += float((one[x1] * other[total - x1])[p <= level].sum())
    return min(1.0, found)


def _near(expected: float, trials: int, highest: int) -> range:
    """Counts in 0 … highest within `_REACH` of the largest standard deviation that so many trials can have."""
    reach = _REACH * sqrt(trials) / 2 + 1
    return range(max(0, floor(expected - reach)), min(highest, ceil(expected + reach)) + 1)
