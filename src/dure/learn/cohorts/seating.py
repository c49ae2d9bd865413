"""Whose seat a person takes: one that is reserved for their organisation before one that anybody may have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q

from dure.learn.cohorts.visibility import WITH_PLACE


@dataclass(frozen=True, slots=True)
class Free:
    """A block of seats: its key, the organisation it is reserved for (None: anybody), and how many of the `offered` are free."""

    block: int
    reserved_for: int | None
    free: int
    offered: int = 0


def choose(blocks: Iterable[Free], organisation: int | None) -> int | None:
    """The block whose seat somebody of `organisation` takes, or None: reserved ones first, then the open ones, oldest first.

    A seat that is reserved for an organisation is never given to somebody else.
    """
    free = [one for one in blocks if one.free > 0]
    reserved = (one.block for one in free if organisation is not None and one.reserved_for == organisation)
    unreserved = (one.block for one in free if one.reserved_for is None)
    return next(reserved, None) or next(unreserved, None)


def with_taken(blocks: Any, *, states: Sequence[str] = WITH_PLACE) -> Any:
    """Blocks with how many of their seats are taken (`taken`), by places in these states, and free (`free`)."""
    taken = Count("places", filter=Q(places__state__in=states))
    return blocks.annotate(taken=taken).annotate(free=F("seats") - F("returned") - F("taken"))


def blocks_of(given_in: Any, *, states: Sequence[str] = WITH_PLACE) -> list[Free]:
    """The blocks of a cohort (or whatever else has `blocks` of seats), oldest first. One query."""
    rows = (
        with_taken(given_in.blocks, states=states).annotate(offered=F("seats") - F("returned")).order_by("pk")
    )
    return [Free(*row) for row in rows.values_list("pk", "reserved_for_id", "free", "offered")]


def without_one(blocks: Iterable[Free], block: int) -> list[Free]:
    """The same after a seat of `block` was taken."""
    return [replace(one, free=one.free - 1) if one.block == block else one for one in blocks]


def seat_for(place: Any) -> int | None:
    """The block with a free seat for this place, or None. One query."""
    return choose(blocks_of(place.cohort), place.organisation_id)


def offered(cohort: Any) -> int:
    """How many seats the cohort has. One query."""
    return sum(seats - returned for seats, returned in cohort.blocks.values_list("seats", "returned"))
