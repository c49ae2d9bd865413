"""What time does to events: registration opens, the day before who comes is reminded, and afterwards it was held."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet

from dure.alliance.meetings import telling
from dure.alliance.models import Meeting
from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

BATCH: Final = 200
BEFORE: Final = timedelta(hours=24)


@on_clock("alliance.meetings_open")
def begin(now: datetime) -> int:
    """Registration that opens from now on; returns of how many events."""
    return _each(Meeting.objects.filter(state="announced", opens_at__lte=now, closes_at__gt=now), "open")


@on_clock("alliance.meetings_held")
def end(now: datetime) -> int:
    """What is over was held; returns how many events."""
    return _each(Meeting.objects.filter(state__in=("announced", "open"), ends_at__lte=now), "hold")


@on_clock("alliance.meetings_remind")
def remind(now: datetime) -> int:
    """Who comes is reminded once, a day before; returns of how many events."""
    soon = Meeting.objects.filter(
        state__in=("announced", "open"), reminded_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE
    )
    return sum(_reminded(pk, now) for pk in _first(soon))


@transaction.atomic
def _reminded(pk: int, now: datetime) -> bool:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=pk)
    if meeting.reminded_at is not None:
        return False
    Meeting.objects.filter(pk=pk).update(reminded_at=now)
    telling.tell_soon(meeting)
    return True


def _first(rows: "QuerySet[Any]") -> list[int]:
    return list(rows.order_by(F("pk")).values_list("pk", flat=True)[:BATCH])


def _each(rows: "QuerySet[Any]", action: str) -> int:
    return sum(_moved(pk, action) for pk in _first(rows))


@transaction.atomic
def _moved(pk: int, action: str) -> bool:
    """One of them, asked again under its lock."""
    found = Meeting.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None or not workflow.decide(found, action, by=SYSTEM, data={}):
        return False
    workflow.perform(found, action, by=SYSTEM)
    return True
