"""Who may see which opening: query conditions for list, page, export and API alike."""

from typing import Any, Final

from django.db.models import Q, QuerySet

from dure.foundation.access import Role, has_role
from dure.people import api as people

SHOWN: Final = ("open", "closed", "filled")
OVERSEERS: Final = (Role.SECRETARIAT, Role.AUDITOR)
SPEAKS: Final = (people.Membership.Role.REPRESENTATIVE, people.Membership.Role.COORDINATOR)
"""Who offers seats in an organisation's name."""


def opening_q(person: Any) -> Q:
    """What was opened is for everybody; what is in preparation for who looks after it, and for overseers."""
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    shown = Q(state__in=SHOWN)
    return shown | managed_q(person) if person.is_authenticated else shown


def managed_q(person: Any, *, prefix: str = "") -> Q:
    """Openings of the organisations in whose name this person offers seats."""
    return Q(**{f"{prefix}organisation_id__in": managed_organisations(person)})


def managed_organisations(person: Any) -> "QuerySet[people.Membership, Any]":
    """Ids of the organisations that this person represents or coordinates today, as a subquery."""
    return people.organisations_of(person).filter(role__in=SPEAKS)
