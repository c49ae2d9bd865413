"""Booking a room or a desk, and giving it back. The database keeps two bookings apart; here it is said in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from dure.alliance.models import JointLab, LabSpace, SpaceBooking
from dure.alliance.residents import rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people


@transaction.atomic
def book(lab: JointLab, *, by: people.Person, given: Mapping[str, Any]) -> SpaceBooking:
    """A space from a time until another. Raises Denied, Faulty, also where somebody was quicker."""
    demand(rules.may_book(by, lab))
    space = lab.spaces.select_for_update(of=("self",)).filter(pk=given["space"].pk).get()
    faults = list(_faults(space, given))
    if faults:
        raise Faulty(faults)
    try:
        with transaction.atomic():
            made = SpaceBooking.objects.create(
                space=space,
                person=by,
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                what=given["what"].strip(),
                people_count=given["people_count"],
            )
    except IntegrityError as error:
        raise Faulty([Fault("booking_taken", place="starts_at")]) from error
    audit.write(by=by, action="space_booking.made", obj=made)
    return made


def _faults(space: LabSpace, given: Mapping[str, Any]) -> Iterator[Fault]:
    starts, ends, now = given["starts_at"], given["ends_at"], clock.now()
    if space.closed_at is not None:
        yield Fault("booking_closed", place="space")
    elif space.residents.exists():
        yield Fault("booking_desk_of_somebody", place="space")
    if ends <= starts or ends - starts > rules.LONGEST:
        yield Fault("booking_times", {"limit": int(rules.LONGEST.total_seconds() // 3600)}, place="ends_at")
    elif ends <= now or starts > now + rules.AHEAD:
        yield Fault("booking_when", {"limit": rules.AHEAD.days}, place="starts_at")
    if not 1 <= given["people_count"] <= space.capacity:
        yield Fault("booking_many", {"limit": space.capacity}, place="people_count")


@transaction.atomic
def cancel(booking: SpaceBooking, *, by: people.Person) -> None:
    """Give it back; whoever booked it is told when somebody else does. Raises Denied."""
    rows = SpaceBooking.objects.select_for_update(of=("self",)).select_related("space__lab", "person")
    locked = rows.get(pk=booking.pk)
    demand(rules.may_cancel(by, locked))
    locked.cancelled_at = clock.now()
    locked.save(update_fields=["cancelled_at"])
    audit.write(by=by, action="space_booking.cancelled", obj=locked)
    if locked.person_id != by.pk:
        telling.tell_booker(locked)


def give_back(lab_id: int, person_id: int) -> int:
    """What somebody booked for later in this lab is free again; returns how much."""
    ahead = SpaceBooking.objects.filter(
        space__lab_id=lab_id, person_id=person_id, cancelled_at=None, starts_at__gt=clock.now()
    )
    return ahead.update(cancelled_at=clock.now())
