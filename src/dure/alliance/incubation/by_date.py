"""What time does to the incubation: calls end, checkpoints are reminded of and become late."""

from datetime import datetime

from django.db.models import QuerySet

from dure.alliance.incubation import dates, rules
from dure.alliance.models import IncubationBatch, StartupCheckpoint
from dure.alliance.projects.by_date import moved_each
from dure.foundation import clock
from dure.foundation.clock import on_clock


@on_clock("alliance.incubation_closes")
def close(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Calls whose last day has passed; returns how many."""
    return moved_each(IncubationBatch.objects.filter(state="open", apply_until__lt=clock.today()), "close")


@on_clock("alliance.checkpoints_remind")
def remind(now: datetime) -> int:  # noqa: ARG001 - same
    """Founders and mentors are reminded once, a week before; returns of how many checkpoints."""
    today = clock.today()
    soon = _walked().filter(reminded_at=None, due_on__gte=today, due_on__lte=today + dates.REMINDED)
    return moved_each(soon, "remind")


@on_clock("alliance.checkpoints_late")
def late(now: datetime) -> int:  # noqa: ARG001 - same
    """Checkpoints whose day has passed; returns how many became late."""
    return moved_each(_walked().filter(due_on__lt=clock.today()), "overdue")


def _walked() -> "QuerySet[StartupCheckpoint]":
    return StartupCheckpoint.objects.filter(state="planned", case__state__in=rules.INSIDE)
