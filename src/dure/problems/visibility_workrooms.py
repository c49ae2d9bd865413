"""Who may see a workroom: its two sides, the curator, the secretariat and the auditor. For all others it does not exist."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def workroom_q(person: Any, *, prefix: str = "") -> Q:
    """The rooms of one's circles, of one's own needs, and of the needs of organisations one represents."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, *OVERSEERS):
        return Q()
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    return (
        Q(**{f"{prefix}circle_id__in": people.circles_of(person)})
        | Q(**{f"{prefix}problem__owner_id": person.pk})
        | Q(**{f"{prefix}problem__curator_id": person.pk})
        | Q(**{f"{prefix}problem__organisation_id__in": represented.values("organisation_id")})
    )
