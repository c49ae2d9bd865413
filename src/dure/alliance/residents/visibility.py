"""Who may know of a joint lab, and of whom there.

Rivals sit side by side, so the list of people is for who looks after the lab; an organisation sees its own, a resident oneself.
In the calendar a booking of somebody else is "taken", nothing more.
"""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

STAYS: Final = ("expected", "working", "leaving")


def lab_q(person: Any) -> Q:
    """Labs that somebody looks after, works in, or sends people to."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    from dure.alliance.models import JointLab, Resident  # noqa: PLC0415 - the models name this module

    kept = JointLab.keepers.through.objects.filter(person_id=person.pk).values("jointlab_id")
    near = Q(person_id=person.pk) | Q(employer_id__in=people.represented_organisations(person))
    inside = Resident.objects.filter(near, state__in=STAYS).values("lab_id")
    return Q(pk__in=kept) | Q(pk__in=inside)


def resident_q(person: Any) -> Q:
    """Stays that somebody may read."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    from dure.alliance.models import JointLab  # noqa: PLC0415 - same

    kept = JointLab.keepers.through.objects.filter(person_id=person.pk).values("jointlab_id")
    own = Q(person_id=person.pk) | Q(employer_id__in=people.represented_organisations(person))
    return own | Q(lab_id__in=kept)
