"""Comparing what a stranger's program gave with what is right: by type as well as by value.

`True` is no number, `nan` is near nothing, and an object that says yes to everything never gets as far as here.
"""

from __future__ import annotations

# Importing typing takes longer than all that is done here; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def is_number(value: Any, expected: float, tolerance: float = 1e-9) -> bool:
    """Whether the value is a finite number within `tolerance` of the expected one; True is no number."""
    if type(value) not in (int, float) or not abs(value) <= HUGE:
        return False
    return bool(abs(value - expected) <= tolerance)


HUGE = 1e300  # beyond it a whole number of any length would not become a float


def is_list(value: Any, expected: Sequence[Any], tolerance: float = 1e-9) -> bool:
    """Whether the value is a list with the expected items in their order, at any depth."""
    if type(value) is not list or len(value) != len(expected):
        return False
    return all(is_same(one, other, tolerance) for one, other in zip(value, expected, strict=True))


def is_table(value: Any, expected: Mapping[Any, Any], tolerance: float = 1e-9) -> bool:
    """Whether the value has exactly the expected columns (or keys), each with the expected items."""
    named = {str(key): one for key, one in expected.items()}
    if type(value) is not dict or set(value) != set(named):
        return False
    return all(is_same(value[key], one, tolerance) for key, one in named.items())


def is_same(value: Any, expected: Any, tolerance: float = 1e-9) -> bool:
    """The comparator that suits the expected value."""
    if isinstance(expected, dict):
        return is_table(value, expected, tolerance)
    if isinstance(expected, (list, tuple)):
        return is_list(value, expected, tolerance)
    if type(expected) in (int, float):
        return is_number(value, expected, tolerance)
    return type(value) is type(expected) and bool(value == expected)
