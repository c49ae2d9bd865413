"""The best for one side, one pair after the other: the definition that `board` and `pool` are held to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest

from dure.engines.recommending.constraints import refusals
from dure.engines.recommending.score import score
from dure.engines.recommending.values import Opening, Seeker


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The key of an opening or a person, and the score that placed it."""

    key: str
    score: float


def openings_for(
    seeker: Seeker, openings: Iterable[Opening], *, now: datetime, most: int = 10
) -> list[Suggestion]:
    """The best openings for a person. Of equal ones that which closes first, then the lower key."""
    fitting = [(score(seeker, one), one) for one in openings if not refusals(seeker, one, now)]
    best = nsmallest(most, fitting, key=lambda pair: (-pair[0], pair[1].closes, pair[1].key))
    return [Suggestion(one.key, reached) for reached, one in best]


def seekers_for(
    opening: Opening, seekers: Iterable[Seeker], *, now: datetime, most: int = 10
) -> list[Suggestion]:
    """The best people for an opening. Of equal ones the lower key: keys drawn by lot keep age in the house from being a merit."""
    fitting = [(score(one, opening), one.key) for one in seekers if not refusals(one, opening, now)]
    best = nsmallest(most, fitting, key=lambda pair: (-pair[0], pair[1]))
    return [Suggestion(key, reached) for reached, key in best]
