"""Counts of answers that tell of nobody in particular. Values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
"""No count that is shown is smaller, and none changes by less."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`counts` by answer, the largest first, each at least `LEAST`; `others` are all other answers together, 0 or as many."""

    counts: Mapping[str, int]
    others: int

    @property
    def answers(self) -> int:
        return sum(self.counts.values()) + self.others


def shown(answers: Sequence[str]) -> Shown | None:
    """Of answers in the order in which they came, what may be shown; None while there are too few.

    Only whole groups of `LEAST` are counted, so that the picture of yesterday and that of today never differ by one person. Answers
    that few gave are counted together; where even these are few, the rarest of the others joins them.
    """
    whole = answers[: len(answers) // LEAST * LEAST]
    if not whole:
        return None
    counts = {answer: whole.count(answer) for answer in sorted(set(whole))}
    ordered = sorted(counts, key=lambda answer: -counts[answer])
    alone = [answer for answer in ordered if counts[answer] >= LEAST]
    others = len(whole) - sum(counts[answer] for answer in alone)
    while 0 < others < LEAST and alone:
        others += counts[alone.pop()]
    return Shown({answer: counts[answer] for answer in alone}, others)
