"""Quarters, in which the ledger is counted and closed."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year: `number` is 1 to 4."""

    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def starts_on(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def ends_on(self) -> date:
        return self.next.starts_on - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


def last_quarters(last: Quarter, count: int) -> tuple[Quarter, ...]:
    """So many quarters up to and with this one, the earliest first."""
    at = last.year * 4 + last.number - 1
    return tuple(Quarter(one // 4, one % 4 + 1) for one in range(at - count + 1, at + 1))


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)
