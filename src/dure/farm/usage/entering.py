"""Raw rows become entries: what is new is written, what is known changes nothing, what differs is put right by a difference."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Sum
from django.utils import timezone

from dure.farm.models import Contribution, UsageEntry
from dure.farm.usage.raw import RawUsage, seconds_by_hour
from dure.people import api as people

log = logging.getLogger(__name__)
NONE = Decimal(0)


class Place(NamedTuple):
    """Where an amount stands: one run's, in one hour, of one kind."""

    source: str
    hour: datetime
    accelerator: str


@dataclass(frozen=True, slots=True)
class Amount:
    """What was delivered there, and how much of it is charged to nobody."""

    delivered: Decimal = NONE
    excused: Decimal = NONE

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.delivered - other.delivered, self.excused - other.excused)

    def __bool__(self) -> bool:
        return bool(self.delivered or self.excused)


@dataclass(frozen=True, slots=True)
class Known:
    """What is entered at a place already: its sum, how many entries, and whose they are."""

    amount: Amount
    entries: int
    provider_id: int | None
    consumer_id: int | None


def enter(engine: str, rows: Iterable[RawUsage], *, since: datetime, until: datetime) -> list[UsageEntry]:
    """Bring the entries of these runs up to date, for hours that end by `until`; returns what was written.

    A run that goes on is looked at from `since` on, one that is over in all of its hours: only its end says whether it is excused.
    Call it under the engine's cursor, so that no two write the same difference.
    """
    by_source = {f"{engine}:{row.run}": row for row in rows}
    known = _known(by_source)
    wanted = {
        place: amount
        for source, row in by_source.items()
        for place, amount in _wanted(source, row, since, until)
    }
    over = {place for place in known if by_source[place.source].ended is not None}
    owners = _Owners(by_source.values())
    fresh = [
        _entry(place, by_source[place.source], missing, known.get(place), owners)
        for place in sorted(wanted.keys() | over)
        if (missing := wanted.get(place, Amount()) - _amount(known.get(place)))
    ]
    return UsageEntry.objects.bulk_create(fresh, batch_size=1_000)


def _amount(known: Known | None) -> Amount:
    return known.amount if known else Amount()


def _wanted(source: str, row: RawUsage, since: datetime, until: datetime) -> Iterator[tuple[Place, Amount]]:
    begin = since if row.ended is None else None
    for hour, seconds in seconds_by_hour(row, since=begin, until=until):
        for accelerator, units in row.amounts.items():
            delivered = seconds * units
            if delivered:
                yield Place(source, hour, accelerator), Amount(delivered, delivered if row.excused else NONE)


def _known(sources: Collection[str]) -> dict[Place, Known]:
    """What stands at each place of these runs; one query."""
    places = ("source", "hour", "accelerator", "provider_id", "consumer_id")
    sums = {"sum_delivered": Sum("delivered"), "sum_excused": Sum("excused"), "entries": Count("pk")}
    found = UsageEntry.objects.filter(source__in=list(sources)).order_by().values(*places).annotate(**sums)
    return {
        Place(one["source"], one["hour"], one["accelerator"]): Known(
            Amount(one["sum_delivered"], one["sum_excused"]),
            one["entries"],
            one["provider_id"],
            one["consumer_id"],
        )
        for one in found
    }


def _entry(
    place: Place, row: RawUsage, missing: Amount, known: Known | None, owners: "_Owners"
) -> UsageEntry:
    """A correction stands with whom the entry it corrects stands with."""
    return UsageEntry(
        source=place.source,
        hour=place.hour,
        accelerator=place.accelerator,
        revision=known.entries if known else 0,
        provider_id=known.provider_id if known else owners.provider_of(row, place.hour),
        consumer_id=known.consumer_id if known else owners.consumer_of(row),
        project=row.account.project,
        delivered=missing.delivered,
        consumed=missing.delivered - missing.excused,
        excused=missing.excused,
    )


class _Owners:
    """Whose the jobs and the machines are, read once for all rows."""

    def __init__(self, rows: Collection[RawUsage]) -> None:
        uids = {row.account.organisation for row in rows if row.account.organisation}
        self._ids: Mapping[Any, int] = dict(
            people.Organisation.objects.filter(uid__in=uids).values_list("uid", "pk")
        )
        self._unknown: set[UUID] = uids - self._ids.keys()
        if self._unknown:
            log.error("usage of unknown organisations is entered as the platform's: %s", self._unknown)

        given = Contribution.objects.filter(node_name__in={row.node for row in rows}).exclude(
            accepted_at=None
        )
        self._given = list(given.order_by("-id"))

    def consumer_of(self, row: RawUsage) -> int | None:
        return self._ids.get(row.account.organisation)

    def provider_of(self, row: RawUsage, hour: datetime) -> int | None:
        """Who gave the machine to the farm on the day of that hour; None where it is the platform's own."""
        day = timezone.localtime(hour, timezone.get_default_timezone()).date()
        for one in self._given:
            lasts = one.ends_on is None or day <= one.ends_on
            if one.node_name == row.node and one.starts_on <= day and lasts:
                return one.organisation_id
        return None
