"""Who may see which partner's course, and whose certificates: query conditions for list, page, export and API alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

SHOWN = ("listed", "closed")
OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)
COUNTS = ("verified", "accepted")
"""States in which a certificate counts."""


def course_q(person: Any) -> Q:
    """What is listed is for everybody; what is in preparation for those who look after it, and for overseers."""
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    shown = Q(state__in=SHOWN)
    return shown | managed_q(person) if person.is_authenticated else shown


def managed_q(person: Any, *, prefix: str = "") -> Q:
    """Courses of the organisations that this person represents or, as an instructor, belongs to."""
    whose = f"{prefix}organisation_id__in"
    if has_role(person, Role.INSTRUCTOR):
        return Q(**{whose: people.organisations_of(person)})
    return Q(**{whose: people.represented_organisations(person)})


def recognition_q(person: Any) -> Q:
    """One's own; all for overseers; for instructors those of their organisation's courses, handed in by people of other houses."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    own = Q(person_id=person.pk)
    return own | reviewed_q(person) if has_role(person, Role.INSTRUCTOR) else own


def reviewed_q(person: Any) -> Q:
    """Of what was handed in, what an instructor may decide on."""
    theirs = Q(course__organisation_id__in=people.organisations_of(person))
    return theirs & ~Q(person_id=person.pk) & ~colleague_q(person)


def colleague_q(person: Any) -> Q:
    """Handed in by somebody who belongs today to one of this person's organisations."""
    shared = people.Membership.objects.current().filter(
        person_id=OuterRef("person_id"), organisation_id__in=people.organisations_of(person)
    )
    return Q(Exists(shared))
