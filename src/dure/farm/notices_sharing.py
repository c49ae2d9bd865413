"""What people are told about capacity that is given and granted."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

SHARING: Final = notices.Group(45, _("Sharing the farm"))


_kind = notices.kinds_under("farm", SHARING)
_to_secretariat = notices.kinds_under("farm", SHARING, only=people.is_secretary)

OFFERED = _to_secretariat(
    "offered", _("A member offers a machine"), _("%(organisation)s offers a machine: %(what)s.")
)
ACCEPTED = _kind(
    "accepted", _("Our machine is accepted"), _("“%(what)s” of %(organisation)s is part of the farm.")
)
RETURNED = _kind(
    "returned",
    _("Our offer comes back"),
    _("The secretariat sent back the offer “%(what)s”; the reason stands there."),
)
ENDED = _kind("ended", _("Our machine leaves the farm"), _("“%(what)s” of %(organisation)s leaves the farm."))
REQUESTED = _to_secretariat(
    "requested", _("A member asks for hours"), _("%(organisation)s asks for %(what)s.")
)
APPROVED = _kind("approved", _("Our hours are granted"), _("%(organisation)s gets %(what)s."))
REFUSED = _kind(
    "refused", _("Our request for hours is refused"), _("Refused: %(what)s. The reason stands there.")
)
REVOKED = _kind("revoked", _("Our hours are revoked"), _("Revoked: %(what)s. The reason stands there."))
CHANGE_REQUESTED = _to_secretariat(
    "change_requested", _("A member asks to change hours"), _("%(organisation)s asks to change %(what)s.")
)
CHANGED = _kind(
    "changed", _("A change of our hours is granted"), _("From now on %(organisation)s has %(what)s.")
)
NOT_CHANGED = _kind(
    "not_changed",
    _("A change of our hours is refused"),
    _("It stays with %(what)s. The reason stands there."),
)
EXPIRES = _kind(
    "expires",
    _("Our hours end soon"),
    _("%(what)s of %(organisation)s end on %(day)s. You can ask for a renewal."),
)
EXPIRED = _kind("expired", _("Our hours have ended"), _("%(what)s of %(organisation)s have ended."))


def url_of(obj: Any) -> str:
    parts = {"contribution": "contributions", "allocation": "allocations"}
    return f"/farm/{parts[obj.workflow.entity]}/{obj.uid}"


def secretariat(kind: str, obj: Any) -> None:
    _tell(people.secretaries(), kind, obj)


def givers(kind: str, contribution: Any, *, by: Any) -> None:
    """The representatives, and who offered it, as long as they belong to the member."""
    _tell_others(_of_member(contribution, contribution.offered_by_id), kind, contribution, by=by)


def askers(kind: str, allocation: Any, *, by: Any, **params: str) -> None:
    """The representatives, and who asked for it, as long as they belong to the member."""
    _tell_others(_of_member(allocation, allocation.requested_by_id), kind, allocation, by=by, **params)


def _of_member(obj: Any, asker_id: int) -> list[Any]:
    """Of the people who belong to the organisation today: who speaks for it, and this one."""
    concerned = Q(role=people.Membership.Role.REPRESENTATIVE) | Q(person_id=asker_id)
    held = people.Membership.objects.current().filter(concerned, organisation_id=obj.organisation_id)
    return list(people.Person.objects.filter(pk__in=held.values("person_id")))


def _tell_others(found: Iterable[Any], kind: str, obj: Any, *, by: Any, **params: str) -> None:
    """Whoever did it is left out."""
    _tell([person for person in found if person.pk != by.pk], kind, obj, **params)


def _tell(found: Iterable[Any], kind: str, obj: Any, **params: str) -> None:
    words = {f"what_{code}": _said_in(code, obj) for code in ("ko", "en")}
    organisation = obj.organisation
    names = {
        "organisation_ko": organisation.name_ko or organisation.name_en,
        "organisation_en": organisation.name_en or organisation.name_ko,
    }
    notices.notify(found, kind, url=url_of(obj), params={**words, **names, **params})


def _said_in(code: str, obj: Any) -> str:
    with translation.override(code):
        return str(obj)
