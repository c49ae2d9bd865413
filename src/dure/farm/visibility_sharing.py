"""Who may know what a member gives, was given and used: its own people, and those who run and check the alliance. No rival."""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

OVERSEERS: Final = (Role.SECRETARIAT, Role.OPERATOR, Role.AUDITOR)


def shared_q(person: Any, *, prefix: str = "") -> Q:
    """Contributions and allocations: those of one's own organisations, and all for the overseers."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    return Q(**{f"{prefix}organisation_id__in": people.organisations_of(person)})


def usage_q(person: Any) -> Q:
    """Organisations whose usage one may read: those one represents, and all for the overseers."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    return Q(pk__in=people.represented_organisations(person))
