"""Takes typed values out of the cells of one row, and notes what is wrong with its column instead of stopping at the first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from dure.engines.faults import Fault
from dure.engines.skills import Words

LONGEST: Final[Mapping[str, int]] = {"title": 160, "organisation": 200, "accessibility": 2_000, "pay": 300}
LONGEST_OTHER: Final = 4_000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by column, its line in the file, and the list in which faults are noted."""

    row: int
    cells: Mapping[str, str]
    faults: list[Fault]

    def wrong(self, code: str, column: str, **params: str | int) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, params, row=self.row, column=column))

    def text(self, column: str, *, required: bool = False) -> str:
        """The cell without spaces around it."""
        text = self.cells.get(column, "").strip()
        limit = LONGEST.get(column.partition("_")[0], LONGEST_OTHER)
        if required and not text:
            self.wrong("opening_empty", column)
        if len(text) > limit:
            self.wrong("opening_too_long", column, limit=limit)
        return text

    def words(self, name: str, *, required: bool = False) -> Words:
        """The two columns of a text; where it is required one of them suffices."""
        words = Words(self.text(f"{name}_ko"), self.text(f"{name}_en"))
        if required and not (words.ko or words.en):
            self.wrong("opening_empty", f"{name}_ko")
        return words

    def choice(self, column: str, choices: tuple[Choice, ...], *, default: Choice) -> Choice:
        """One of the choices, in any case; an empty cell is the default."""
        text = self.text(column)
        found = next((choice for choice in choices if choice == re.sub(r"[\s-]", "_", text.lower())), None)
        if text and found is None:
            self.wrong("opening_choice", column, value=text[:40], expected=", ".join(choices))
        return found or default

    def number(self, column: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None."""
        text = self.text(column).replace(",", "")
        if not text:
            return None
        if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
            self.wrong("opening_number", column, value=text[:40], least=least, most=most)
            return None
        return int(text)

    def amount(self, column: str, least: Decimal = Decimal(0)) -> Decimal | None:
        """An amount of money from `least` on, of at most twelve digits before the point, or None."""
        text = self.text(column).replace(",", "")
        try:
            amount = Decimal(text) if text else None
        except InvalidOperation:
            amount = Decimal(-1)
        if amount is not None and not (amount.is_finite() and least <= amount < 10**12):
            self.wrong("opening_number", column, value=text[:40], least=str(least), most=10**12 - 1)
            return None
        return amount

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day written as in ISO 8601, or None."""
        text = self.text(column, required=required)
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass  # 30 February is told like any other text that is no day
        if text:
            self.wrong("opening_date", column, value=text[:40])
        return None

    def several(self, column: str) -> Iterator[str]:
        """The parts between semicolons that hold anything."""
        yield from (part.strip() for part in self.text(column).split(";") if part.strip())
