"""What time does to cohorts: they begin on their first day and end after their last."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock
from dure.learn.models import Cohort

BATCH: Final = 200


@on_clock("learn.cohorts_by_date")
def by_date(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Begin and end the cohorts whose day has come; returns how many moved. One that a coach moved already is left alone."""
    today = clock.today()
    begun = _move("begin", state="open", starts_on__lte=today)
    return begun + _move("end", state="running", ends_on__lt=today)


def _move(action: str, **due: Any) -> int:
    rows = Cohort.objects.filter(**due).order_by("pk").values_list("pk", flat=True)
    return sum(_moved(pk, action, due) for pk in list(rows[:BATCH]))


@transaction.atomic
def _moved(pk: int, action: str, due: dict[str, Any]) -> bool:
    rows = Cohort.objects.select_for_update(skip_locked=True, of=("self",))
    cohort = rows.filter(pk=pk, **due).first()
    if cohort is None:
        return False
    workflow.perform(cohort, action, by=SYSTEM)
    return True
