"""Joint labs for tests."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import JointLab, LabSpace, Resident, SpaceBooking
from dure.alliance.residents import booking, keeping
from dure.foundation import clock
from dure.people.models import Organisation, Person
from tests.factories import agreements, people


def lab(*, by: Person | None = None, **changed: Any) -> JointLab:
    """One with nobody but the secretariat to look after it."""
    given = {
        "name_ko": "공동 연구실",
        "name_en": "Joint lab",
        "address_ko": "",
        "address_en": "1 Joint street",
        "host": None,
        "keepers": "",
        **changed,
    }
    return keeping.make(by=by or agreements.secretary(), given=given)


def space(where: JointLab, *, by: Person | None = None, **changed: Any) -> LabSpace:
    given = {"kind": "room", "name": "301", "capacity": 8, **changed}
    return keeping.add_space(where, by=by or agreements.secretary(), given=given)


def expected(
    where: JointLab,
    employer: Organisation | None = None,
    person: Person | None = None,
    *,
    by: Person | None = None,
    **changed: Any,
) -> Resident:
    """Somebody who comes today."""
    home = employer or people.organisation()
    someone = person or people.person(language="en")
    if person is None:
        people.member(someone, home)
    given = {
        "employer": home,
        "address": str(someone.email),
        "since": clock.today(),
        "until": None,
        "desk": None,
        "project": None,
        **changed,
    }
    return keeping.expect(where, by=by or agreements.secretary(), given=given)


def working(where: JointLab, *given: Any, by: Person | None = None, **changed: Any) -> Resident:
    """Somebody who works there, with a door card."""
    desk = by or agreements.secretary()
    stay = expected(where, *given, by=desk, **changed)
    for kind in ("pledge", "safety", "card"):
        keeping.give(stay, kind, by=desk)
    return keeping.act(stay, "arrive", by=desk)


def booked(room: LabSpace, person: Person, *, hour: int = 1, **changed: Any) -> SpaceBooking:
    """An hour from so many hours from now on."""
    first = clock.now() + timedelta(hours=hour)
    given = {
        "space": room,
        "starts_at": first,
        "ends_at": first + timedelta(hours=1),
        "people_count": 2,
        "what": "Talk",
        **changed,
    }
    return booking.book(room.lab, by=person, given=given)
