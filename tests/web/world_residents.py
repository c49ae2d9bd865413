"""Joint labs in the small alliance of the access walk: two that the firm and the desk know of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.alliance.models import SpaceBooking
from dure.alliance.residents import keeping
from dure.foundation import clock
from tests.factories import residents

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "jointlab": {"owner", "secretariat", "auditor"},
    "labspace": {"owner", "secretariat", "auditor"},
    "labbooking": {"owner", "secretariat"},
}
"""The owner works there; what a booking is for is read by who booked it and who looks after the lab."""


def shown(world: Any) -> Values:
    """There is none that everybody knows of, so this one too is known to the owner alone."""
    return _made(world, lambda name: f"Shown {name}")


def hide(world: Any, text: Callable[[str], str]) -> Values:
    return _made(world, text)


def _made(world: Any, text: Callable[[str], str]) -> Values:
    desk = world.people["secretariat"]
    lab = residents.lab(by=desk, name_ko=text("jointlab"), name_en=text("jointlab"))
    room = residents.space(lab, by=desk, name=text("labspace")[:80])
    stay = residents.expected(lab, world.firm, world.owner, by=desk)
    for kind in ("pledge", "safety"):
        keeping.give(stay, kind, by=desk)
    keeping.act(stay, "arrive", by=desk)
    first = clock.now() + timedelta(minutes=5)
    booking = SpaceBooking.objects.create(
        space=room,
        person=world.owner,
        starts_at=first,
        ends_at=first + timedelta(hours=1),
        what=text("labbooking"),
    )
    return {
        ("joint-labs", "uid"): lab.uid,
        ("joint-labs/spaces", "space"): room.uid,
        ("joint-labs/residents", "resident"): stay.uid,
        ("joint-labs/bookings", "booking_uid"): booking.uid,
    }
