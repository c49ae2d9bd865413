"""The only ways to a member, an application and a level from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.members import queries, rules
from dure.alliance.models import Joining, Member, MemberLevel
from dure.foundation.access import Denied, Hidden, demand
from dure.people import api as people

WITH = ("organisation", "level", "contact", "agreement", "made_by")


def access_organisation(person: Any, slug: str) -> people.Organisation:
    """An organisation that is or was a member. Raises Hidden."""
    found = people.access_organisation(person, slug)
    if found.joined_on is None:
        raise Hidden(slug)
    return found


def access_member(person: Any, slug: str) -> Member:
    """Its row at a level. Raises Hidden, and Denied where it has none."""
    found = queries.member_of(access_organisation(person, slug))
    if found is None:
        raise Denied(rules.NO_ROW)
    return found


def access_joining(person: Any, uid: UUID) -> Joining:
    """An application. Raises Hidden."""
    found = Joining.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_level(person: Any, uid: UUID) -> MemberLevel:
    """A level, for who changes it. Raises Denied, Hidden."""
    demand(rules.only_secretariat(person))
    found = MemberLevel.objects.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
