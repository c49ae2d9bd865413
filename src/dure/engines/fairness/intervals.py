"""The exact interval of a rate."""

from collections.abc import Callable
from math import nan

from dure.engines.fairness.binomial import at_least, at_most
from dure.engines.fairness.values import ALPHA, Estimate

_STEPS = 60


def rate_interval(x: int, n: int, error: float = ALPHA) -> Estimate:
    """The rate x / n with an interval that misses the true rate with probability ≤ `error`, half of it on each side.

    Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934),
    404-413. The whole of [0, 1] where n is 0.
    """
    if n == 0:
        return Estimate(nan, 0.0, 1.0)
    low = _crossing(lambda rate: at_least(x, n, rate) < error / 2) if x else 0.0
    high = _crossing(lambda rate: at_most(x, n, rate) > error / 2) if x < n else 1.0
    return Estimate(x / n, low, high)


def _crossing(holds: Callable[[float], bool]) -> float:
    """The rate in (0, 1) up to which a condition holds, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2
