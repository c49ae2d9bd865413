"""Predicted against observed: how often people applied for what was suggested with which prediction.

A prediction is shown only as the rate that was observed for its like, with the count behind it, or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist
from typing import Final

BINS: Final = 10
"""Of equal width over [0, 1]: anybody can read them, and their bounds do not move with the data."""
LEAST: Final = 30
"""Of a bin with fewer suggestions nothing is shown: its interval would be wider than a third of the scale around a half."""
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions predicted in [low, high) (the last one takes 1 too): how many, the mean prediction, the share that applied.

    `observed` and its `interval` are None below `LEAST`.
    """

    low: float
    high: float
    count: int
    predicted: float
    observed: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins with any suggestion, from low to high. `error` is the mean of |predicted − observed| over those in shown bins."""

    bins: tuple[Bin, ...]
    error: float | None

    def at(self, predicted: float) -> Bin | None:
        """The shown bin of a prediction; None means: say nothing."""
        number = _number(predicted)
        found = (one for one in self.bins if _number(one.low) == number and one.observed is not None)
        return next(found, None)


def calibrated(pairs: Iterable[tuple[float, bool]]) -> Calibration:
    """Predictions in [0, 1], each with whether the person applied. Raises ValueError for one outside."""
    grouped: dict[int, list[tuple[float, bool]]] = {}
    for predicted, applied in pairs:
        grouped.setdefault(_number(predicted), []).append((predicted, applied))
    bins = tuple(_bin(number, grouped[number]) for number in sorted(grouped))
    return Calibration(bins, _error(bins))


def wilson(applied: int, count: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927, Probable inference, the law of succession, and statistical inference).

    Its mean coverage is near the nominal one also for few and for rare events, and it never leaves [0, 1]. Clopper and Pearson's
    never covers less than it says, but is wider than needed, and would call a wrong prediction right more often.
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, shrink = applied / count, 1 + z * z / count
    middle = (share + z * z / (2 * count)) / shrink
    reach = z / shrink * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def _number(predicted: float) -> int:
    if not 0 <= predicted <= 1:
        raise ValueError(f"{predicted} is no probability")
    return min(int(predicted * BINS), BINS - 1)


def _bin(number: int, pairs: Sequence[tuple[float, bool]]) -> Bin:
    count, applied = len(pairs), sum(applied for _predicted, applied in pairs)
    shown = count >= LEAST
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        count=count,
        predicted=fsum(predicted for predicted, _applied in pairs) / count,
        observed=applied / count if shown else None,
        interval=wilson(applied, count) if shown else None,
    )


def _error(bins: Iterable[Bin]) -> float | None:
    gaps = [
        (one.count, abs(one.predicted - one.observed) * one.count) for one in bins if one.observed is not None
    ]
    return fsum(gap for _count, gap in gaps) / sum(count for count, _gap in gaps) if gaps else None
