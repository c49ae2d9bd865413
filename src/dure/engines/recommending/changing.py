"""The smallest change that would alter the order: one new fact about one skill, tried out for every one of them.

Nothing is estimated: each new fact goes through `evidence.posterior` with all that is there, and both scores are computed anew,
since the two may ask for the same skill.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Final

from dure.engines.evidence import NOISE, Fact, Kind, Posterior, posterior
from dure.engines.recommending.score import score
from dure.engines.recommending.values import Opening, Seeker
from dure.engines.skills import LEVELS

OFFERED: Final = (Kind.LAB, Kind.CREDENTIAL, Kind.ENDORSEMENT)
"""What a person can set out to get, the least first. A place on a board depends on the others there, so it is no plan."""
Facts = Mapping[str, Sequence[Fact]]
"""A person's facts by skill: those that their posteriors come from."""


@dataclass(frozen=True, slots=True)
class Change:
    """One more fact of this kind at this level; `score` is what the pair that it lifts then has."""

    skill: str
    kind: Kind
    level: int
    score: float


def change_of_openings(
    seeker: Seeker, facts: Facts, *, lower: Opening, upper: Opening, today: date
) -> Change | None:
    """What would put `lower` above `upper` for this person; None where no single fact does.

    The smallest has the lowest level; then the kind that stands first in `OFFERED`, then the skill that `lower` names first.
    """

    def lifted(changed: Seeker) -> float | None:
        here, there = score(changed, lower), score(changed, upper)
        first = (-here, lower.closes, lower.key) < (-there, upper.closes, upper.key)
        return here if first else None

    return _smallest(seeker, facts, _skills(lower), today, lifted)


def change_of_seekers(
    lower: Seeker, facts: Facts, *, upper: Seeker, opening: Opening, today: date
) -> Change | None:
    """What would put the person `lower`, whose facts these are, above `upper` for an opening; the smallest as above."""
    there = score(upper, opening)

    def lifted(changed: Seeker) -> float | None:
        here = score(changed, opening)
        return here if (-here, lower.key) < (-there, upper.key) else None

    return _smallest(lower, facts, _skills(opening), today, lifted)


def _smallest(
    seeker: Seeker, facts: Facts, skills: Iterable[str], today: date, lifted: Callable[[Seeker], float | None]
) -> Change | None:
    for level, kind, skill in product(LEVELS, OFFERED, skills):
        if level > NOISE[kind].most:
            continue
        reached = lifted(_with(seeker, skill, _after(facts.get(skill, ()), kind, level, today)))
        if reached is not None:
            return Change(skill, kind, level, reached)
    return None


def _skills(opening: Opening) -> list[str]:
    return [wanted.skill for wanted in opening.requirements]


def _after(facts: Sequence[Fact], kind: Kind, level: int, today: date) -> Posterior:
    """With one more fact of today, which shares its origin with no other."""
    key = "a new one" + "".join(fact.origin for fact in facts)
    return posterior([*facts, Fact(key=key, kind=kind, level=level, on=today, origin=key)], today)


def _with(seeker: Seeker, skill: str, changed: Posterior) -> Seeker:
    return replace(seeker, skills={**seeker.skills, skill: changed})
