"""What time does to stays: they end, reports fall due, and a year later people are asked where they are."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock
from dure.talent.intakes import telling
from dure.talent.models import MonthlyReport, Stay

BATCH: Final = 200
GRACE: Final = timedelta(days=3)
"""So long after a month its report is asked for."""
ASKED_WITHIN: Final = timedelta(days=60)


@on_clock("talent.stays_end")
def end(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Stays whose last day has passed are over; returns how many."""
    due = Stay.objects.filter(state="away", ends_on__lt=clock.today()).order_by("pk")
    return sum(_ended(pk) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _ended(pk: int) -> bool:
    rows = Stay.objects.select_for_update(skip_locked=True, of=("self",))
    stay = rows.filter(pk=pk, state="away", ends_on__lt=clock.today()).first()
    if stay is None:
        return False
    workflow.perform(stay, "end_by_date", by=SYSTEM)
    return True


@on_clock("talent.stay_reports")
def ask_for_reports(now: datetime) -> int:  # noqa: ARG001 - same
    """Ask the sides that have not reported the past month, once for each month; returns for how many stays."""
    first = (clock.today() - GRACE).replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    rows = Stay.objects.filter(state="away", starts_on__lt=first).exclude(reports_asked_for__gte=month)
    return sum(_asked(pk, month) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _asked(pk: int, month: date) -> bool:
    stay = _locked(pk)
    if stay is None or (stay.reports_asked_for is not None and stay.reports_asked_for >= month):
        return False
    written = set(stay.reports.filter(month=month).values_list("side", flat=True))
    Stay.objects.filter(pk=pk).update(reports_asked_for=month)
    if MonthlyReport.Side.PARTICIPANT not in written:
        telling.tell_stay(telling.REPORT_DUE, stay)
    if MonthlyReport.Side.HOST not in written:
        telling.tell_supervisor(telling.REPORT_DUE, stay)
    return len(written) < len(MonthlyReport.Side)


@on_clock("talent.stays_later")
def ask_later(now: datetime) -> int:
    """Ask where people are a year later, once, and not when that day is long past; returns how many were asked."""
    rows = Stay.objects.filter(state="completed", told_later_at=None, asked_later_at__lte=now)
    fresh = rows.filter(asked_later_at__gt=now - ASKED_WITHIN, person__is_active=True).order_by("pk")
    return sum(_asked_later(pk, now) for pk in list(fresh.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _asked_later(pk: int, now: datetime) -> bool:
    stay = _locked(pk)
    if stay is None or stay.told_later_at is not None:
        return False
    Stay.objects.filter(pk=pk).update(told_later_at=now)
    telling.tell_stay(telling.LATER, stay)
    return True


def _locked(pk: int) -> Stay | None:
    rows = Stay.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("intake", "person", "supervisor").filter(pk=pk).first()
