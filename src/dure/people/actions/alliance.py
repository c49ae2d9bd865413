"""An organisation's standing in the alliance: joining, resting, leaving. Floors above decide; here it is written down."""

from datetime import date

from django.db import transaction

from dure.foundation import audit, clock
from dure.foundation.access import Actor
from dure.people.models import Organisation


@transaction.atomic
def join_alliance(organisation: Organisation, *, by: Actor, on: date) -> Organisation:
    """It is a member from that day on; the caller has asked its own rule."""
    return _written(organisation, by, "joined", joined_on=on, left_on=None, suspended_on=None)


@transaction.atomic
def suspend_in_alliance(organisation: Organisation, *, by: Actor) -> Organisation:
    """Its membership rests: what all members share is closed to its people. Circles and what is its own stay open."""
    return _written(organisation, by, "suspended", suspended_on=clock.today())


@transaction.atomic
def resume_in_alliance(organisation: Organisation, *, by: Actor) -> Organisation:
    return _written(organisation, by, "resumed", suspended_on=None)


@transaction.atomic
def leave_alliance(organisation: Organisation, *, by: Actor) -> Organisation:
    """It is a member no more from today on."""
    last = max(clock.today(), organisation.joined_on or clock.today())
    return _written(organisation, by, "left", left_on=last, suspended_on=None)


def _written(organisation: Organisation, by: Actor, what: str, **fields: date | None) -> Organisation:
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    audit.write(by=by, action=f"organisation.{what}", obj=locked, detail=fields)
    return locked
