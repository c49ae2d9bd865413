"""Reads a text for what the law forbids to ask, prefer or publish."""

from collections.abc import Iterator
from typing import Final

from dure.engines.hiring.identifiers import identifiers
from dure.engines.hiring.rules import Rule, packaged_rules
from dure.engines.hiring.values import HiringWarning, Side
from dure.engines.text import around, fold

MOST_READ: Final = 20_000
"""Characters of a text that are read."""

_NEAR: Final = 14
"""Letters on either side in which data or subjects of a study make a harmless place."""


def checked_text(text: str, *, side: Side) -> list[HiringWarning]:
    """Every stretch of the text that calls for a warning, in the order of the text; of one kind none overlap.

    `opening`: what may not be asked or preferred. `applicant`: what may not be kept of a person, though they wrote it themselves.
    Spans are places in the text as it was written.
    """
    folded = fold(text[:MOST_READ])
    found = [*_broken(folded.text, side), *identifiers(folded.text)]
    kept = _without_overlaps(sorted(found, key=lambda one: (one.span[0], -one.span[1])))
    return [HiringWarning(one.kind, folded.span(*one.span), one.law) for one in kept]


def _broken(text: str, side: Side) -> Iterator[HiringWarning]:
    for rule in packaged_rules().rules:
        if side in rule.sides:
            for match in rule.pattern.finditer(text):
                if not _is_harmless(rule, text, match.span()):
                    yield HiringWarning(rule.kind, match.span(), rule.law)


def _is_harmless(rule: Rule, text: str, span: tuple[int, int]) -> bool:
    if rule.force == "plain":
        return False
    sentence_start, sentence_end = around(text, span)
    before = text[max(sentence_start, span[0] - _NEAR) : span[0]]
    after = text[span[1] : min(sentence_end, span[1] + _NEAR)]
    known = packaged_rules()
    if known.subjects.search(before) or known.subjects.search(after) or known.material.search(after):
        return True
    denied = rule.force == "mention" and known.denial.search(text, sentence_start, sentence_end)
    return rule.force == "mention" and bool(denied or known.material.search(before))


def _without_overlaps(found: list[HiringWarning]) -> list[HiringWarning]:
    reached: dict[str, int] = {}
    kept: list[HiringWarning] = []
    for one in found:
        if one.span[0] >= reached.get(one.kind, 0):
            kept.append(one)
            reached[one.kind] = one.span[1]
    return kept
