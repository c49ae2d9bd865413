"""What a person takes along of cohorts' sessions, and what goes with the account.

Attendance stays without a name: hours of public schemes are counted from it, and the database changes no row of it.
"""

from typing import Any

from dure.foundation import events
from dure.learn.models import Attendance, CalendarFeed
from dure.people import api as people

TOLD = ("status", "minutes", "way", "entered_at", "left_at", "reason", "at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("attendance", _attendance)
    events.subscribe(people.AccountDeleted, forget)


def _attendance(person: Any) -> Any:
    """Every row that was ever written of this person."""
    rows = Attendance.objects.filter(place__person=person).select_related("session__cohort")
    return [_row(row) for row in rows.order_by("pk")]


def _row(row: Attendance) -> dict[str, Any]:
    session = row.session
    told = {name: getattr(row, name) for name in TOLD}
    return told | {"cohort": session.cohort.uid, "session": session.uid, "starts_at": session.starts_at}


def forget(event: people.AccountDeleted) -> None:
    """The calendar's address leads nowhere any more."""
    CalendarFeed.objects.filter(person_id=event.person).delete()
