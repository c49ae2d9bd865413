"""Who may scout: pure decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.scouting.visibility import scouts_for
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, Role, has_role

NOT_SCOUT = Refused(
    "not_scout", _("Representatives and coordinators of members scout, and the secretariat for the alliance.")
)
NOT_ITS_SCOUT = Refused("not_its_scout", _("Only the side that wrote it down can do this."))


def may_scout(person: Any) -> Decision:
    """Whether there is a side for which this person could write something down."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or scouts_for(person).exists():
        return ALLOWED
    return NOT_SCOUT


def may_scout_for(person: Any, organisation: Any) -> Decision:
    """For an organisation its scouts; for nobody, which is the alliance, the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if organisation is None:
        return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SCOUT
    mine = scouts_for(person).filter(organisation_id=organisation.pk)
    return ALLOWED if mine.exists() else NOT_SCOUT


def keeps(person: Any, startup: Any) -> Decision:
    """The side that wrote it down; nobody else changes it, however far it is shared."""
    if person is SYSTEM:
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    if startup.organisation_id is None:
        return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_ITS_SCOUT
    if person.pk not in startup.keepers:
        mine = scouts_for(person).filter(organisation_id=startup.organisation_id)
        startup.keepers[person.pk] = mine.exists()
    return ALLOWED if startup.keepers[person.pk] else NOT_ITS_SCOUT
