"""Reads openings from the rows of a table: either all are right, or every fault of every row is told. Reading changes nothing."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dure.engines.faults import Fault
from dure.engines.hiring import HiringWarning, checked_text, forbidden_fields
from dure.engines.openings.cells import Cells
from dure.engines.openings.codes import CURRENCIES
from dure.engines.openings.columns import COLUMNS
from dure.engines.openings.values import KINDS, PERIODS, REMOTE, Opening, Pay
from dure.engines.openings.wanted import languages, regions, steps, wanted_skills
from dure.engines.sheets import Table

MOST_SEATS: Final = 10_000
_CHECKED: Final = ("title_ko", "title_en", "text_ko", "text_en", "steps_ko", "steps_en", "pay_ko", "pay_en")
"""Columns of free text, which are read for what the law forbids."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A warning about a text, which does not keep the row from being read."""

    row: int
    column: str
    warning: HiringWarning


@dataclass(frozen=True, slots=True)
class Reading:
    """The openings of rows without fault by the lines of their rows, all faults, and warnings about texts of all rows."""

    openings: Mapping[int, Opening]
    faults: tuple[Fault, ...]
    warnings: tuple[Noted, ...]


def rows_of(table: Table) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Headings and rows by heading, as `read_openings` takes them, of a file that `sheets.read_table` read."""
    headings = table["headings"]
    return headings, [(line, dict(zip(headings, cells, strict=True))) for line, cells in table["rows"]]


def read_openings(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    countries: Collection[str],
    today: date,
) -> Reading:
    """Openings from rows, each with its line in the file and its cells by heading.

    `countries` are the alpha-2 codes that regions abroad may have; a deadline before `today` is a fault. Every code of FAULTS is a
    fault of a cell or a heading, and `hiring_field_forbidden` of a heading; with a fault in the headings no row is read.
    """
    faults = list(_wrong_headings(headings))
    if faults:
        return Reading({}, tuple(faults), ())
    openings: dict[int, Opening] = {}
    warnings: list[Noted] = []
    for line, by_heading in rows:
        cells = Cells(line, {column_of(name): cell for name, cell in by_heading.items()}, [])
        opening = _opening(cells, countries, today)
        faults += cells.faults
        warnings += _noted(cells)
        if not cells.faults:
            openings[line] = opening
    return Reading(openings, tuple(faults), tuple(warnings))


def column_of(heading: str) -> str:
    """The name of a column that a heading stands for."""
    return re.sub(r"[\s-]+", "_", heading.strip().casefold())


def _wrong_headings(headings: Sequence[str]) -> Iterator[Fault]:
    forbidden = forbidden_fields(headings)
    columns = [column_of(heading) for heading in headings]
    for heading, column in zip(headings, columns, strict=True):
        if heading in forbidden:
            yield Fault("hiring_field_forbidden", {"value": heading}, row=1, column=heading)
        elif column not in COLUMNS:
            yield Fault("opening_column_unknown", {"value": heading}, row=1, column=heading)
    for column, count in Counter(columns).items():
        if count > 1:
            yield Fault("opening_column_twice", {"value": column}, row=1, column=column)
    for name, meant in COLUMNS.items():
        if meant.required and name not in columns:
            yield Fault("opening_column_missing", {"value": name}, row=1, column=name)


def _opening(cells: Cells, countries: Collection[str], today: date) -> Opening:
    """The opening of a row; what is wrong is noted, and then the value is not to be used."""
    cells.text("kind", required=True)
    deadline = cells.day("deadline", required=True)
    cells.text("seats", required=True)
    opening = Opening(
        kind=cells.choice("kind", KINDS, default="job"),
        title=cells.words("title", required=True),
        text=cells.words("text", required=True),
        organisation=cells.text("organisation", required=True),
        seats=cells.number("seats", 1, MOST_SEATS) or 0,
        regions=regions(cells, countries),
        remote=cells.choice("remote", REMOTE, default="no"),
        deadline=deadline or today,
        languages=languages(cells),
        starts=cells.day("starts"),
        ends=cells.day("ends"),
        weekly_hours=cells.number("weekly_hours", 1, 52),
        skills=wanted_skills(cells),
        steps=steps(cells),
        accessibility=cells.words("accessibility"),
        pay=_pay(cells),
    )
    _wrong_together(opening, cells, today)
    return opening


def _pay(cells: Cells) -> Pay | None:
    words = cells.words("pay")
    amount = cells.amount("pay_amount")
    upto = cells.amount("pay_upto", amount or Decimal(0))
    currency = cells.text("pay_currency").upper()
    period = cells.choice("pay_period", PERIODS, default="month") if cells.text("pay_period") else None
    if (amount is not None or upto is not None) and (
        amount is None or period is None or currency not in CURRENCIES
    ):
        cells.wrong("opening_pay_incomplete", "pay_amount")
    given = amount is not None or words.ko or words.en
    return Pay(words, amount, currency if amount is not None else "", period, upto) if given else None


def _wrong_together(opening: Opening, cells: Cells, today: date) -> None:
    """What only shows when cells are seen together."""
    if not opening.regions and opening.remote != "fully" and not cells.text("regions"):
        cells.wrong("opening_region_missing", "regions")
    if opening.starts and opening.ends and opening.ends < opening.starts:
        cells.wrong("opening_ends_early", "ends")
    if opening.deadline < today:
        cells.wrong("opening_deadline_past", "deadline", value=opening.deadline.isoformat())


def _noted(cells: Cells) -> Iterator[Noted]:
    for column in _CHECKED:
        for warning in checked_text(cells.cells.get(column, ""), side="opening"):
            yield Noted(cells.row, column, warning)
