"""Who may do what about membership: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.visibility import IN_FORCE
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, Role, has_role
from dure.foundation.workflow import has_reason
from dure.people import api as people
from dure.talent import api as talent

NOT_SECRETARIAT: Final = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_SPEAKER: Final = Refused(
    "not_representative_here", _("Only a representative of the organisation can do this.")
)
NOT_SIDE: Final = Refused(
    "not_joining_side", _("Only representatives of an organisation and the secretariat can do this.")
)
IS_MEMBER: Final = Refused("already_member", _("This organisation is a member already."))
NOT_MEMBER: Final = Refused(
    "not_alliance_member", _("This organisation is no member today, or its membership rests.")
)
NO_ROW: Final = Refused("member_without_level", _("The secretariat has not given this member a level yet."))
NOT_VERIFIED: Final = Refused(
    "organisation_not_verified",
    _("The secretariat has not looked at the papers of this organisation yet. Ask it to, then apply."),
)
IS_ASKING: Final = Refused("joining_open", _("An application of this organisation is being decided already."))
NEEDS_AGREEMENT: Final = Refused(
    "joining_needs_agreement",
    _(
        "This level asks for an agreement in force of which the organisation is a party. Choose it, or sign one first."
    ),
)
NOT_ITS_AGREEMENT: Final = Refused(
    "not_its_agreement", _("This agreement is not in force, or the organisation is no party of it.")
)
NO_LEVEL: Final = Refused("no_member_level", _("Choose a level of membership."))
NO_SINCE: Final = Refused("no_member_since", _("Say from which day on it is a member."))
SAME_LEVEL: Final = Refused("same_member_level", _("It is a member at this level already."))
NOT_OWN_DEPUTY: Final = Refused(
    "not_own_deputy", _("Nobody makes themselves deputy; another person must do it.")
)
NOT_INSIDE: Final = Refused("deputy_not_inside", _("A deputy belongs to the organisation today."))


def only_secretariat(person: Any, _obj: Any = None) -> Decision:
    if person is SYSTEM or has_role(person, Role.SECRETARIAT):
        return ALLOWED
    return NOT_SECRETARIAT if person.is_authenticated else SIGN_IN


def may_look(person: Any) -> Decision:
    """The pages that the secretariat works with; the auditor reads them."""
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return ALLOWED
    return NOT_SECRETARIAT if person.is_authenticated else SIGN_IN


def speaks(person: Any, row: Any) -> Decision:
    """Representatives of the organisation of an application or a membership; the secretariat speaks for none."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if people.represents(person, row.organisation) else NOT_SPEAKER


def may_apply_at_all(person: Any) -> Decision:
    return people.may_speak_for_any(person, NOT_SIDE)


def may_apply(person: Any, organisation: people.Organisation) -> Decision:
    """A representative, or the secretariat for it, while it is verified, no member, and has no other application open."""
    decision = people.may_speak_for(person, organisation, NOT_SPEAKER)
    return can_be_asked(organisation) if decision else decision


def can_be_asked(organisation: Any) -> Decision:
    """What an application needs of the organisation."""
    if organisation.alliance_memberships.filter(until=None).exists() or organisation.is_member:
        return IS_MEMBER
    if not talent.is_verified(organisation):
        return NOT_VERIFIED
    waiting = organisation.joinings.filter(state__in=("submitted", "asked"))
    return IS_ASKING if waiting.exists() else ALLOWED


def can_accept(joining: Any, data: Mapping[str, Any]) -> Decision:
    """A level, a day, the agreement that the level asks for, and an organisation that is no member yet."""
    organisation = joining.organisation
    if organisation.alliance_memberships.filter(until=None).exists() or organisation.is_member:
        return IS_MEMBER
    level = data.get("level")
    if level is None:
        return NO_LEVEL
    if data.get("since") is None:
        return NO_SINCE
    decision = has_agreement(organisation, level, data.get("agreement") or joining.agreement)
    return has_reason(joining, data) if decision else decision


def has_agreement(organisation: Any, level: Any, agreement: Any) -> Decision:
    """Whether an agreement is good for a level, where it asks for one."""
    if agreement is None:
        return NEEDS_AGREEMENT if level.needs_agreement else ALLOWED
    inside = agreement.parties.filter(organisation=organisation, left_at=None).exists()
    return ALLOWED if inside and agreement.state in IN_FORCE else NOT_ITS_AGREEMENT


def can_change_level(member: Any, data: Mapping[str, Any]) -> Decision:
    level = data.get("level")
    if level is None:
        return NO_LEVEL
    if level.pk == member.level_id:
        return SAME_LEVEL
    if level.needs_agreement and not _is_party(member.organisation):
        return NEEDS_AGREEMENT
    return has_reason(member, data)


def _is_party(organisation: Any) -> bool:
    found = organisation.agreed.filter(left_at=None, agreement__state__in=IN_FORCE, agreement__amends=None)
    return bool(found.exists())


def may_read_sight(person: Any, organisation: people.Organisation) -> Decision:
    """What others see of a member: for its representatives, the secretariat and the auditor."""
    if has_role(person, Role.AUDITOR):
        return ALLOWED
    return people.may_speak_for(person, organisation, NOT_SPEAKER)


def may_name_deputy(person: Any, organisation: people.Organisation, deputy: Any) -> Decision:
    """A representative or the secretariat names somebody of the organisation, never themselves."""
    decision = people.may_speak_for(person, organisation, NOT_SPEAKER)
    if not decision:
        return decision
    if deputy.pk == person.pk:
        return NOT_OWN_DEPUTY
    return ALLOWED if organisation.pk in set(people.organisations_of(deputy)) else NOT_INSIDE
