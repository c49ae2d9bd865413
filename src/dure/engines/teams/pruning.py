"""People who need not be looked at because enough others of the same organisations are as good.

`spare` others are enough: however many of them stand in earlier teams and in the one at hand, one is free to take the place, and
the team is none the worse for it.
"""

from collections.abc import Callable, Sequence

from dure.engines.teams.ground import Ground
from dure.engines.teams.values import Candidate

As = Callable[[Candidate, Candidate], bool]


def strong(on: Ground, spare: int) -> Ground:
    """Without those who are nowhere better than `spare` others. Exact for teams below the target: there more is always better."""
    return _without(on, spare, _as_good)


def unlike(on: Ground, spare: int) -> Ground:
    """Without those who are exactly as `spare` others. Exact for every team."""
    return _without(on, spare, _the_same)


def _without(on: Ground, spare: int, as_good: As) -> Ground:
    """The pool is ordered by what people can do and then by lot, so that whoever is as good stands before."""
    kept: list[Candidate] = []
    for at, one in enumerate(on.pool):
        if not _enough(on.pool[:at], one, spare, as_good):
            kept.append(one)
    return on.among(kept)


def _enough(before: Sequence[Candidate], one: Candidate, spare: int, as_good: As) -> bool:
    found = 0
    for other in before:
        found += other.organisations == one.organisations and as_good(other, one)
        if found >= spare:
            return True
    return False


def _as_good(other: Candidate, one: Candidate) -> bool:
    return all(a >= b for a, b in zip(other.percents, one.percents, strict=True))


def _the_same(other: Candidate, one: Candidate) -> bool:
    return other.percents == one.percents
