"""The plan of a cohort: its units with their dates, for everybody and for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dure.learn.cohorts.due import Due, due_at, said
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import Cohort, DueDate, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A unit: when it is due for all, and `own` for the reader where they have more days."""

    unit: str
    title_ko: str
    title_en: str
    minutes: int
    due: Due | None
    own: Due | None


def dates_of(cohort: Cohort) -> dict[str, datetime]:
    """One query."""
    return dict(DueDate.objects.filter(cohort=cohort).values_list("unit", "due_at"))


def plan(cohort: Cohort, dates: Mapping[str, datetime], place: Place | None) -> list[Line]:
    """All units of the announced version in their order."""
    days = place.extension_days if place is not None and place.state in WITH_PLACE else 0
    return [
        Line(
            unit=unit.id,
            title_ko=unit.title.ko,
            title_en=unit.title.en,
            minutes=unit.minutes,
            due=said(dates.get(unit.id)),
            own=said(due_at(dates, unit.id, extension_days=days)) if days else None,
        )
        for unit in cohort.version.taught.units
    ]


def extended(cohort: Cohort) -> QuerySet[Place]:
    """Whoever has more days."""
    rows = cohort.places.filter(state__in=WITH_PLACE, extension_days__gt=0)
    return rows.select_related("person").order_by("-extension_days", "pk")


def with_place(cohort: Cohort) -> QuerySet[Place]:
    """Everybody with a place, by name."""
    rows = cohort.places.filter(state__in=WITH_PLACE).select_related("person")
    return rows.order_by("person__name_ko", "person__name_en", "pk")
