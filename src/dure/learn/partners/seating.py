"""Whose seat a person takes in a partner's course: as in cohorts, a reserved one before one that anybody may have."""

from typing import Any, Final

from dure.learn.cohorts import seating

GIVEN: Final = ("given",)


def with_taken(blocks: Any) -> Any:
    """Blocks with how many of their seats are taken (`taken`) and free (`free`)."""
    return seating.with_taken(blocks, states=GIVEN)


def free_in(course: Any) -> list[seating.Free]:
    """The blocks of a course with what is free in each; one query."""
    return seating.blocks_of(course, states=GIVEN)


def seat_for(place: Any) -> int | None:
    """The block with a free seat for this place, or None. One query."""
    return seating.choose(free_in(place.course), place.organisation_id)
