"""Reading a stranger's JSON part by part: what is not of the kind that a placement's file has is refused, with its place."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.placement.values import Ints

T = TypeVar("T")


def items(value: Any, place: str, read: Callable[[Any, str], T]) -> list[T]:
    """A list, each of its items read."""
    if not isinstance(value, list):
        raise unfit(place)
    return [read(item, place) for item in value]


def mapping(value: Any, place: str, *keys: str) -> dict[str, Any]:
    """A mapping with exactly these keys."""
    if not isinstance(value, dict) or value.keys() != set(keys):
        raise unfit(place)
    return value


def text(value: Any, place: str) -> str:
    """A text that can be shown and written as UTF-8, which a lone half of a surrogate pair cannot."""
    if not isinstance(value, str) or not value.isprintable():
        raise unfit(place)
    return value


def number(value: Any, place: str) -> int:
    """A whole number that fits into 64 bits."""
    return int(numbers([value], place)[0])


def numbers(value: Any, place: str) -> Ints:
    """A column. Types are asked before numpy sees them: one long text among numbers would make it ask for terabytes."""
    if not isinstance(value, list) or not set(map(type, value)) <= {int}:
        raise unfit(place)
    try:
        return np.array(value, np.int64)
    except OverflowError:
        raise unfit(place) from None


def within(column: Ints, low: int, below: int) -> bool:
    """Whether every number lies in [low, below)."""
    return not len(column) or low <= int(column.min()) <= int(column.max()) < below


def unfit(place: str) -> Faulty:
    """The refusal of one part."""
    return Faulty([Fault("placement_file_shape", place=place)])
