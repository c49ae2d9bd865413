"""Seats that organisations give in a cohort and take back. What is free goes to whoever waits at once."""

from typing import Any, Final

from django.db import transaction

from dure.foundation import audit, events
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import effects, places, rules, seating, telling
from dure.learn.models import Cohort, SeatBlock
from dure.people import api as people

MOST: Final = 1000
"""In one block."""


@transaction.atomic
def give(
    *,
    by: Any,
    cohort: Cohort,
    sponsor: people.Organisation,
    seats: int,
    reserved_for: people.Organisation | None = None,
) -> SeatBlock:
    """Enter seats that `sponsor` gives, for the people of one organisation or for anybody. Raises Denied, Faulty."""
    locked = places.lock(cohort)
    demand(rules.may_change(by, locked))
    if not 1 <= seats <= MOST:
        raise Faulty([Fault("seats_out_of_range", {"most": MOST}, place="seats")])
    block = SeatBlock.objects.create(cohort=locked, sponsor=sponsor, seats=seats, reserved_for=reserved_for)
    detail = {"sponsor": sponsor, "seats": seats, "reserved_for": reserved_for}
    audit.write(by=by, action="cohort.seats_given", obj=locked, detail=detail)
    events.record(effects.seats_given(block, seats=seats))
    telling.seats_given(block, seats=seats)
    places.fill(locked)
    return block


@transaction.atomic
def give_back(*, by: Any, block: SeatBlock, count: int) -> SeatBlock:
    """Take seats back that nobody has. Raises Denied, Faulty for more than are free."""
    locked = places.lock(block.cohort)
    demand(rules.may_return_seats(by, block))
    demand(rules.goes_on(locked))
    found: Any = of(locked).get(pk=block.pk)
    if not 1 <= count <= found.free:
        raise Faulty([Fault("seats_are_taken", {"count": found.free}, place="count")])
    effects.give_back(found, count)
    detail = {"sponsor": found.sponsor, "seats": count}
    audit.write(by=by, action="cohort.seats_returned", obj=locked, detail=detail)
    return SeatBlock.objects.get(pk=found.pk)


def of(cohort: Cohort) -> Any:
    """The blocks of a cohort, oldest first, with how many of their seats are taken and free."""
    rows = cohort.blocks.select_related("cohort__course", "sponsor", "reserved_for")
    return seating.with_taken(rows).order_by("pk")
