"""The table of a report for spreadsheets."""

from collections.abc import Iterator
from math import isfinite

from django.utils.translation import gettext as _

from dure.engines import sheets
from dure.engines.fairness import Estimate
from dure.talent.audits import showing, words
from dure.talent.audits.record import Kept


def csv_of(kept: Kept) -> bytes:
    """One line per group of each table; what is not shown says so in each of its cells."""
    return sheets.csv_bytes(_headings(), _lines(kept))


def _headings() -> list[str]:
    estimates = [
        f"{name} ({part})"
        for name in (_("Selection rate"), _("Impact ratio"))
        for part in (_("value"), _("lower bound"), _("upper bound"))
    ]
    last = [
        _("p after all comparisons"),
        _("Verdict"),
        _("Unknown"),
        _("SHA-256 of the report's figures"),
        _("Expected"),
    ]
    return [_("Attribute"), _("Group"), _("People"), _("Selected"), *estimates, *last]


def _lines(kept: Kept) -> Iterator[list[sheets.Cell]]:
    for table in showing.tables(kept):
        for line in table.lines:
            figures = [*_plain(line.rate), *_plain(line.ratio), _number(line.adjusted)]
            counts = [_count(line.n), _count(line.selected)]
            yield [
                table.title,
                line.label,
                *counts,
                *figures,
                line.verdict,
                table.unknown,
                kept.figures_sha256,
                "",
            ]
    yield from _predictions(kept)


def _predictions(kept: Kept) -> Iterator[list[sheets.Cell]]:
    """The groups once more, by what was predicted: the rate is of those people, and the last column what was to be expected."""
    unknown = kept.predictions.unknown if kept.predictions else ""
    what = _("Predicted and observed")
    for one in showing.calibrations(kept):
        rate = [*_plain(one.observed), "", "", "", ""]
        last = [one.verdict, unknown, kept.figures_sha256, _number(one.expected)]
        yield [f"{what}, {one.title}", one.group, _count(one.n), "", *rate, *last]


def _count(number: int | None) -> sheets.Cell:
    return words.hidden() if number is None else number


def _plain(one: Estimate | None) -> list[sheets.Cell]:
    return ["", "", ""] if one is None else [_number(one.value), _number(one.low), _number(one.high)]


def _number(value: float | None) -> sheets.Cell:
    return "" if value is None or not isfinite(value) else round(value, 6)
