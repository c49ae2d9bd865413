"""A report as the page, the table and the PDF show it: the same lines in all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from dure.engines.fairness import Cell, Estimate, Exposure, GroupExposure, Table
from dure.foundation import shapes
from dure.talent.audits import figures, words
from dure.talent.audits.record import Kept


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a table. Figures of a hidden one are None, and so is a ratio that there is none of."""

    label: str
    n: int | None
    selected: int | None
    rate: Estimate | None
    ratio: Estimate | None
    is_reference: bool
    is_minor: bool
    adjusted: float | None
    verdict: str

    @property
    def rate_words(self) -> str:
        return figures.rate(self.rate)

    @property
    def ratio_words(self) -> str:
        return figures.ratio(self.ratio)

    @property
    def adjusted_words(self) -> str:
        return figures.decimal(self.adjusted, 3)


@dataclass(frozen=True, slots=True)
class Shown:
    """One table in the reader's language; `plot` draws the published rates."""

    title: str
    verdict: str
    tag: str
    n: int
    selected: int
    unknown: int
    needed: str
    lines: tuple[Line, ...]
    plot: shapes.IntervalPlot | None

    @property
    def is_hidden(self) -> bool:
        """Whether no group of it can be shown."""
        return all(line.n is None for line in self.lines)


def tables(kept: Kept) -> list[Shown]:
    """All tables, single attributes first."""
    return [_shown(table, kept.needed.get(",".join(table.attributes))) for table in kept.report.tables]


def _shown(table: Table, needed: int | None) -> Shown:
    lines = tuple(_line(table, cell) for cell in table.cells)
    return Shown(
        words.title(table),
        words.verdict(table.verdict),
        words.TAGS[table.verdict],
        table.n,
        table.selected,
        table.unknown,
        words.needed(needed),
        lines,
        shapes.interval_plot(list(_intervals(lines))),
    )


def _line(table: Table, cell: Cell) -> Line:
    finding = cell.finding
    return Line(
        words.group(table.attributes, cell.groups),
        cell.n,
        cell.selected,
        cell.rate,
        cell.ratio,
        is_reference=cell.groups == table.reference,
        is_minor=cell.minor,
        adjusted=finding.adjusted if finding else None,
        verdict=words.verdict(finding.verdict) if finding else "",
    )


def _intervals(lines: tuple[Line, ...]) -> Iterator[shapes.Interval]:
    for line in lines:
        if line.rate is not None and isfinite(line.rate.value):
            low, point, high = (100 * value for value in (line.rate.low, line.rate.value, line.rate.high))
            yield shapes.Interval(line.label, low, point, high)


@dataclass(frozen=True, slots=True)
class ShownExposure:
    """How the groups of one attribute stand in the list, in the reader's language."""

    title: str
    verdict: str
    tag: str
    n: int
    unknown: int
    adjusted: str
    groups: tuple["ShownShare", ...]


@dataclass(frozen=True, slots=True)
class ShownShare:
    """One group of a list; `n` is None where it is hidden."""

    label: str
    n: int | None
    share: str
    exposure: str


def exposures(kept: Kept) -> list[ShownExposure]:
    """Each attribute's groups with their share of the people and of the exposure."""
    return [_exposure(one) for one in kept.report.exposures]


def _exposure(one: Exposure) -> ShownExposure:
    return ShownExposure(
        words.title(one),
        words.verdict(one.verdict),
        words.TAGS[one.verdict],
        one.n,
        one.unknown,
        figures.decimal(one.adjusted, 3),
        tuple(_share(one.attribute, group) for group in one.groups),
    )


def _share(attribute: str, one: GroupExposure) -> ShownShare:
    label = words.group((attribute,), (one.group,))
    return ShownShare(label, one.n, figures.percent(one.share), figures.percent(one.exposure))


@dataclass(frozen=True, slots=True)
class ShownCalibration:
    """What was to be expected of one group, as everybody with such predictions fared, and what happened."""

    title: str
    group: str
    verdict: str
    tag: str
    n: int | None
    expected: float | None
    observed: Estimate | None

    @property
    def expected_words(self) -> str:
        return figures.percent(self.expected)

    @property
    def observed_words(self) -> str:
        return figures.rate(self.observed)


def calibrations(kept: Kept) -> list[ShownCalibration]:
    """Overall figures of each group; the bins stand in the record."""
    return [
        ShownCalibration(
            words.title(one),
            words.group((one.attribute,), (one.group,)),
            words.verdict(one.verdict),
            words.TAGS[one.verdict],
            one.overall.n,
            one.overall.predicted,
            one.overall.observed,
        )
        for one in kept.report.calibrations
    ]
