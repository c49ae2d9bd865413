"""Who may know of which job: query conditions, used by list, page, export and API alike."""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

BY_HAND: Final = ("normal", "scavenger")
"""The classes a person may ask for; the other ones are asked for by the platform and shown where they belong."""
OVERSEERS: Final = (Role.OPERATOR, Role.SECRETARIAT)


def by_hand_q() -> Q:
    """Jobs that people asked for themselves. What saw hidden data is never among them: its files would tell."""
    return Q(job_class__in=BY_HAND, sealed=False)


def own_q(person: Any) -> Q:
    """One's own jobs."""
    return Q(person_id=person.pk) & by_hand_q() if person.is_authenticated else Q(pk__in=[])


def job_q(person: Any) -> Q:
    """One's own jobs, those of an organisation one represents, and all for those who keep the farm running."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    return own_q(person) | Q(organisation_id__in=people.represented_organisations(person)) & by_hand_q()
