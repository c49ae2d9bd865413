"""What else happens when a place or a certificate moves. Whoever performs a move of a place has locked its course."""

from typing import Any

from dure.foundation import clock, events
from dure.foundation.workflow import Change
from dure.learn.events import CertificateRecognised, CertificateUnrecognised, PartnerSeatUsed
from dure.learn.partners import telling


def give_seat(change: Change) -> None:
    """The place gets its seat, and the person is told."""
    from dure.learn.partners.seating import seat_for  # noqa: PLC0415 - models need the tables that name this function

    place: Any = change.obj
    place.block_id = seat_for(place)
    place.decided_at, place.reason = clock.now(), ""
    events.record(seat_used(place, seats=1))
    telling.tell_place(telling.GIVEN, place)


def decline_seat(change: Change) -> None:
    place: Any = change.obj
    place.decided_at, place.reason = clock.now(), _reason(change)
    telling.tell_place(telling.DECLINED, place)


def leave_seat(change: Change) -> None:
    """The seat is free again; whoever looks after the course is told if one was given."""
    place: Any = change.obj
    if place.block_id is None:
        return
    events.record(seat_used(place, seats=-1))
    place.block = None
    telling.tell_managers(telling.LEFT, place)


def ask_again(change: Change) -> None:
    """Behind everybody who asked already."""
    change.obj.asked_at = clock.now()
    change.obj.reason = ""
    telling.tell_managers(telling.ASKED, change.obj)


def recognise(change: Change) -> None:
    """From now on it shows the skills of the course as they are now. `decided_by` is None for a signature."""
    row: Any = change.obj
    row.decided_at, row.reason = clock.now(), _reason(change)
    row.decided_by_id = change.by.pk
    row.skills = dict(row.course.skills)
    events.record(
        CertificateRecognised(
            recognition=str(row.uid),
            course=str(row.course.uid),
            person=str(row.person.uid),
            way="reviewer" if change.by.pk else "signature",
            skills=dict(row.skills),
        )
    )
    telling.tell_holder(telling.RECOGNISED, row)


def refuse(change: Change) -> None:
    row: Any = change.obj
    _count_no_more(row)
    row.decided_at, row.decided_by_id, row.reason = clock.now(), change.by.pk, _reason(change)
    telling.tell_holder(telling.NOT_RECOGNISED, row)


def withdraw(change: Change) -> None:
    _count_no_more(change.obj)


def _count_no_more(row: Any) -> None:
    if row.state in ("verified", "accepted"):
        events.record(CertificateUnrecognised(recognition=str(row.uid), person=str(row.person.uid)))


def _reason(change: Change) -> str:
    return str(change.data.get("reason", "")).strip()


def seat_used(place: Any, *, seats: int) -> PartnerSeatUsed:
    used_by = place.organisation
    return PartnerSeatUsed(
        course=str(place.course.uid),
        block=str(place.block.uid),
        giver=str(place.course.organisation.uid),
        used_by=str(used_by.uid) if used_by else "",
        place=str(place.uid),
        seats=seats,
    )
