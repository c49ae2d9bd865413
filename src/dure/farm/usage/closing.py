"""Closing hours: each engine's accounting is read hour by hour, behind a cursor, once the hour and a grace are over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

from django.db import transaction

from dure.farm.events import UsageLine, UsageRecorded
from dure.farm.models import UsageCursor, UsageEntry
from dure.farm.usage.entering import enter
from dure.farm.usage.raw import HOUR, RawUsage, hour_of
from dure.foundation import events
from dure.people import api as people

GRACE: Final = timedelta(minutes=5)
"""How long an hour stays open after it is over, for what engines write down late."""


class Accounting(Protocol):
    """What an engine must be able to say. Called inside the transaction that closes an hour."""

    @property
    def name(self) -> str:
        """The engine's name: it stands before every source."""

    def begins(self) -> datetime | None:
        """When the first run began that is not entered; None when there is none."""

    def rows(self, since: datetime, until: datetime) -> Iterable[RawUsage]:
        """Every run that ran in this hour or whose account has changed since it was last given. Once too often is harmless."""

    def entered(self) -> None:
        """What `rows` gave last is entered."""


def close_hours(accounting: Accounting, now: datetime) -> int:
    """Enter every hour that is over; returns how many. Each hour is closed whole or not at all, so it may be killed anywhere."""
    closed = 0
    while _close_next(accounting, hour_of(now - GRACE)):
        closed += 1
    return closed


@transaction.atomic
def _close_next(accounting: Accounting, over: datetime) -> bool:
    """Close the hour after the cursor, if it ends by `over`."""
    cursor = _cursor(accounting, over)
    if cursor.until + HOUR > over:
        return False
    ends = _end_of_next(accounting, cursor.until, over)
    fresh = enter(accounting.name, accounting.rows(cursor.until, ends), since=cursor.until, until=ends)
    accounting.entered()
    events.record_all(_told(fresh, recorded=cursor.until))
    cursor.until = ends
    cursor.save(update_fields=["until"])
    return True


def _end_of_next(accounting: Accounting, until: datetime, over: datetime) -> datetime:
    """An hour later; hours in which nothing ran that is not entered are passed in one step, after a year of rest too."""
    return max(until + HOUR, hour_of(min(accounting.begins() or over, over)))


def _cursor(accounting: Accounting, over: datetime) -> UsageCursor:
    """The cursor, locked. The first time it stands before the first run."""
    rows = UsageCursor.objects.select_for_update()
    found = rows.filter(engine=accounting.name).first()
    if found is None:
        begins = hour_of(min(accounting.begins() or over, over))
        UsageCursor.objects.get_or_create(engine=accounting.name, defaults={"until": begins})
        found = rows.get(engine=accounting.name)
    return found


def _told(fresh: Iterable[UsageEntry], *, recorded: datetime) -> list[UsageRecorded]:
    """One event for each hour and consumer among new entries."""
    entries = sorted(fresh, key=lambda entry: (entry.hour, entry.consumer_id or 0))
    uids = _uids({pk for entry in entries for pk in (entry.provider_id, entry.consumer_id)})
    return [
        UsageRecorded(
            hour=hour.isoformat(),
            recorded=recorded.isoformat(),
            consumer=uids[consumer],
            lines=[_line(entry, uids) for entry in of_consumer],
        )
        for (hour, consumer), of_consumer in groupby(
            entries, key=lambda entry: (entry.hour, entry.consumer_id)
        )
    ]


def _line(entry: UsageEntry, uids: dict[int | None, str]) -> UsageLine:
    return {
        "entry": entry.pk,
        "source": entry.source,
        "revision": entry.revision,
        "provider": uids[entry.provider_id],
        "project": entry.project,
        "accelerator": entry.accelerator,
        "delivered": str(entry.delivered),
        "consumed": str(entry.consumed),
        "excused": str(entry.excused),
    }


def _uids(pks: set[int | None]) -> dict[int | None, str]:
    known = people.Organisation.objects.filter(pk__in=[pk for pk in pks if pk]).values_list("pk", "uid")
    return {None: "", **{pk: str(uid) for pk, uid in known}}
