"""Several sessions at once: the days of a weekly repetition. Pure."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

MOST: Final = 100
"""So many sessions are added at once; a school of six months has about 120 days."""


def days_of(first: date, *, weekdays: Collection[int], until: date | None) -> list[date]:
    """`first` alone, or from it every day that is one of `weekdays` (Monday is 0) up to and with `until`.

    Without weekdays the repetition is on the weekday of `first`. One more than `MOST` at most is returned, so that too many show.
    """
    if until is None:
        return [first]
    wanted = frozenset(weekdays) or {first.weekday()}
    span = range((until - first).days + 1)
    found = (day for gap in span if (day := first + timedelta(days=gap)).weekday() in wanted)
    return [day for day, _count in zip(found, range(MOST + 1), strict=False)]
