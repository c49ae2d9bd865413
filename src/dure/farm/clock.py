"""What time does on the farm. Each duty may run twice: what is done already is not due any more."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from dure.farm import expiry
from dure.farm.actions import allocations, emptying, site_silence, site_tasks
from dure.farm.labs import idle, leaving
from dure.farm.models import Allocation, Contribution
from dure.farm.usage.closing import close_hours
from dure.farm.usage.of_runs import LocalAccounting
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

BATCH: Final = 200


@on_clock("farm.usage")
def close_usage_hours(now: datetime) -> int:
    """Enter the usage of every hour that is over; returns how many hours."""
    return close_hours(LocalAccounting(), now)


@on_clock("farm.old_outputs")
def forget_old_outputs(now: datetime) -> int:
    """Take away logs and files of jobs that ended a month ago; returns of how many."""
    return emptying.forget_old(now)


@on_clock("farm.labs")
def close_idle_labs(now: datetime) -> int:
    """Warn of and close labs that nobody uses; returns how many."""
    return idle.settle(now)


@on_clock("farm.labs_left")
def end_labs_left(now: datetime) -> int:  # noqa: ARG001 - what is true today decides
    """End labs of who may not work in one any more, and remove what deleted accounts left; returns how many."""
    return leaving.end_left() + leaving.remove_left()


@on_clock("farm.sites")
def end_silent_sites(now: datetime) -> int:
    """End tasks that a site has not answered for a week; returns how many."""
    return site_tasks.end_silent(now)


@on_clock("farm.silent_sites")
def tell_of_silent_sites(now: datetime) -> int:
    """Tell of sites that nothing has been heard from for hours; returns how many."""
    return site_silence.tell(now)


@on_clock("farm.allocations")
def settle_allocations(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Begin, warn of, extend and end granted hours whose day has come; returns how many were looked after."""
    return sum(_settle(pk) for pk in list(_due().values_list("pk", flat=True)[:BATCH]))


def _due() -> "QuerySet[Allocation]":
    today = clock.today()
    soon = today + timedelta(days=expiry.WARNED_BEFORE[-1])
    moves = (
        Q(ends_on__lt=today)
        | Q(state="approved", starts_on__lte=today)
        | Q(state="active", ends_on__lte=soon)
        | Q(state="expiring", ends_on__gt=soon)
    )
    warnings = Q(state="expiring", warned_days=None)
    for days in expiry.WARNED_BEFORE:
        warnings |= Q(state="expiring", ends_on__lte=today + timedelta(days=days), warned_days__gt=days)
    granted = Allocation.objects.filter(state__in=Allocation.workflow.tagged("granted"))
    return granted.filter(moves | warnings).order_by("id")


@transaction.atomic
def _settle(pk: int) -> bool:
    found = Allocation.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if found is None:
        return False
    allocations.settle(found)
    return True


@on_clock("farm.contributions")
def end_contributions(now: datetime) -> int:  # noqa: ARG001 - same
    """Take machines out of the farm whose last day is over; returns how many."""
    over = Contribution.objects.filter(state="accepted", ends_on__lt=clock.today()).order_by("id")
    return sum(_run_out(pk) for pk in list(over.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _run_out(pk: int) -> bool:
    rows = Contribution.objects.select_for_update(skip_locked=True, of=("self",))
    found = rows.filter(pk=pk, state="accepted").first()
    if found is None:
        return False
    workflow.perform(found, "run_out", by=SYSTEM)
    return True
