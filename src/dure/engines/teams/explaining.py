"""Why a team is proposed, in terms that come to its score again: what each requirement gets from whom, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from dure.engines.teams.scoring import Score, Team, cover_of, team_of
from dure.engines.teams.values import WHOLE, Need, Requirement

NEEDED: Final = Fraction(1, 2)
"""A requirement that is met less likely than this counts as not covered."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A requirement with each member's percent, in the order of the members, and the chance that somebody meets it."""

    requirement: Requirement
    percents: tuple[int, ...]

    @property
    def chance(self) -> Fraction:
        return 1 - prod((Fraction(WHOLE - one, WHOLE) for one in self.percents), start=Fraction(1))

    @property
    def overlap(self) -> Fraction:
        """How many meet it beyond the first, as expected."""
        return Fraction(sum(self.percents), WHOLE) - self.chance

    @property
    def is_missing(self) -> bool:
        return self.chance < NEEDED


@dataclass(frozen=True, slots=True)
class Part:
    """What one member has to do with it: `leads` are the requirements that nobody else of the team meets more likely.

    `adds` is how much lower the cover would be without this member.
    """

    key: str
    leads: tuple[Requirement, ...]
    percents: tuple[int, ...]
    adds: Fraction


def covered(team: Team, need: Need) -> tuple[Covered, ...]:
    """One for each requirement, in the order of the need."""
    return tuple(
        Covered(requirement, tuple(one.percents[at] for one in team.members))
        for at, requirement in enumerate(need.requirements)
    )


def parts(team: Team, need: Need) -> tuple[Part, ...]:
    """One for each member, in the order of the members. Of equally likely ones the first of them leads."""
    if not team.members:
        return ()
    leaders = [one.percents.index(max(one.percents)) for one in covered(team, need)]
    return tuple(
        Part(
            one.key,
            tuple(need.requirements[at] for at, leader in enumerate(leaders) if leader == place),
            one.percents,
            _adds(team, need, place),
        )
        for place, one in enumerate(team.members)
    )


def score_of(reasons: Sequence[Covered], need: Need, *, is_mixed: bool) -> Score:
    """The score, from the reasons alone."""
    whole = need.unit ** len(need.requirements)
    cover = int(prod((one.chance for one in reasons), start=Fraction(1)) * whole)
    overlap = int(sum((one.overlap for one in reasons), start=Fraction(0)) * need.unit)
    return Score(min(cover, need.goal), int(is_mixed), -len(reasons[0].percents), -overlap, cover)


def _adds(team: Team, need: Need, place: int) -> Fraction:
    rest = team_of(need, team.members[:place] + team.members[place + 1 :])
    lost = cover_of(team.misses, need) - cover_of(rest.misses, need)
    return Fraction(lost, need.unit ** len(need.requirements))
