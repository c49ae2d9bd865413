"""What people are told about calls."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, notices
from dure.people import api as people

CALLS: Final = notices.Group(42, _("Calls for joint research"))
_kind = notices.kinds_under("alliance", CALLS)
_desk_kind = notices.kinds_under("alliance", CALLS, only=people.is_secretary)

OPENED: Final = _kind(
    "call_opened", _("A call for joint research opens"), _("A call is open for proposals: “%(name)s”.")
)
EXTENDED: Final = _kind(
    "call_extended",
    _("The deadline of a call to which I propose moves"),
    _("The deadline of the call “%(name)s” is later now."),
)
CLOSED: Final = _desk_kind(
    "call_closed",
    _("A call has closed"),
    _("The call “%(name)s” has closed. Screen its proposals and assign reviewers."),
)
CANCELLED: Final = _kind(
    "call_cancelled",
    _("A call to which I propose is cancelled"),
    _("The call “%(name)s” is cancelled. The reason stands there."),
)
TIED: Final = _desk_kind(
    "call_tied",
    _("Money is free and proposals on the waiting list are equal"),
    _("Money is free in “%(name)s”, and proposals on its waiting list are equal. Decide which moves up."),
)


def tell_members(kind: str, call: Any) -> None:
    """Everybody who speaks for a member organisation today."""
    today = clock.today()
    speaking = people.Membership.objects.current().filter(
        role=people.Membership.Role.REPRESENTATIVE,
        organisation__joined_on__lte=today,
        organisation__suspended_on=None,
    )
    inside = speaking.exclude(organisation__left_on__lte=today)
    _tell(people.Person.objects.filter(is_active=True, pk__in=inside.values("person_id")), kind, call)


def tell_leads(kind: str, call: Any) -> None:
    """Leads of proposals that are not over."""
    leads = call.proposals.exclude(state__in=("declined", "withdrawn")).values("lead_id")
    _tell(people.Person.objects.filter(Q(pk__in=leads), is_active=True), kind, call)


def tell_secretariat(kind: str, call: Any) -> None:
    _tell(people.secretaries(), kind, call)


def _tell(whom: "Iterable[people.Person]", kind: str, call: Any) -> None:
    params = {"name_ko": call.title_ko or call.title_en, "name_en": call.title_en or call.title_ko}
    notices.notify(whom, kind, url=f"/calls/{call.uid}", params=params)
