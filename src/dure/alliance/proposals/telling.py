"""What people are told about proposals."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.alliance.calls.telling import CALLS
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", CALLS)
_desk_kind = notices.kinds_under("alliance", CALLS, only=people.is_secretary)

PARTNER_ASKED: Final = _kind(
    "proposal_partner_asked",
    _("My organisation is asked to take part in a proposal"),
    _("Your organisation is asked to take part in a proposal: “%(name)s”."),
)
PARTNER_ANSWERED: Final = _kind(
    "proposal_partner_answered",
    _("A partner answers whether it takes part in my proposal"),
    _("A partner has answered whether it takes part: “%(name)s”."),
)
SUBMITTED: Final = _kind(
    "proposal_submitted", _("A proposal of mine is submitted"), _("It is submitted: “%(name)s”.")
)
SCREENED: Final = _kind(
    "proposal_screened",
    _("A proposal of mine was looked at for eligibility"),
    _("Whether it is eligible is decided: “%(name)s”."),
)
ASKED: Final = _kind(
    "proposal_asked",
    _("A question about a proposal of mine"),
    _("There is a question about “%(name)s”. Answer it by the day that stands there."),
)
ANSWERED: Final = _desk_kind(
    "proposal_answered",
    _("A question about a proposal is answered"),
    _("A question is answered: “%(name)s”."),
)
LAPSED: Final = _kind(
    "proposal_lapsed",
    _("A proposal of mine has lapsed"),
    _("The day has passed, and it is over: “%(name)s”."),
)
WITHDRAWN: Final = _desk_kind(
    "proposal_withdrawn", _("A proposal is withdrawn"), _("A proposal is withdrawn: “%(name)s”.")
)
DECIDED: Final = _kind(
    "proposal_decided",
    _("A proposal of mine is decided"),
    _("It is decided: “%(name)s”. The message stands there."),
)
AWARDED: Final = _kind(
    "proposal_awarded", _("A proposal of mine becomes a project"), _("It has become a project: “%(name)s”.")
)


def tell_lead(kind: str, proposal: Any) -> None:
    _tell(people.Person.objects.filter(is_active=True, pk=proposal.lead_id), kind, proposal)


def tell_secretariat(kind: str, proposal: Any) -> None:
    _tell(people.secretaries(), kind, proposal)


def tell_speakers(kind: str, proposal: Any, organisation: Any) -> None:
    """Who speaks for one organisation."""
    _tell(_active(Q(pk__in=_speaking([organisation.pk]))), kind, proposal)


def tell_inside(kind: str, proposal: Any) -> None:
    """Its lead, who is named in it, and who speaks for its partners."""
    partners = proposal.partners.exclude(answer="refused").values("organisation_id")
    near = Q(pk=proposal.lead_id) | Q(pk__in=proposal.people.values("person_id"))
    _tell(_active(near | Q(pk__in=_speaking(partners))), kind, proposal)


def _speaking(organisations: Any) -> Any:
    speaking = people.Membership.objects.current().filter(
        organisation__in=organisations, role=people.Membership.Role.REPRESENTATIVE
    )
    return speaking.values("person_id")


def _active(near: Q) -> Any:
    return people.Person.objects.filter(near, is_active=True)


def _tell(whom: "Iterable[people.Person]", kind: str, proposal: Any) -> None:
    params = {
        "name_ko": proposal.title_ko or proposal.title_en,
        "name_en": proposal.title_en or proposal.title_ko,
    }
    notices.notify(whom, kind, url=f"/proposals/{proposal.uid}", params=params)
