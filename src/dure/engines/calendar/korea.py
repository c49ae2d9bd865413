"""Korea's public holidays by the law's rule, from 2024 on.

Sources: Public Holidays Act (공휴일에 관한 법률) as amended in 2026, which made Labour Day and Constitution Day public holidays;
Regulation on Holidays of Public Offices (관공서의 공휴일에 관한 규정), articles 2 and 3 with the rule of substitute holidays;
Public Official Election Act (공직선거법), articles 34 and 35, for election days. The lunar days are those of the calendar that
the Korea Astronomy and Space Science Institute publishes. Checked day by day against the package holidays 0.109 (MIT), which is
not shipped.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

ONE: Final = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
LUNAR: Final[dict[int, tuple[str, str, str]]] = {
    2024: ("02-10", "05-15", "09-17"),
    2025: ("01-29", "05-05", "10-06"),
    2026: ("02-17", "05-24", "09-25"),
    2027: ("02-07", "05-13", "09-15"),
    2028: ("01-27", "05-02", "10-03"),
    2029: ("02-13", "05-20", "09-22"),
    2030: ("02-03", "05-09", "09-12"),
    2031: ("01-23", "05-28", "10-01"),
    2032: ("02-11", "05-16", "09-19"),
    2033: ("01-31", "05-06", "09-08"),
    2034: ("02-19", "05-25", "09-27"),
    2035: ("02-08", "05-15", "09-16"),
}
"""Year → Seollal, Buddha's birthday, Chuseok, as month and day."""
KNOWN: Final = range(min(LUNAR), max(LUNAR) + 1)
"""Years whose lunar days are known here; outside them only the fixed days are given."""
PLAIN: Final = ((1, 1), (6, 6))
"""New Year and Memorial Day: no substitute."""
SUBSTITUTED: Final = ((3, 1), (5, 5), (8, 15), (10, 3), (10, 9), (12, 25))
SINCE_2026: Final = ((5, 1), (7, 17))
DECLARED: Final = frozenset(
    date.fromisoformat(day)
    for day in (
        "2024-04-10",  # National Assembly election
        "2024-10-01",  # declared for the day: Armed Forces Day
        "2025-01-27",  # declared for the day, before Seollal
        "2025-06-03",  # presidential election
        "2026-06-03",  # local elections
        "2028-04-12",  # National Assembly election
        "2030-03-27",  # presidential election, unless an early one moves it
        "2030-06-12",  # local elections
        "2032-04-14",  # National Assembly election
        "2034-05-31",  # local elections
        "2035-03-28",  # presidential election, unless an early one moves it
    )
)
"""Election days and single days that the government declared. Those declared later are not known here."""


@lru_cache(maxsize=32)
def public_holidays(year: int) -> frozenset[date]:
    """Every public holiday of a year with its substitutes, Saturdays and Sundays among them where they are holidays by law."""
    days = {date(year, month, day) for month, day in PLAIN}
    moved: list[date] = []
    for day, is_feast in sorted(_substituted(year)):
        if _falls_away(day, days, is_feast=is_feast):
            moved.append(day)
        days.add(day)
    days |= {day for day in DECLARED if day.year == year}
    for day in moved:
        days.add(_next_free(day, days))
    return frozenset(days)


def _substituted(year: int) -> Iterator[tuple[date, bool]]:
    """Each day that has a substitute when it falls away; the three days of Seollal and Chuseok are feasts."""
    fixed = (*SUBSTITUTED, *(SINCE_2026 if year >= 2026 else ()))
    yield from ((date(year, month, day), False) for month, day in fixed)
    if year not in KNOWN:
        return
    seollal, buddha, chuseok = (date.fromisoformat(f"{year}-{day}") for day in LUNAR[year])
    yield buddha, False
    for feast in (seollal, chuseok):
        yield from ((feast + ONE * at, True) for at in (-1, 0, 1))


def _falls_away(day: date, days: set[date], *, is_feast: bool) -> bool:
    """A Sunday or another holiday takes it; a Saturday too, but not of a feast (article 3)."""
    lost = {SUNDAY} if is_feast else {SATURDAY, SUNDAY}
    return day.weekday() in lost or day in days


def _next_free(day: date, days: set[date]) -> date:
    while day in days or day.weekday() >= SATURDAY:
        day += ONE
    return day
