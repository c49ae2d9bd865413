"""What else happens when an intake or a stay moves."""

from datetime import date, datetime
from typing import Any

from dure.foundation import clock, events
from dure.foundation.workflow import Change
from dure.talent.events import StayBegan, StayCompleted
from dure.talent.intakes import telling


def cancel(change: Change) -> None:
    """Everybody who has a place is told why."""
    telling.tell_all(telling.CANCELLED, change.obj)


def leave(change: Change) -> None:
    stay: Any = change.obj
    events.record(
        StayBegan(
            stay=str(stay.uid),
            intake=str(stay.intake.uid),
            person=str(stay.person.uid),
            host=str(stay.host.opening.organisation.uid),
            sponsor=str(stay.sponsor.organisation.uid) if stay.sponsor else "",
        )
    )
    telling.tell_stay(telling.BEGUN, stay)


def complete(change: Change) -> None:
    """A year after the last day its person is asked where they are."""
    stay: Any = change.obj
    stay.asked_later_at = a_year_after(stay.ends_on)
    events.record(StayCompleted(stay=str(stay.uid), intake=str(stay.intake.uid), person=str(stay.person.uid)))
    telling.tell_stay(telling.COMPLETED, stay)


def break_off(change: Change) -> None:
    stay: Any = change.obj
    stay.reason = str(change.data.get("reason", "")).strip()
    telling.tell_stay(telling.BROKEN_OFF, stay)
    telling.tell_side(telling.BROKEN_OFF, stay)


def a_year_after(day: date) -> datetime:
    """The same day of the next year, in the morning where the platform is; 28 February for the 29th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return clock.moment(date(day.year + 1, day.month, last), 9)
