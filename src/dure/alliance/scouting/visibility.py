"""Who may read what was written down while scouting.

Rivals are members side by side, and which startup one looks at is worth something to the other. What is written down belongs to the
organisation of whoever wrote it, or to the secretariat, until it is shared; the secretariat, which sits at a member, reads no more.
"""

from typing import Any, Final

from django.db.models import Exists, Q, QuerySet

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.people import api as people

SCOUTS: Final = (people.Membership.Role.REPRESENTATIVE, people.Membership.Role.COORDINATOR)
SHARED: Final = Q(reach="shared")
NOTHING: Final = Q(pk__in=())


def member_organisations(person: Any) -> "QuerySet[Any, Any]":
    """Ids of the members of the alliance to which this person belongs today."""
    today = clock.today()
    mine = people.organisations_of(person).filter(
        organisation__joined_on__lte=today, organisation__suspended_on=None
    )
    return mine.exclude(organisation__left_on__lte=today)


def scouts_for(person: Any) -> "QuerySet[Any, Any]":
    """Ids of those for which this person scouts: their representatives and coordinators do."""
    return member_organisations(person).filter(role__in=SCOUTS)


def own_q(person: Any) -> Q:
    """What this person's side wrote down."""
    if not person.is_authenticated:
        return NOTHING
    mine = Q(organisation_id__in=scouts_for(person))
    return mine | Q(organisation=None) if has_role(person, Role.SECRETARIAT) else mine


def written_q(person: Any) -> Q:
    """That, and what others have shared with everybody who scouts."""
    if not person.is_authenticated:
        return NOTHING
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return own_q(person) | SHARED | Q(organisation=None)
    return own_q(person) | SHARED & Q(Exists(scouts_for(person)))


def scouted_q(person: Any) -> Q:
    """Startups of which this person may know that somebody looks at them."""
    return written_q(person)


def sides_of(person: Any) -> "QuerySet[people.Organisation]":
    """Organisations for which this person scouts."""
    return people.Organisation.objects.filter(pk__in=scouts_for(person)).order_by("name_en", "pk")
