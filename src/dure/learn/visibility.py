"""Who may see which course and whose learning: query conditions, used by list, page, search, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

SHOWN = ("open", "closed")
OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def course_q(person: Any, *, prefix: str = "") -> Q:
    """Opened courses by their audience; those one writes or takes always; all for the secretariat and the auditor."""
    shown = Q(**{f"{prefix}state__in": SHOWN})
    seen = shown & people.audience_q(person, audience=f"{prefix}audience", circle=f"{prefix}circle_id")
    if not person.is_authenticated:
        return seen
    if has_role(person, *OVERSEERS):
        return Q(**{f"{prefix}pk__isnull": False})  # an empty Q would vanish beside an “or”
    return seen | authored_q(person, prefix=prefix) | Q(**{f"{prefix}pk__in": _taken_by(person)})


def authored_q(person: Any, *, prefix: str = "") -> Q:
    """Courses this person writes."""
    from dure.learn.models import Course  # noqa: PLC0415 - models need these conditions for their managers

    written = Course.authors.through.objects.filter(person_id=person.pk).values("course_id")
    return Q(**{f"{prefix}pk__in": written})


def _taken_by(person: Any) -> Any:
    from dure.learn.models import Enrolment  # noqa: PLC0415 - same

    return Enrolment.objects.filter(person_id=person.pk).values("course_id")
