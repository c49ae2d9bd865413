"""Stretches of a text with a little of what stands around them, so that a person finds the place."""

from dataclasses import dataclass
from typing import Final

AROUND: Final = 48


@dataclass(frozen=True, slots=True)
class Passage:
    """`found` as it was written, between the words before and after it."""

    before: str
    found: str
    after: str


def passage(text: str, span: tuple[int, int]) -> Passage:
    """The stretch of a text with up to `AROUND` characters of its own line on either side."""
    start, end = span
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + AROUND)
    return Passage(
        before=("…" if first and text[first - 1] != "\n" else "") + text[first:start],
        found=text[start:end],
        after=text[end:last] + ("…" if last < len(text) and text[last] != "\n" else ""),
    )
