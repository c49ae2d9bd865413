"""Who may see which cohort: whoever sees its course sees that it is there; a cohort in preparation only those who lead it."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.learn import visibility

SHOWN = ("open", "running", "over", "cancelled")
WITH_PLACE = ("in", "finished")
OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def cohort_q(person: Any, *, prefix: str = "") -> Q:
    """What is no longer in preparation, by who sees the course; what one leads or has a place in; all for overseers."""
    shown = Q(**{f"{prefix}state__in": SHOWN}) & visibility.course_q(person, prefix=f"{prefix}course__")
    if not person.is_authenticated:
        return shown
    if has_role(person, *OVERSEERS):
        return Q(**{f"{prefix}pk__isnull": False})  # an empty Q would vanish beside an “or”
    return shown | led_q(person, prefix=prefix) | Q(**{f"{prefix}pk__in": _placed(person)})


def led_q(person: Any, *, prefix: str = "") -> Q:
    """Cohorts that this person coaches, or whose course this person writes."""
    from dure.learn.models import Cohort  # noqa: PLC0415 - models need these conditions for their managers

    coached = Cohort.coaches.through.objects.filter(person_id=person.pk).values("cohort_id")
    return Q(**{f"{prefix}pk__in": coached}) | visibility.authored_q(person, prefix=f"{prefix}course__")


def _placed(person: Any) -> Any:
    from dure.learn.models import Place  # noqa: PLC0415 - same

    return Place.objects.filter(person_id=person.pk, state__in=WITH_PLACE).values("cohort_id")
