"""The days of a project's year: when its renewal is asked for, when it is due, when it lapses."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

ASKED_AFTER: Final = 11
YEAR: Final = 12
REMINDERS: Final = (14, 7, 1)
"""So many days before a renewal is due its lead is reminded, each time once."""
FIRST: Final = date(1990, 1, 1)
LAST: Final = date(2200, 12, 31)
LAPSES_AFTER: Final = 30
"""So many days after that day a project whose organisations were told is closed."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def year_begins(starts_on: date, year: int) -> date:
    """The first day of a project's year, counted from the first day of all, so that nothing drifts."""
    return months_after(starts_on, YEAR * (year - 1))


def asked_on(starts_on: date, year: int) -> date:
    return months_after(starts_on, YEAR * (year - 1) + ASKED_AFTER)


def due_on(starts_on: date, year: int) -> date:
    return months_after(starts_on, YEAR * year)


def lapses_on(due: date) -> date:
    """The first day on which an overdue renewal lapses."""
    return due + timedelta(days=LAPSES_AFTER + 1)


def reminder_due(due: date, told: int | None, today: date) -> int | None:
    """The nearest of the three days that has come and was not told; None when there is none or the day has passed."""
    left = (due - today).days
    come = [days for days in REMINDERS if 0 <= left <= days]
    nearest = min(come, default=None)
    return nearest if nearest is not None and (told is None or nearest < told) else None


def is_plausible(day: date) -> bool:
    """Whether a project can have begun or can begin then: days are counted on from it for many years."""
    return FIRST <= day <= LAST


def month_of(word: str, today: date) -> date:
    """The first day of the month in `2026-12`; of this month for anything else."""
    try:
        found = date.fromisoformat(f"{word}-01")
    except ValueError:
        found = today
    return (found if is_plausible(found) else today).replace(day=1)
