"""What else happens when an event or a registration moves."""

from typing import Any

from dure.alliance.meetings import telling
from dure.foundation import clock
from dure.foundation.workflow import Change


def tell_host(change: Change) -> None:
    """Who speaks for the organisation that holds it hears of it."""
    telling.tell_host(change.obj, but=change.by)


def begin_window(change: Change) -> None:
    """Opened by hand before its time, the window begins now."""
    meeting: Any = change.obj
    meeting.opens_at = min(meeting.opens_at, clock.now())


def tell_attended(change: Change) -> None:
    """Who was there can fetch a certificate; who never came gave no seat back, and stays on the list as it is."""
    telling.tell_attended(change.obj)


def call_off(change: Change) -> None:
    """Everybody who would come or waits hears of it, and why; their registrations stay as they were."""
    meeting: Any = change.obj
    meeting.reason = change.data["reason"]
    if meeting.state != "draft":
        telling.tell_called_off(meeting, but=change.by)


def tell_seated(change: Change) -> None:
    telling.tell_one(telling.SEATED, change.obj)


def give_back(change: Change) -> None:
    """The next one who waits has the seat in the same transaction."""
    _pass_on(change.obj)


def take_off(change: Change) -> None:
    """The person reads why; the seat goes to the next one."""
    registration: Any = change.obj
    registration.reason = change.data["reason"]
    telling.tell_one(telling.REMOVED, registration)
    _pass_on(registration)


def arrive(change: Change) -> None:
    change.obj.attended_at = clock.now()


def unarrive(change: Change) -> None:
    change.obj.attended_at = None


def _pass_on(registration: Any) -> None:
    from dure.alliance.meetings.seating import fill  # noqa: PLC0415 - the models name the table that names this module

    if registration.state == "registered":
        fill(registration.meeting_id, leaving=registration.pk)
