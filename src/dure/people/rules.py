"""Who may do what among people and organisations: pure answers with reasons."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import (
    ALLOWED,
    SIGN_IN,
    SYSTEM,
    Decision,
    Refused,
    Role,
    has_role,
)
from dure.people.models import Membership, Organisation, Person
from dure.people.visibility import represented_organisations

REPRESENTATIVE = Membership.Role.REPRESENTATIVE
NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_REPRESENTATIVE = Refused(
    "not_representative", _("Only a representative of the organisation or the secretariat can do this.")
)
NOT_YOURSELF = Refused(
    "not_yourself", _("Nobody makes themselves representative; another person must do it.")
)
OWN_ROLE = Refused(
    "own_role", _("Nobody changes their own platform roles; ask another member of the secretariat.")
)
SOLE_REPRESENTATIVE = Refused(
    "sole_representative", _("This is the only representative. Make somebody else representative first.")
)
ALREADY_OVER = Refused("already_over", _("This membership has ended already."))


def is_secretariat(by: Any) -> bool:
    return by is SYSTEM or has_role(by, Role.SECRETARIAT)


def represents(by: Any, organisation: Organisation) -> bool:
    return bool(by.is_authenticated) and organisation.pk in set(represented_organisations(by))


def may_speak_for(by: Any, organisation: Organisation, otherwise: Refused) -> Decision:
    """Doing something in an organisation's name: its representatives, and the secretariat for all. Others get `otherwise`."""
    if not by.is_authenticated:
        return SIGN_IN
    return ALLOWED if is_secretariat(by) or represents(by, organisation) else otherwise


def may_speak_for_any(by: Any, otherwise: Refused) -> Decision:
    """Whether there is an organisation in whose name this person could do it."""
    if not by.is_authenticated:
        return SIGN_IN
    return ALLOWED if is_secretariat(by) or represented_organisations(by).exists() else otherwise


def only_secretariat(by: Any) -> Decision:
    """The secretariat (or the system) may; others are told who can."""
    if is_secretariat(by):
        return ALLOWED
    return NOT_SECRETARIAT if by.is_authenticated else SIGN_IN


def only_secretariat_or_operator(by: Any) -> Decision:
    if is_secretariat(by) or has_role(by, Role.OPERATOR):
        return ALLOWED
    return Refused("not_your_role", _("Only the secretariat or the operator can do this."))


def may_edit_organisation(
    by: Any, organisation: Organisation, held: Iterable[Membership] | None = None
) -> Decision:
    """Its representatives look after an organisation's page and people; the secretariat may too.

    `held` are their memberships there today, where these are known already; then the database is not asked.
    """
    if is_secretariat(by) or _represents(by, organisation, held):
        return ALLOWED
    return NOT_REPRESENTATIVE if by.is_authenticated else SIGN_IN


def _represents(by: Any, organisation: Organisation, held: Iterable[Membership] | None) -> bool:
    if held is None:
        return represents(by, organisation)
    return any(one.role == REPRESENTATIVE for one in held)


def may_invite(by: Any, organisation: Organisation | None, *, email: str, role: str) -> Decision:
    """Into the platform only: the secretariat. Into an organisation: its representatives too, but nobody invites themselves up."""
    if organisation is None:
        return only_secretariat(by)
    if role == REPRESENTATIVE and isinstance(by, Person) and email == by.email:
        return NOT_YOURSELF
    return may_edit_organisation(by, organisation)


def may_set_role(by: Any, membership: Membership, *, role: str) -> Decision:
    """A representative or the secretariat sets roles; nobody makes themselves representative, and one must remain."""
    if membership.is_over:
        return ALREADY_OVER
    if role == REPRESENTATIVE and membership.person_id == by.pk:
        return NOT_YOURSELF
    decision = may_edit_organisation(by, membership.organisation)
    if decision and role != REPRESENTATIVE and not is_secretariat(by):
        return keeps_a_representative(membership)
    return decision


def may_end(by: Any, membership: Membership) -> Decision:
    """One's own, those of the organisation one represents, or any for the secretariat; the last representative stays."""
    if membership.is_over:
        return ALREADY_OVER
    if is_secretariat(by):
        return ALLOWED
    if membership.person_id != by.pk and not represents(by, membership.organisation):
        return NOT_REPRESENTATIVE
    return keeps_a_representative(membership)


def keeps_a_representative(membership: Membership) -> Decision:
    """Refused when ending this membership would leave its organisation without anybody to speak for it."""
    if membership.role != REPRESENTATIVE or not membership.organisation.is_member:
        return ALLOWED
    others = Membership.objects.current().filter(
        organisation_id=membership.organisation_id, role=REPRESENTATIVE, person__is_active=True
    )
    return ALLOWED if others.exclude(person_id=membership.person_id).exists() else SOLE_REPRESENTATIVE


def may_change_roles(by: Any, person: Person) -> Decision:
    """The secretariat gives and takes platform roles, but never its own."""
    if by.pk is not None and by.pk == person.pk:
        return OWN_ROLE
    return only_secretariat(by)


NO_SUCH_ROLE = Refused("unknown_role", _("There is no such role."))
