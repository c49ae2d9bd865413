"""Who may see what of members: that one is a member is public; how it asked, only its representatives and the secretariat know."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people


def joining_q(person: Any) -> Q:
    """Applications of the organisations that this person represents; all for the secretariat and auditors."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    return Q(organisation_id__in=people.represented_organisations(person))


def reads_inside(person: Any, organisation: people.Organisation) -> bool:
    """Whether this person reads what only an organisation's own people, the secretariat and auditors know of its membership."""
    if not person.is_authenticated:
        return False
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return True
    return organisation.pk in set(people.organisations_of(person))
