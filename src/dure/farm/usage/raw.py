"""What an engine accounts for, as values, and its cut into hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from dure.farm.jobs import Account

HOUR: Final = timedelta(hours=1)
CORES: Final = ""
"""The kind of what is no accelerator."""
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUsage:
    """One try of a job on one machine, as its engine accounts for it. A run on several machines is a row for each.

    `run` names it within the engine for ever (job uid, attempt, and the machine where there are several); an engine's own number
    may come again and is no name. `amounts` are units by kind: `CORES` and keys of the catalogue. `ended` is None while it runs.
    """

    run: str
    node: str
    account: Account
    amounts: Mapping[str, int]
    started: datetime
    ended: datetime | None = None
    excused: bool = False


def hour_of(moment: datetime) -> datetime:
    """The full hour that a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def seconds_by_hour(
    row: RawUsage, *, since: datetime | None, until: datetime
) -> Iterator[tuple[datetime, Decimal]]:
    """How long a run lasted within each full hour from `since` (its start, without one) up to `until`: exact to the microsecond."""
    first = hour_of(row.started) if since is None else max(hour_of(row.started), since)
    last = until if row.ended is None else min(row.ended, until)
    while first < last:
        begins, ends = max(first, row.started), min(first + HOUR, last)
        if ends > begins:
            yield first, exact_seconds(ends - begins)
        first += HOUR


def exact_seconds(span: timedelta) -> Decimal:
    """A span in seconds, without the rounding of a float."""
    return Decimal(span // _TICK).scaleb(-6)
