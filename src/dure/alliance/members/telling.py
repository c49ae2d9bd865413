"""What people are told about membership."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.telling import AGREEMENTS
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", AGREEMENTS)

APPLIED: Final = _kind(
    "joining_applied",
    _("An organisation applies for membership"),
    _("%(organisation)s applies for membership. Decide, or ask back."),
)
ASKED: Final = _kind(
    "joining_asked",
    _("The secretariat asks back about my organisation's application"),
    _("The secretariat asks back about the application of %(organisation)s. Answer there."),
)
ANSWERED: Final = _kind(
    "joining_answered",
    _("An organisation answers about its application"),
    _("%(organisation)s has answered. Its application waits for a decision."),
)
ACCEPTED: Final = _kind(
    "joining_accepted",
    _("My organisation is accepted as a member"),
    _("%(organisation)s is accepted as a member of the alliance."),
)
REFUSED: Final = _kind(
    "joining_refused",
    _("My organisation's application is refused"),
    _("The application of %(organisation)s is refused. The reason stands there."),
)
WITHDRAWN: Final = _kind(
    "joining_withdrawn",
    _("An organisation withdraws its application"),
    _("%(organisation)s has withdrawn its application for membership."),
)
LEVEL: Final = _kind(
    "member_level",
    _("The level of my organisation's membership changes"),
    _("%(organisation)s is a member at another level now."),
)
SUSPENDED: Final = _kind(
    "member_suspended",
    _("My organisation's membership rests"),
    _("The membership of %(organisation)s rests. The reason stands there."),
)
RESUMED: Final = _kind(
    "member_resumed",
    _("My organisation's membership goes on"),
    _("The membership of %(organisation)s goes on."),
)
LEFT: Final = _kind(
    "member_left",
    _("A member leaves the alliance"),
    _("%(organisation)s has left the alliance. The reason stands there."),
)
ENDED: Final = _kind(
    "member_ended",
    _("My organisation's membership is ended"),
    _("The membership of %(organisation)s is ended. The reason stands there."),
)


def tell_side(kind: str, row: Any) -> None:
    """Tell the representatives of the organisation of an application or a membership."""
    speaking = people.Membership.objects.current().filter(
        organisation=row.organisation, role=people.Membership.Role.REPRESENTATIVE
    )
    told = people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))
    notices.notify(told, kind, url=_address(row), params=_names(row))


def tell_secretariat(kind: str, row: Any) -> None:
    notices.notify(people.secretaries(), kind, url=_address(row), params=_names(row))


def _address(row: Any) -> str:
    return f"/joinings/{row.uid}" if hasattr(row, "why") else f"/members/{row.organisation.slug}"


def _names(row: Any) -> dict[str, str]:
    organisation = row.organisation
    return {
        "organisation_ko": organisation.name_ko or organisation.name_en,
        "organisation_en": organisation.name_en or organisation.name_ko,
    }
