"""Reads a text for what the law forbids to ask, prefer or publish."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dure.engines.hiring.identifiers import identifiers
from dure.engines.hiring.rules import Rule, packaged_rules
from dure.engines.hiring.values import HiringWarning, Side
from dure.engines.text import around, fold

MOST_READ: Final = 20_000
"""Characters of a text that are read."""

_NEAR: Final = 14
"""Letters on either side in which data or subjects of a study make a harmless place."""
_SOON: Final = 12
"""Letters behind a place in which a word of asking or preferring belongs to it; before it, `_NEAR`."""
_MARKS: Final = " \t\r-*·•.!"


def checked_text(text: str, *, side: Side) -> list[HiringWarning]:
    """Every stretch of the text that calls for a warning, in the order of the text; of one kind none overlap.

    `opening`: what may not be asked or preferred. `applicant`: what may not be kept of a person, though they wrote it themselves.
    Spans are places in the text as it was written.
    """
    folded = fold(text[:MOST_READ])
    found = [*_broken(folded.text, side), *identifiers(folded.text)]
    kept = _without_overlaps(sorted(found, key=lambda one: (one.span[0], -one.span[1])))
    return [replace(one, span=folded.span(*one.span)) for one in kept]


def _broken(text: str, side: Side) -> Iterator[HiringWarning]:
    for rule in packaged_rules().rules:
        if side in rule.sides:
            for match in rule.pattern.finditer(text):
                if not _is_harmless(rule, text, match.span()):
                    is_doubtful = _is_doubtful(rule, text, match.span())
                    yield HiringWarning(rule.kind, match.span(), rule.law, is_doubtful)


def _is_doubtful(rule: Rule, text: str, span: tuple[int, int]) -> bool:
    """Whether the words may mean something else than that somebody asks for this, or wants such people."""
    if rule.doubt in ("never", "always"):
        return rule.doubt == "always"
    known, (start, end) = packaged_rules(), around(text, span)
    if _is_item(text[start : span[0]], text[span[1] : end]):
        return False
    near = (max(start, span[0] - _NEAR), min(end, span[1] + _SOON))
    asked = known.asking.search(text, *near)
    return not (asked or (rule.doubt == "unpreferred" and known.preferring.search(text, *near)))


def _is_item(before: str, after: str) -> bool:
    """An item that says nothing else, as in forms and lists of conditions, or that goes on with a colon."""
    before, after = before.rpartition(",")[2].strip(_MARKS), after.partition(",")[0].strip(_MARKS)
    return not before and (not after or after.startswith(":"))


def _is_harmless(rule: Rule, text: str, span: tuple[int, int]) -> bool:
    if rule.force == "plain":
        return False
    start, end = around(text, span)
    before = text[max(start, span[0] - _NEAR) : span[0]]
    after = text[span[1] : min(end, span[1] + _NEAR)]
    known = packaged_rules()
    if known.subjects.search(before) or known.subjects.search(after) or known.material.search(after):
        return True
    denied = rule.force == "mention" and known.denial.search(text, start, end)
    return rule.force == "mention" and bool(denied or known.material.search(before))


def _without_overlaps(found: list[HiringWarning]) -> list[HiringWarning]:
    """Of one kind the first where several meet, without a doubt where one of them leaves none."""
    kept: dict[str, list[HiringWarning]] = {}
    for one in found:
        same = kept.setdefault(one.kind, [])
        if not same or one.span[0] >= same[-1].span[1]:
            same.append(one)
        elif not one.is_doubtful:
            same[-1] = replace(same[-1], is_doubtful=False)
    return sorted((one for same in kept.values() for one in same), key=lambda one: one.span[0])
