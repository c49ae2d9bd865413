"""Geometry of the pictures that are drawn as HTML: places on a scale as percentages, ready for a style attribute."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A horizontal axis from `low` to `high` (any unit). Places are percentages with a point, in every language."""

    low: float
    high: float

    def at(self, value: float) -> str:
        """Where `value` stands, from "0.00" to "100.00"; outside values stand at the edge."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return f"{100 * min(max(share, 0.0), 1.0):.2f}"

    def width(self, first: float, last: float) -> str:
        """The stretch between two values, in percent of the axis."""
        return f"{float(self.at(last)) - float(self.at(first)):.2f}"

    def ticks(self, count: int = 5) -> list[tuple[float, str]]:
        """Evenly spaced `(value, place)`, both ends included."""
        step = (self.high - self.low) / (count - 1)
        return [(self.low + step * i, f"{100 * i / (count - 1):.2f}") for i in range(count)]


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of an interval plot. `tied` rows cannot be told apart from the leader; `url` makes the label a link."""

    label: str
    low: float | None
    point: float
    high: float | None
    tied: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlacedInterval:
    """An `Interval` with its places on the plot's scale, in percent."""

    row: Interval
    start: str
    width: str
    dot: str


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """All that `<c-intervals>` draws: rows, ticks, and the shaded zone of the leader's interval (None without one)."""

    scale: Scale
    rows: tuple[PlacedInterval, ...]
    zone: tuple[str, str] | None


def interval_plot(rows: Sequence[Interval]) -> IntervalPlot | None:
    """Place the rows on one scale with a little room at both ends; None when there is nothing finite to show."""
    shown = [row for row in rows if math.isfinite(row.point)]
    if not shown:
        return None
    scale = scale_of(value for row in shown for value in (row.low, row.point, row.high) if value is not None)
    return IntervalPlot(scale, tuple(_placed(row, scale) for row in shown), _zone(shown[0], scale))


def scale_of(values: Iterable[float], *, margin: float = 0.02) -> Scale:
    """A scale that holds all values with `margin` (a share of the range) free on each side."""
    known = list(values)
    low, high = min(known), max(known)
    room = (high - low) * margin or abs(high) * 0.1 or 1.0
    return Scale(low - room, high + room)


def _placed(row: Interval, scale: Scale) -> PlacedInterval:
    low = row.point if row.low is None else row.low
    high = row.point if row.high is None else row.high
    return PlacedInterval(row, scale.at(low), scale.width(low, high), scale.at(row.point))


def _zone(leader: Interval, scale: Scale) -> tuple[str, str] | None:
    if leader.low is None or leader.high is None:
        return None
    return scale.at(leader.low), scale.width(leader.low, leader.high)


@dataclass(frozen=True, slots=True)
class Balance:
    """One row of a two-sided picture: what somebody gave and used, with widths in percent of the largest figure."""

    label: str
    gave: float
    used: float
    gave_width: str
    used_width: str


def balances(rows: Iterable[tuple[str, float, float]]) -> list[Balance]:
    """`(label, gave, used)` with their widths; both sides share one scale, so they can be compared. Figures are >= 0."""
    known = list(rows)
    top = max((figure for _, gave, used in known for figure in (gave, used)), default=0.0) or 1.0
    return [
        Balance(label, gave, used, f"{78 * gave / top:.2f}", f"{78 * used / top:.2f}")
        for label, gave, used in known
    ]
