"""The part of a text that shows why it was found."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import Final

from dure.engines.text.aliases import EDGE_AFTER, EDGE_BEFORE, PATTERNS
from dure.engines.text.query import SearchQuery
from dure.engines.text.tokens import Term

MOST_SCANNED: Final = 200_000
"""Characters of a text looked through for hits."""

MOST_HITS: Final = 500
"""Hits of one term that are looked at."""

Span = tuple[int, int]


def highlight(body: str, query: SearchQuery, *, width: int = 240) -> list[tuple[str, bool]]:
    """A stretch of `body` around its hits as pieces `(text, is_hit)`, an ellipsis where text was left out.

    `body` is the text as people wrote it (case is kept). Every piece is plain text: escape it as any other.
    The pieces hold at most `width` characters besides the ellipses; without a hit they are the beginning of
    the text. Hits that overlap or touch are one piece.
    """
    composed = unicodedata.normalize("NFC", body[:MOST_SCANNED])
    spans = _spans(_folded(composed), query)
    start, end = _window(composed, spans, width)
    pieces = _pieces(composed, [span for span in spans if span[0] < end and span[1] > start], start, end)
    left_out_after = end < len(composed) or len(body) > MOST_SCANNED
    return [*([("…", False)] if start else []), *pieces, *([("…", False)] if left_out_after else [])]


def _folded(text: str) -> str:
    """Lower case of the same length, so that places in it are places in the text (İ alone would grow)."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _spans(folded: str, query: SearchQuery) -> list[Span]:
    """Where the terms stand, sorted; stretches that overlap or touch are one."""
    found = sorted(span for term in query.terms for span in _spans_of(term, folded))
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans_of(term: Term, folded: str) -> list[Span]:
    return [match.span() for match in islice(re.finditer(_pattern(term), folded), MOST_HITS)]


def _pattern(term: Term) -> str:
    if term.kind == "alias":
        return PATTERNS[term.text]
    if term.kind == "hangul":
        return re.escape(term.text)
    return EDGE_BEFORE + re.escape(term.text) + EDGE_AFTER


def _window(text: str, spans: list[Span], width: int) -> Span:
    """The stretch that holds the most hits; it begins a little before the first of them, at a word."""
    if not spans or len(text) <= width:
        return 0, min(len(text), width)
    starts = [start for start, _ in spans]
    room = width * 3 // 4
    best = max(starts, key=lambda start: bisect_right(starts, start + room) - bisect_left(starts, start))
    start = max(0, min(best - width // 4, len(text) - width))
    space = text.find(" ", start, best)
    if start and space != -1:
        start = space + 1
    return start, min(len(text), start + width)


def _pieces(text: str, spans: list[Span], start: int, end: int) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in spans:
        pieces.append((text[at : max(at, first)], False))
        pieces.append((text[max(at, first) : min(last, end)], True))
        at = min(last, end)
    pieces.append((text[at:end], False))
    return [piece for piece in pieces if piece[0]]
