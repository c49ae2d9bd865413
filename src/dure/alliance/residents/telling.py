"""What people are told about joint labs."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

LABS: Final = notices.Group(43, _("Joint lab"))
_kind = notices.kinds_under("alliance", LABS)

EXPECTED: Final = _kind(
    "resident_expected",
    _("I am entered as a resident of a joint lab"),
    _("You are expected in “%(name)s”. Its page says what is done before you come in."),
)
WELCOME: Final = _kind(
    "resident_welcome",
    _("I work in a joint lab from now on"),
    _("Welcome to “%(name)s”. You can book its rooms now."),
)
LEAVES: Final = _kind(
    "resident_leaves",
    _("My time in a joint lab ends"),
    _("Your time in “%(name)s” ends. Give back what you were given."),
)
TAKE_BACK: Final = _kind(
    "resident_take_back",
    _("Somebody leaves a joint lab that I look after"),
    _("Somebody leaves “%(name)s”: take back what was given."),
)
BOOKING_GONE: Final = _kind(
    "booking_gone",
    _("A room that I booked is cancelled by somebody else"),
    _("Your booking in “%(name)s” was cancelled."),
)


def tell_one(kind: str, resident: Any, *, but: Any = None) -> None:
    """The person of a stay."""
    person = resident.person
    if person is not None and (but is None or person.pk != but.pk):
        _tell([person], kind, resident.lab, f"/joint-labs/{resident.lab.uid}/residents/{resident.uid}")


def tell_keepers(kind: str, resident: Any, *, but: Any) -> None:
    """Who looks after the lab; the secretariat where nobody is named."""
    keepers = list(resident.lab.keepers.order_by("pk")) or list(people.secretaries().order_by("pk"))
    told = [one for one in keepers if one.pk != but.pk]
    _tell(told, kind, resident.lab, f"/joint-labs/{resident.lab.uid}/residents/{resident.uid}")


def tell_booker(booking: Any) -> None:
    if booking.person is not None:
        lab = booking.space.lab
        _tell([booking.person], BOOKING_GONE, lab, f"/joint-labs/{lab.uid}/bookings")


def _tell(whom: "Iterable[people.Person]", kind: str, lab: Any, url: str) -> None:
    params = {"name_ko": lab.name_ko or lab.name_en, "name_en": lab.name_en or lab.name_ko}
    notices.notify(whom, kind, url=url, params=params)
