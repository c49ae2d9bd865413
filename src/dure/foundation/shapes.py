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

    @property
    def step(self) -> float:
        """The distance of round ticks: 1, 2 or 5 times a power of ten, for three to six of them on the axis."""
        wide = self.high - self.low
        if not wide > 0:
            return 1.0
        power = 10.0 ** math.floor(math.log10(wide / 5))
        return next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor * 5 >= wide * 0.999)

    def ticks(self) -> list[tuple[float, str]]:
        """Round values on the axis as `(value, place)`."""
        first, last = math.ceil(self.low / self.step - 1e-9), math.floor(self.high / self.step + 1e-9)
        return [(self.step * at, self.at(self.step * at)) for at in range(first, last + 1)]

    @property
    def digits(self) -> int:
        """Decimal places that the ticks need."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    @property
    def grid(self) -> str:
        """CSS variables for the grid: where its first line stands (never left of the axis) and the distance of the lines."""
        first = math.ceil(self.low / self.step - 1e-9) * self.step
        wide = (self.high - self.low) or 1.0
        return f"--at:{100 * (first - self.low) / wide:.3f}%;--grid:{100 * self.step / wide:.3f}%"


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
