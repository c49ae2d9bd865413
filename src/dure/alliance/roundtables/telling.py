"""What people are told about roundtables."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.telling import ROUNDTABLES
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", ROUNDTABLES)

ANNOUNCED: Final = _kind(
    "roundtable_announced",
    _("I am invited to a roundtable"),
    _("You are invited to a roundtable: “%(name)s”. Say whether you come."),
)
CHANGED: Final = _kind(
    "roundtable_changed",
    _("Time or place of a roundtable changes"),
    _("Time or place has changed: “%(name)s”."),
)
CANCELLED: Final = _kind(
    "roundtable_cancelled",
    _("A roundtable is called off"),
    _("It is called off: “%(name)s”. The reason stands there."),
)
PUBLISHED: Final = _kind(
    "roundtable_published",
    _("Minutes of a roundtable are published"),
    _("The minutes are published: “%(name)s”."),
)
TASK: Final = _kind(
    "roundtable_task",
    _("I am to do something after a roundtable"),
    _("You are asked to do this by %(due)s: “%(name)s”."),
)


def tell_guests(kind: str, roundtable: Any, *, but: Any = None) -> None:
    """All who are invited, except whoever did it."""
    invited = roundtable.guests.values("person_id")
    guests = people.Person.objects.filter(pk__in=invited, is_active=True)
    if but is not None and but.pk:
        guests = guests.exclude(pk=but.pk)
    _tell(guests, kind, roundtable, _named(roundtable, "title"))


def tell_guest(kind: str, roundtable: Any, person: Any) -> None:
    _tell([person], kind, roundtable, _named(roundtable, "title"))


def tell_owner(task: Any) -> None:
    """Who has something to do hears of it, with the day."""
    params = _named(task, "what") | {"due": task.due_on.isoformat()}
    _tell([task.owner] if task.owner else [], TASK, task.roundtable, params)


def _tell(whom: "Iterable[people.Person]", kind: str, roundtable: Any, params: dict[str, str]) -> None:
    notices.notify(whom, kind, url=f"/roundtables/{roundtable.uid}", params=params)


def _named(row: Any, name: str) -> dict[str, str]:
    ko, en = getattr(row, f"{name}_ko"), getattr(row, f"{name}_en")
    return {"name_ko": ko or en, "name_en": en or ko}
