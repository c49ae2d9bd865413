"""Quarters as rows: each comes into being when something is first posted in it."""

from datetime import date, datetime

from django.utils import timezone

from dure.alliance.models import LedgerPeriod
from dure.engines import ledger as engine


def day_of(moment: datetime) -> date:
    """The day of a moment where the platform is."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def period_of(moment: datetime) -> LedgerPeriod:
    """The quarter that a moment lies in, open or closed."""
    return _period(engine.quarter_of(day_of(moment)))


def is_closed(day: date) -> bool:
    """Whether the quarter of a day is closed, or a later one is: then the day's own was closed with nothing in it."""
    starts_on = engine.quarter_of(day).starts_on
    return LedgerPeriod.objects.filter(starts_on__gte=starts_on, state="closed").exists()


def open_period_from(moment: datetime) -> LedgerPeriod:
    """The first quarter from this moment on that is open: what sources tell late counts there."""
    quarter = engine.quarter_of(day_of(moment))
    closed = LedgerPeriod.objects.filter(starts_on__gte=quarter.starts_on, state="closed")
    last = closed.order_by("-starts_on").first()
    return _period(quarter if last is None else last.quarter.next)


def _period(quarter: engine.Quarter) -> LedgerPeriod:
    """Its row; of two who need it first, one makes it."""
    return LedgerPeriod.objects.get_or_create(starts_on=quarter.starts_on)[0]
