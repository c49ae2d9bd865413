"""Patterns of instructors, tried on answers of learners: only those that are quick on every text."""

import re
from re import _constants as codes  # type: ignore[attr-defined,unused-ignore]  # Python's own, with no public name; known where hypothesis is checked, too
from re import _parser as parser  # type: ignore[attr-defined,unused-ignore]  # same
from typing import Any, Final, Literal

MOST_OPEN: Final = 3
"""So many open repetitions side by side; on 400 characters that is some ten million steps at worst."""
_REPEATS: Final = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def fault_of(pattern: str) -> Literal["", "quiz_pattern_broken", "quiz_pattern_slow"]:
    """What is wrong with a pattern: it is none, or it repeats within a repetition, or refers back."""
    try:
        tree = parser.parse(pattern)
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return "quiz_pattern_broken"
    return "quiz_pattern_slow" if _open_ones(tree, within=False) > MOST_OPEN else ""


def _open_ones(tree: Any, *, within: bool) -> int:
    """How many open repetitions; one within another, or a reference back, counts as too many."""
    found = 0
    for code, value in tree:
        if code in _REPEATS:
            is_open = value[1] - value[0] > 1
            found += (MOST_OPEN + 1 if within else 1) if is_open else 0
            found += _open_ones(value[2], within=within or is_open)
        elif code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
            found += MOST_OPEN + 1
        else:
            found += sum(_open_ones(inner, within=within) for inner in _inner(code, value))
    return found


def _inner(code: Any, value: Any) -> list[Any]:
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is codes.ATOMIC_GROUP else []
