"""Reads facts from the rows of a table: either all are right, or every fault of every row is told. Reading changes nothing."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Final

from dure.engines.faults import Fault
from dure.engines.ledger.posting import moved, posting_faults
from dure.engines.ledger.units import unit_faults
from dure.engines.ledger.values import EARLIEST, POOL, Posting

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("reference", "관리번호"),
    "date": ("date", "일자"),
    "giver": ("giver", "제공기관"),
    "user": ("user", "이용기관"),
    "unit": ("unit", "단위"),
    "quantity": ("quantity", "수량"),
    "what": ("what", "내용"),
}
"""Each column with its headings in both languages."""
NEEDED: Final = tuple(name for name in COLUMNS if name != "what")
POOL_NAMES: Final = frozenset({"pool", "공동", "공동계정"})
SOURCE: Final = "file"
LONGEST: Final[Mapping[str, int]] = {"reference": 120, "what": 300}


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of rows without fault by the lines of their rows, and all faults."""

    postings: Mapping[int, Posting]
    faults: tuple[Fault, ...]


def read_facts(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    accounts: Collection[str],
    zone: tzinfo = UTC,
) -> Reading:
    """Facts from rows, each with its line in the file.

    `accounts` are the short names that rows may give; a day begins in `zone`.
    """
    columns = [_column(heading) for heading in headings]
    faults = list(_wrong_headings(headings, columns))
    if faults:
        return Reading({}, tuple(faults))
    postings: dict[int, Posting] = {}
    seen: dict[str, int] = {}
    for line, cells in rows:
        row = _Row(line, dict(zip(columns, cells, strict=True)), accounts, seen)
        made = row.read(zone)
        faults += row.faults
        if made is not None:
            postings[line] = made
    return Reading(postings, tuple(faults))


def _column(heading: str) -> str:
    plain = re.sub(r"[\s_-]+", "", heading).casefold()
    return next((name for name, words in COLUMNS.items() if plain in words), "")


def _wrong_headings(headings: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    for heading, column in zip(headings, columns, strict=True):
        if not column:
            yield Fault("ledger_heading_unknown", {"value": heading[:60]}, row=1, column=heading[:60])
        elif columns.count(column) > 1:
            yield Fault("ledger_heading_twice", row=1, column=heading[:60])
    for name in NEEDED:
        if name not in columns:
            yield Fault("ledger_heading_missing", {"value": name}, row=1)


class _Row:
    """One row being read, with what is wrong with it so far."""

    def __init__(
        self, line: int, cells: Mapping[str, str], accounts: Collection[str], seen: dict[str, int]
    ) -> None:
        self.line, self.cells, self.accounts, self.seen = line, cells, accounts, seen
        self.faults: list[Fault] = []

    def read(self, zone: tzinfo) -> Posting | None:
        """The fact, or None where anything is wrong."""
        reference, day, quantity = self._reference(), self._day(), self._quantity()
        giver, user = self._account("giver"), self._account("user")
        unit = self.text("unit").casefold()
        if unit_faults(unit):
            self._wrong("ledger_unit_unknown", "unit", value=unit[:60])
        if len(self.text("what")) > LONGEST["what"]:
            self._wrong("ledger_too_long", "what", limit=LONGEST["what"])
        if giver == user == POOL:
            self._wrong("ledger_pool_alone", "user")
        if self.faults or day is None or quantity is None:
            return None
        legs = moved(giver, user, unit, quantity)
        for fault in posting_faults(legs)[:1]:
            self._wrong(fault.code, "quantity", **fault.params)
        at = datetime.combine(day, time(), zone)
        made = Posting(source=SOURCE, key=reference, at=at, legs=legs, what=self.text("what"))
        return None if self.faults else made

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def _wrong(self, code: str, column: str, **params: str | float) -> None:
        self.faults.append(Fault(code, params, row=self.line, column=column))

    def _reference(self) -> str:
        """What names the fact for ever, so that the same row of a later file adds nothing."""
        text = self.text("reference")
        if not text:
            self._wrong("ledger_reference_missing", "reference")
        elif len(text) > LONGEST["reference"]:
            self._wrong("ledger_too_long", "reference", limit=LONGEST["reference"])
        elif text in self.seen:
            self._wrong("ledger_reference_twice", "reference", value=text[:60], line=self.seen[text])
        self.seen.setdefault(text, self.line)
        return text

    def _day(self) -> date | None:
        text = self.text("date").replace(".", "-").replace("/", "-").strip("- ")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._wrong("ledger_date_malformed", "date", value=text[:60])
            return None
        if day < EARLIEST:
            self._wrong("ledger_too_early", "date")
        return day

    def _quantity(self) -> Decimal | None:
        text = self.text("quantity").replace(",", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number <= 0:
            self._wrong("ledger_quantity_malformed", "quantity", value=text[:60])
            return None
        return number

    def _account(self, column: str) -> str:
        name = self.text(column)
        if name.casefold() in POOL_NAMES:
            return POOL
        if name not in self.accounts:
            self._wrong("ledger_account_unknown", column, value=name[:60])
        return name
