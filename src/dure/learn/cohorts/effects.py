"""What else happens when a cohort or a place in it moves. Whoever performs a move of a place has locked its cohort."""

from typing import Any

from django.db.models import F

from dure.foundation import clock, events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change
from dure.learn.cohorts import seating, telling
from dure.learn.events import SeatsGiven, SeatUsed
from dure.people import api as people


def take_seat(change: Change) -> None:
    """The place gets its seat, its enrolment, and everything that the cohort shares."""
    from dure.learn.cohorts.enrolling import enrol  # noqa: PLC0415 - models need the tables that name this function

    place: Any = change.obj
    place.block_id = seating.seat_for(place)
    place.decided_at = clock.now()
    place.enrolment = enrol(place)
    people.add_person(place.cohort.circle, place.person, by=change.by)
    events.record(seat_used(place, seats=1))


def leave_seat(change: Change) -> None:
    """The seat is free again. The enrolment stays: who gives up a place may go on alone."""
    place: Any = change.obj
    place.decided_at = clock.now()
    if place.block_id is None:
        return
    events.record(seat_used(place, seats=-1))
    people.remove(place.cohort.circle, place.person, by=change.by)
    place.block = None


def apply_again(change: Change) -> None:
    """Behind everybody who waits already."""
    change.obj.applied_at = clock.now()


def end(change: Change) -> None:
    """Whoever has a place took part to the end."""
    for place in change.obj.places.filter(state="in"):
        workflow.perform(place, "finish", by=SYSTEM)


def call_off(change: Change) -> None:
    """Nothing is shared any more, no session takes place, and seats that nobody used are given back.

    A cohort that had not begun has used no seat: those who had a place are out of it. All who had asked are told.
    """
    cohort: Any = change.obj
    telling.called_off(cohort, by=change.by, reason=str(change.data.get("reason", "")))
    now = clock.now()
    ahead = cohort.sessions.filter(called_off_at=None, starts_at__gt=now)
    ahead.update(called_off_at=now, changed_at=now, revision=F("revision") + 1)
    if cohort.state != "running":
        for place in cohort.places.filter(state="in"):
            workflow.perform(place, "remove", by=SYSTEM, data={"reason": change.data.get("reason", "")})
    for block in seating.with_taken(cohort.blocks):
        give_back(block, block.free)
    people.close_circle(cohort.circle, by=change.by)


def give_back(block: Any, count: int) -> None:
    """So many seats of a block are none any more; the caller has made sure that nobody has them."""
    if count:
        type(block).objects.filter(pk=block.pk).update(returned=F("returned") + count)
        events.record(seats_given(block, seats=-count, returned=block.returned + count))


def seats_given(block: Any, *, seats: int, returned: int = 0) -> SeatsGiven:
    reserved_for = block.reserved_for
    return SeatsGiven(
        cohort=str(block.cohort.uid),
        course=block.cohort.course.slug,
        block=str(block.uid),
        sponsor=str(block.sponsor.uid),
        reserved_for=str(reserved_for.uid) if reserved_for else "",
        seats=seats,
        returned=returned,
    )


def seat_used(place: Any, *, seats: int) -> SeatUsed:
    block = place.block
    used_by = place.organisation
    return SeatUsed(
        cohort=str(place.cohort.uid),
        course=place.cohort.course.slug,
        block=str(block.uid),
        sponsor=str(block.sponsor.uid),
        used_by=str(used_by.uid) if used_by else "",
        place=str(place.uid),
        seats=seats,
    )
