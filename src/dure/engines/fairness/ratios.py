"""The exact interval of the ratio of two rates.

A ratio belongs to it unless one of two one-sided exact tests rejects it. Outcomes are ordered by the score statistic of a ratio
(Miettinen and Nurminen, Comparative analysis of two rates, Statistics in Medicine 4 (1985), 213-226), and the p-value is the
largest probability over the second rate, which nobody knows: Chan and Zhang, Test-based exact confidence intervals for the
difference of two binomial proportions, Biometrics 55 (1999), 1202-1209. The largest probability is bounded between the nodes of
a grid as in `exact`. Ratios are tried from outside inwards in small steps, because what a test rejects need not be an interval.

Ratios are looked for within a box: all ratios of rates in two independent intervals of Clopper and Pearson. The box spends its
part of the error. Alone it is an exact interval too, wider by about a half; it stands where the two groups have more than
`SEARCHED` people, whose figures are sharp anyway, and where the second group has nobody selected.
"""

from collections.abc import Callable
from functools import lru_cache
from math import inf, nan, sqrt
from typing import Final

import numpy as np

from dure.engines.fairness.binomial import Array, pmf
from dure.engines.fairness.intervals import rate_interval
from dure.engines.fairness.values import ALPHA, Estimate

SEARCHED: Final = 200
"""People in two groups up to which the tests are searched; beyond, a report of many groups would take minutes."""
_BOX: Final = 0.02
"""The part of the error that the box spends where it only says where to look."""
_TRIED: Final = 12
"""Ratios tried between the edge of the box and the estimate, evenly on a log scale; then `_HALVINGS` between two of them."""
_HALVINGS: Final = 5


def ratio_interval(x1: int, n1: int, x2: int, n2: int, error: float = ALPHA) -> Estimate:
    """The ratio of the rates x1 / n1 and x2 / n2 with an interval that misses the true one with probability ≤ `error`."""
    if n1 + n2 > SEARCHED or x2 == 0:
        return box(x1, n1, x2, n2, error)
    wide, each = box(x1, n1, x2, n2, error * _BOX), error * (1 - _BOX) / 2
    inner = wide.value or wide.high / 100
    low = _outermost(wide.low, inner, lambda ratio: _as_high(x1, n1, x2, n2, ratio=ratio) > each)
    high = _outermost(wide.high, inner, lambda ratio: _as_low(x1, n1, x2, n2, ratio=ratio) > each)
    return Estimate(wide.value, low, high)


def box(x1: int, n1: int, x2: int, n2: int, error: float) -> Estimate:
    """The ratio with all ratios of rates in both of their intervals, each of which covers with probability √(1 − error)."""
    each = 1 - sqrt(1 - error)
    one, other = rate_interval(x1, n1, each), rate_interval(x2, n2, each)
    return Estimate(_over(one.value, other.value), _over(one.low, other.high), _over(one.high, other.low))


def _over(above: float, below: float) -> float:
    if below:
        return above / below
    return inf if above else nan


def _outermost(edge: float, inner: float, belongs: Callable[[float], bool]) -> float:
    """The ratio next to the edge that belongs, on the way to one that does; the edge itself where it does."""
    if edge == 0:
        return 0.0
    tried = np.geomspace(edge, inner, _TRIED).tolist()
    at = next((place for place, ratio in enumerate(tried) if belongs(ratio)), _TRIED - 1)
    out, within = tried[max(at - 1, 0)], tried[at]
    for _ in range(_HALVINGS if at else 0):
        middle = sqrt(out * within)
        out, within = (out, middle) if belongs(middle) else (middle, within)
    return float(out)


def _as_high(x1: int, n1: int, x2: int, n2: int, *, ratio: float) -> float:
    """The largest probability, with this ratio, of an outcome that speaks as much for a higher one."""
    if ratio > 1:
        return _as_low(x2, n2, x1, n1, ratio=1 / ratio)
    return _largest(_score(n1, n2, ratio), x1, x2, ratio)


def _as_low(x1: int, n1: int, x2: int, n2: int, *, ratio: float) -> float:
    """The largest probability, with this ratio, of an outcome that speaks as much for a lower one."""
    if ratio > 1:
        return _as_high(x2, n2, x1, n1, ratio=1 / ratio)
    return _largest(-_score(n1, n2, ratio), x1, x2, ratio)


def _score(n1: int, n2: int, ratio: float) -> Array:
    """The score statistic of every outcome, (n1 + 1, n2 + 1): how far it speaks for a higher ratio, 0 where nobody is selected."""
    x1, x2 = np.arange(n1 + 1.0)[:, None], np.arange(n2 + 1.0)
    by, square = n1 * ratio + x1 + n2 + x2 * ratio, (n1 + n2) * ratio
    second = (by - np.sqrt(np.maximum(by * by - 4 * square * (x1 + x2), 0.0))) / (2 * square)
    first = ratio * second
    spread = first * (1 - first) / n1 + ratio * ratio * second * (1 - second) / n2
    apart = x1 / n1 - ratio * x2 / n2
    return np.asarray(np.divide(apart, np.sqrt(spread), out=np.zeros_like(apart), where=spread > 1e-15))


def _largest(order: Array, x1: int, x2: int, ratio: float) -> float:
    """A bound on the probability, over the second rate, of an outcome at least as high in an order; ratio ≤ 1."""
    n1, n2 = order.shape[0] - 1, order.shape[1] - 1
    extreme = (order >= order[x1, x2] - 1e-9).astype(np.float64)
    rates, second = _second(n2, n1 + n2)
    chances = np.einsum("xr,xr->r", pmf(n1, ratio * rates), extreme @ second)
    return float(chances.max() * (1 + 1 / np.cos(np.pi * (n1 + n2) / (2 * len(rates)))) / 2)


@lru_cache(maxsize=8)
def _second(n2: int, size: int) -> tuple[Array, Array]:
    """Chebyshev nodes on (0, 1) for a polynomial of degree `size`, and the probabilities of the second group there."""
    count = 2 * size + 100
    rates = np.sin((2 * np.arange(count) + 1) * np.pi / (4 * count)) ** 2
    return rates, pmf(n2, rates)
