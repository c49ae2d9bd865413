"""Binomial probabilities on many rates at once, the ground of every exact figure here."""

from functools import lru_cache
from math import ceil, floor, lgamma, log, log1p, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_NEVER: Final = 1e-300
"""Stands for a rate of 0 where its logarithm is needed."""


@lru_cache(maxsize=8)
def log_factorials(n: int) -> Array:
    """The logarithms of 0!, 1!, … n!, shape (n + 1,)."""
    return np.array([lgamma(k + 1) for k in range(n + 1)])


@lru_cache(maxsize=32)
def log_choose(n: int) -> Array:
    """The logarithm of C(n, x) for x = 0 … n, shape (n + 1,)."""
    logs = log_factorials(n)
    found = np.asarray(logs[n] - logs - logs[::-1])
    found.flags.writeable = False
    return found


def pmf(n: int, rates: Array) -> Array:
    """P(X = x) of Binomial(n, rate) for every x and rate, shape (n + 1, rates); rates in [0, 1]."""
    x = np.arange(n + 1.0)[:, None]
    hits, misses = (np.log(np.maximum(one, _NEVER)) for one in (rates, 1 - rates))
    exponents = x * (hits - misses)
    exponents += n * misses + log_choose(n)[:, None]
    return np.asarray(np.exp(exponents, out=exponents))


def at_least(x: int, n: int, rate: float) -> float:
    """P(X ≥ x) of Binomial(n, rate), rate in (0, 1)."""
    return _between(x, n, n, rate)


def at_most(x: int, n: int, rate: float) -> float:
    """P(X ≤ x) of Binomial(n, rate), rate in (0, 1)."""
    return _between(0, x, n, rate)


def _between(first: int, last: int, n: int, rate: float) -> float:
    """P(first ≤ X ≤ last), summed where outcomes are likely: outside is less than 1e-15 by Bernstein's inequality."""
    reach = 9 * sqrt(n * rate * (1 - rate)) + 40
    x = np.arange(max(first, floor(n * rate - reach)), min(last, ceil(n * rate + reach)) + 1)
    return float(min(1.0, np.exp(log_choose(n)[x] + x * log(rate) + (n - x) * log1p(-rate)).sum()))
