"""From the rows of a round to a market: choices are read by one COPY in the database's own binary form, straight into columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from dure.engines import placement
from dure.talent.models import PlacementRound, RoundSeat

COPY_CHOICES: Final = """copy (
    select entry_id, seat_id, rank, coalesce(priority, 0::smallint) from talent_roundchoice
    where seat_id in (select id from talent_roundseat where round_id = %s)
) to stdout (format binary)"""
HEADER, TRAILER = 19, 2
ROW: Final = np.dtype(
    [
        ("fields", ">i2"),
        ("entry_size", ">i4"),
        ("entry", ">i8"),
        ("seat_size", ">i4"),
        ("seat", ">i8"),
        ("rank_size", ">i4"),
        ("rank", ">i2"),
        ("priority_size", ">i4"),
        ("priority", ">i2"),
    ]
)
"""A row of two bigint and two smallint in PostgreSQL's binary COPY (documentation of COPY, "Binary Format"): no value is null."""
EVERY: Final = "*"
Entries = Sequence[tuple[int, str, str, str]]
"""Key, pseudonym, institution and region of each, by key."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The groups of one kind: their names, and for each applicant the index of its group, -1 for none."""

    names: tuple[str, ...]
    of: placement.Ints

    @classmethod
    def by(cls, kind: str, values: Iterable[str]) -> "Grouping":
        index: dict[str, int] = {}
        of = [index.setdefault(f"{kind}:{value}", len(index)) if value else -1 for value in values]
        return cls(tuple(index), np.array(of, np.int64))

    def members(self, name: str) -> placement.Ints:
        """Nobody for a group that nobody is in."""
        at = self.names.index(name) if name in self.names else len(self.names)
        return np.flatnonzero(self.of == at)

    def larger_than(self, quota: int, asking: placement.Ints) -> list[str]:
        """Groups with more than so many of those who ask: a quota means nothing to the others."""
        inside = self.of[asking]
        counts = np.bincount(inside[inside >= 0], minlength=len(self.names))
        return [self.names[at] for at in np.flatnonzero(counts > quota)]


Groupings = Mapping[str, Grouping]


def frozen(found: PlacementRound) -> placement.Frozen:
    """The round's rows in the one form that is hashed; two orders of rows give the same bytes. Raises Faulty."""
    return placement.freeze(market_of(found))


def market_of(found: PlacementRound) -> placement.Market:
    """Three queries. Applicants are pseudonyms, openings the seats' uids."""
    seats = list(found.round_seats.order_by("pk"))
    rows = found.entries.order_by("pk").values_list("pk", "pseudonym", "institution", "region")
    entries = list(rows)
    groupings = {
        "institution": Grouping.by("institution", (entry[2] for entry in entries)),
        "region": Grouping.by("region", (entry[3] for entry in entries)),
    }
    choices = _choices(found, entries, seats)
    openings = tuple(
        placement.Opening(
            key=str(seat.uid), capacity=seat.seats, limits=tuple(_limits(seat, at, choices, groupings))
        )
        for at, seat in enumerate(seats)
    )
    limited = sorted({limit.group for opening in openings for limit in opening.limits})
    return placement.Market(
        applicants=tuple(entry[1] for entry in entries),
        openings=openings,
        choices=choices,
        groups={name: groupings[_kind_of(name)].members(name) for name in limited},
    )


def _kind_of(group: str) -> str:
    return group.partition(":")[0]


def _limits(
    seat: RoundSeat, index: int, choices: placement.Choices, groupings: Groupings
) -> Iterator[placement.Limit]:
    """Named groups as they are; a star is a quota for each group of its kind without a limit of its own that could break it."""
    named = {limit["group"] for limit in seat.limits}
    for limit in seat.limits:
        if not limit["group"].endswith(EVERY):
            yield placement.Limit(group=limit["group"], reserve=limit["reserve"], quota=limit["quota"])
            continue
        asking = choices.applicant[choices.opening == index]
        larger = groupings[_kind_of(limit["group"])].larger_than(limit["quota"], asking)
        yield from (placement.Limit(group=name, quota=limit["quota"]) for name in larger if name not in named)


def _choices(found: PlacementRound, entries: Entries, seats: Iterable[RoundSeat]) -> placement.Choices:
    rows = copied(found.pk)
    people = np.array([entry[0] for entry in entries], np.int64)
    keys = np.array([seat.pk for seat in seats], np.int64)
    return placement.Choices(
        applicant=np.searchsorted(people, rows["entry"].astype(np.int64)),
        opening=np.searchsorted(keys, rows["seat"].astype(np.int64)),
        tier=rows["rank"].astype(np.int64),
        priority=rows["priority"].astype(np.int64),
    )


def copied(round_id: int) -> NDArray[Any]:
    """All choices of a round as rows of `ROW`."""
    with connection.cursor() as cursor, cursor.copy(COPY_CHOICES, [round_id]) as copy:
        content = b"".join(copy)
    return np.frombuffer(content, ROW, count=(len(content) - HEADER - TRAILER) // ROW.itemsize, offset=HEADER)
