"""Seats on the ethics board: given and ended by the secretariat."""

from datetime import date

from django.db import transaction

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.models import EthicsMember
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people


@transaction.atomic
def appoint(
    *, by: people.Person, person: str, is_chair: bool, is_outside: bool, until: date | None
) -> EthicsMember:
    """Give whoever has this mail address a seat from today on. Raises Denied, Faulty with all that is wrong.

    Nobody sits twice. From outside is who belongs to no organisation of the alliance.
    """
    demand(only_secretariat(by))
    found = people.Person.objects.filter(email__iexact=person, is_active=True).first()
    faults = _faults(found, is_outside=is_outside, until=until)
    if found is None or faults:
        raise Faulty(faults)
    made = EthicsMember.objects.create(person=found, is_chair=is_chair, is_outside=is_outside, until=until)
    audit.write(by=by, action="ethics_board.appointed", obj=found, detail={"is_outside": is_outside})
    return made


def _faults(person: people.Person | None, *, is_outside: bool, until: date | None) -> list[Fault]:
    faults = [Fault("ethics_no_person", place="person")] if person is None else []
    if person is not None and EthicsMember.objects.current().filter(person=person).exists():
        faults.append(Fault("ethics_sits_already", place="person"))
    if person is not None and is_outside and people.is_alliance_member(person):
        faults.append(Fault("ethics_not_outside", place="is_outside"))
    if until is not None and until <= clock.today():
        faults.append(Fault("ethics_seat_over", place="until"))
    return faults


@transaction.atomic
def end(seat: EthicsMember, *, by: people.Person) -> None:
    """The seat is empty from today on; opinions that were given stay. Raises Denied."""
    demand(only_secretariat(by))
    seat.until = clock.today()
    seat.save(update_fields=["until"])
    audit.write(by=by, action="ethics_board.ended", obj=seat.person)
