"""What a new opening of each kind begins with, and whether it was filled in."""

import re
from functools import cache
from typing import Any, Final

from dure.engines import openings as engine

_TO_FILL: Final = re.compile(r"\[[^\[\]]+\]")


def begun(kind: str) -> dict[str, Any]:
    """The template of a kind, as the form of an opening shows it. Raises KeyError for a kind that is none."""
    template = engine.templates()[kind]  # type: ignore[index]  # a KeyError is what the caller is promised
    texts = {
        f"{name}_{code}": getattr(getattr(template, name), code)
        for name in ("title", "text", "accessibility")
        for code in ("ko", "en")
    }
    steps = [{"ko": step.ko, "en": step.en} for step in template.steps]
    return texts | {
        "remote": template.remote,
        "weekly_hours": template.weekly_hours,
        "steps": steps,
        "seats": 1,
    }


def is_unfilled(text: str) -> bool:
    """Whether what a template left to be filled in still stands in a text."""
    return any(mark in _left_to_fill() for mark in _TO_FILL.findall(text))


@cache
def _left_to_fill() -> frozenset[str]:
    texts = (
        text
        for one in engine.templates().values()
        for words in (one.title, one.text)
        for text in (words.ko, words.en)
    )
    return frozenset(mark for text in texts for mark in _TO_FILL.findall(text))
