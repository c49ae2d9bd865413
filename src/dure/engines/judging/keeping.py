"""A judge's report as it is kept: bounded, and of nothing but what a database takes. A judge with another one has none."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from dure.engines.judging.conversation import Verdict

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 50
"""Whoever reads the report later may stand deep in a stack, and each level takes some of it."""


def as_kept(verdict: Verdict) -> Verdict:
    """The same, or without the report where it cannot be kept: then that is the judge's fault (`long`, `malformed`)."""
    if verdict.report is None:
        return verdict
    try:
        text = json.dumps(verdict.report, allow_nan=False, ensure_ascii=False).encode()
        is_plain = not any("\0" in found for found in _texts(verdict.report))
    except (ValueError, RecursionError):
        is_plain, text = False, b""
    if len(text) > MOST_BYTES:
        return replace(verdict, report=None, judge_fault="long")
    return verdict if is_plain else replace(verdict, report=None, judge_fault="malformed")


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Every text in a value, names too. Raises ValueError for one that is nested too deeply."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _texts(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, depth + 1)
