"""Many comparisons in one report with at most `ALPHA` probability of any false alarm, whatever depends on what.

A weighted step-down procedure of Holm (A simple sequentially rejective multiple test procedure, Scandinavian Journal of
Statistics 6 (1979), 65-70) that spends no error on p-values which cannot occur: Tarone (A modified Bonferroni method for discrete
data, Biometrics 46 (1990), 515-522) and Westfall and Wolfinger (Multiple tests with discrete distributions, The American
Statistician 51 (1997), 3-8). With attained(t) the largest p-value up to t that a table can give, the probability that any true
hypothesis j of a set has p_j ≤ w_j c is at most the sum of attained_j(w_j c), for any dependence between them.

Every table of a report has an equal part: the weight of a comparison is one over the number of its table's. So adding a crossing
with many cells takes little from the attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dure.engines.fairness.binomial import Array
from dure.engines.fairness.exact import WHOLE, p_value, p_values
from dure.engines.fairness.values import ALPHA


@dataclass(frozen=True, slots=True)
class Comparison:
    """x1 of n1 people selected in a group, x2 of n2 elsewhere; `weight` > 0 is its part of the error, relative to the others'."""

    x1: int
    n1: int
    x2: int
    n2: int
    weight: float = 1.0

    @property
    def p(self) -> float:
        """The exact p-value that both rates are one."""
        return p_value(self.x1, self.n1, self.x2, self.n2)

    def attained(self, level: float) -> float:
        """The largest p-value up to a level that can occur; the level itself where a table is too large to tell."""
        if self.n1 + self.n2 > WHOLE:
            return min(level, 1.0)
        able = _able(min(self.n1, self.n2), max(self.n1, self.n2))
        at = int(np.searchsorted(able, level, side="right"))
        return float(able[at - 1]) if at else 0.0


@lru_cache(maxsize=512)
def _able(n1: int, n2: int) -> Array:
    """All p-values that a table of at most `WHOLE` people can give, sorted."""
    return np.unique(p_values(n1, n2)) if n1 else np.ones(1)


def adjusted(comparisons: Sequence[Comparison]) -> tuple[float, ...]:
    """The p-value of each after all comparisons, in the order given: rejecting those up to a level keeps the error to it."""
    weighed = [(one.p / one.weight, place) for place, one in enumerate(comparisons)]
    left = [place for _, place in sorted(weighed)]
    found, highest = [1.0] * len(comparisons), 0.0
    for ratio, place in sorted(weighed):
        highest = max(highest, _error([comparisons[other] for other in left], ratio))
        found[place] = min(1.0, highest)
        left.remove(place)
    return tuple(found)


def first_step(comparisons: Sequence[Comparison]) -> float:
    """The ratio of p-value to weight up to which a comparison is found even if no other is; 0 ≤ ratio, by bisection."""
    low, high = 0.0, 1.0 / min((one.weight for one in comparisons), default=1.0)
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _error(comparisons, middle) <= ALPHA else (low, middle)
    return low


def _error(comparisons: Sequence[Comparison], ratio: float) -> float:
    """A bound on the probability that any of these, all true, has a ratio of p-value to weight this low."""
    return sum(one.attained(one.weight * ratio) for one in comparisons)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values of Holm's procedure, in the order given, where nothing is known of what each can be."""
    found, highest = [1.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda at: p_values[at])):
        highest = max(highest, (len(p_values) - rank) * p_values[place])
        found[place] = min(1.0, highest)
    return tuple(found)
