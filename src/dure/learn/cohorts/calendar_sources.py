"""What other apps put into a person's calendar: each registers a source, so that learn knows of none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One thing with a time. `told` are lines of its description, empty ones are left out; `page` is the path of its page.

    `sequence` counts its changes, so that calendars take the newer one. `is_day`: it is on whole days, those of its times in UTC.
    """

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    told: tuple[str, ...]
    changed_at: datetime
    sequence: int
    page: str
    is_cancelled: bool = False
    is_day: bool = False


CalendarSource = Callable[[Any, datetime], Iterable[CalendarEntry]]
_sources: list[CalendarSource] = []


def register_calendar(source: CalendarSource) -> None:
    """A source gives a person's entries that end after a moment, in the active language and in at most two queries."""
    _sources.append(source)


def entries_for(person: Any, since: datetime) -> list[CalendarEntry]:
    """What all sources have for this person."""
    return [entry for source in _sources for entry in source(person, since)]
