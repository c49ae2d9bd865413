"""Setting when units are due, and giving a person more days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import Denied, demand
from dure.learn.cohorts import rules, telling_coached
from dure.learn.models import Cohort, DueDate, Place

MOST_DAYS: Final = 180
LATEST: Final = timedelta(days=366)
"""So long after the cohort's end a unit may be due."""


@transaction.atomic
def set_dates(*, by: Any, cohort: Cohort, dates: Mapping[str, datetime | None]) -> int:
    """Set when these units are due; None takes a date away, and units that are not named keep theirs. Returns how many changed.

    Raises Denied, and Faulty with every unit that the cohort's version lacks and every date out of its time; then nothing changes.
    """
    demand(rules.leads(by, cohort))
    before = dict(DueDate.objects.filter(cohort=cohort).values_list("unit", "due_at"))
    changed = {unit: at for unit, at in dates.items() if at != before.get(unit)}
    _check(cohort, dates, changed)
    for unit, at in changed.items():
        _set(cohort, unit, at)
    if changed:
        audit.write(by=by, action="cohort.dates", obj=cohort, detail=_as_text(changed))
        telling_coached.tell_dates(cohort, by=by)
    return len(changed)


def _check(
    cohort: Cohort, dates: Mapping[str, datetime | None], changed: Mapping[str, datetime | None]
) -> None:
    """A date that stays as it was may have been set when the cohort was at another time."""
    known = {unit.id for unit in cohort.version.taught.units}
    faults = [Fault("no_such_unit", {"unit": unit}, place=unit) for unit in dates if unit not in known]
    faults += [
        Fault("due_out_of_time", place=unit)
        for unit, at in changed.items()
        if at is not None and not in_time(cohort, at)
    ]
    if faults:
        raise Faulty(faults)


def in_time(cohort: Cohort, at: datetime) -> bool:
    """Whether something of this cohort may be due then, on a day of the platform's zone."""
    try:
        day = timezone.localtime(at, timezone.get_default_timezone()).date()
    except OverflowError:  # the first and the last day that there is have no other zone
        return False
    return cohort.starts_on <= day <= cohort.ends_on + LATEST


def _set(cohort: Cohort, unit: str, at: datetime | None) -> None:
    if at is None:
        DueDate.objects.filter(cohort=cohort, unit=unit).delete()
    else:
        DueDate.objects.update_or_create(cohort=cohort, unit=unit, defaults={"due_at": at})


def _as_text(dates: Mapping[str, datetime | None]) -> dict[str, str]:
    return {unit: at.isoformat() if at else "" for unit, at in dates.items()}


@transaction.atomic
def extend(*, by: Any, place: Place, days: int) -> Place:
    """Move every date of one person by so many days, and tell them. Raises Denied, Faulty."""
    demand(rules.leads_place(by, place))
    if not rules.takes_part(place):
        raise Denied(rules.NO_PLACE)
    if not 0 <= days <= MOST_DAYS:
        raise Faulty([Fault("too_many_days", {"limit": MOST_DAYS}, place="days")])
    if days != place.extension_days:
        place.extension_days = days
        place.save(update_fields=["extension_days"])
        audit.write(by=by, action="place.extended", obj=place, detail={"days": days})
        telling_coached.tell_extended(place, by=by)
    return place
