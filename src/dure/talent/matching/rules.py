"""Who may look for people for an opening, and answer an invitation: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, first_refusal, has_role
from dure.talent.openings.visibility import managed_organisations

NOT_SPEAKER: Final = Refused(
    "not_opening_speaker",
    _(
        "Only representatives and coordinators of the organisation look for people: that is whom these agreed to be shown to."
    ),
)
NOT_OPEN: Final = Refused("opening_not_open", _("This opening does not take applications now."))
NOT_INVITED: Final = Refused("not_invited", _("Only the person who was invited can answer."))
NOT_OVERSEER: Final = Refused(
    "not_overseer", _("Only the secretariat and the auditor see how suggestions turned out.")
)


def may_find(person: Any, opening: Any) -> Decision:
    """Those who speak for the organisation, and nobody else: consent names the organisation, not the secretariat."""
    return first_refusal(_speaks_for(person, opening), is_open(opening))


def may_order(person: Any, opening: Any) -> Decision:
    """Whoever looks for people decides who orders them, at any time."""
    return _speaks_for(person, opening)


def is_open(opening: Any) -> Decision:
    takes = opening.state == "open" and opening.deadline > clock.now()
    return ALLOWED if takes else NOT_OPEN


def takes_applications(invitation: Any, _data: Mapping[str, Any]) -> Decision:
    return is_open(invitation.opening)


def is_invited(person: Any, invitation: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if person.pk == invitation.person_id else NOT_INVITED


def may_oversee(person: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.AUDITOR) else NOT_OVERSEER


def _speaks_for(person: Any, opening: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    speaks = managed_organisations(person).filter(organisation_id=opening.organisation_id).exists()
    return ALLOWED if speaks else NOT_SPEAKER
