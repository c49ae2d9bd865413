"""When the units of a course are due for a learner: the cohort's dates, moved by the days that this person has more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from dure.foundation import clock
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import Enrolment, Place

NEAR: Final = timedelta(days=7)
"""From then on it is said how long is left."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When units are due for one learner, `extension_days` included. `is_completed` speaks where no date is set.

    `cohort` and `place` are uids of where that comes from, for whoever takes part in one.
    """

    dates: Mapping[str, datetime] = field(default_factory=dict)
    is_completed: bool = False
    cohort: UUID | None = None
    place: UUID | None = None

    def is_over(self, unit: str) -> bool:
        """Whether what is told after the due date may be told. A date that is set decides alone: others still work on it."""
        at = self.dates.get(unit)
        return self.is_completed if at is None else clock.now() >= at

    def is_late(self, unit: str, at: datetime) -> bool:
        due = self.dates.get(unit)
        return due is not None and at > due


NO_DATES: Final = Deadlines()


@dataclass(frozen=True, slots=True)
class Due:
    """A unit's date as a page says it: whole days that are left, None while it is far off."""

    at: datetime
    is_over: bool
    days_left: int | None


def due_at(dates: Mapping[str, datetime], unit: str, *, extension_days: int = 0) -> datetime | None:
    """When a unit is due for somebody with so many days more; None without a date."""
    at = dates.get(unit)
    return at + timedelta(days=extension_days) if at is not None else None


def said(at: datetime | None) -> Due | None:
    """A date as it stands now."""
    if at is None:
        return None
    left = at - clock.now()
    is_over = left <= timedelta()
    return Due(at, is_over, left.days if not is_over and left <= NEAR else None)


def deadlines_of(enrolment: Enrolment | None) -> Deadlines:
    """Those of one learner; one query."""
    return NO_DATES if enrolment is None else deadlines_of_all([enrolment])[enrolment.pk]


def deadlines_of_all(enrolments: Iterable[Enrolment]) -> dict[int, Deadlines]:
    """The same for many, by the row of the enrolment; one query. Of several cohorts the one that goes on decides, else the last."""
    found = {one.pk: one for one in enrolments}
    dates: dict[int, dict[str, datetime]] = {}
    chosen: dict[int, tuple[UUID, UUID]] = {}
    for enrolment, *uids, unit, at, days in _rows(found):
        if chosen.setdefault(enrolment, (uids[0], uids[1])) == tuple(uids) and unit is not None:
            dates.setdefault(enrolment, {})[unit] = due_at({unit: at}, unit, extension_days=days) or at
    nowhere = (None, None)
    return {
        pk: Deadlines(dates.get(pk, {}), one.state == "completed", *chosen.get(pk, nowhere))
        for pk, one in found.items()
    }


def _rows(enrolments: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """Places with the dates of their cohorts; a place without any has one row too, so that no older cohort speaks for it."""
    rows = Place.objects.filter(enrolment_id__in=list(enrolments), state__in=WITH_PLACE)
    due = ("cohort__due_dates__unit", "cohort__due_dates__due_at")
    names = ("enrolment_id", "cohort__uid", "uid", *due, "extension_days")
    return (
        rows.exclude(cohort__state="cancelled").order_by("-state", "-applied_at", "-pk").values_list(*names)
    )
