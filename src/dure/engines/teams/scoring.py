"""The score of a team, in whole numbers: compared from left to right, the higher is better, and nothing is weighed against another.

With p the probability that a member meets a requirement, members independent of each other:
cover is Π over requirements of (1 - Π over members of (1 - p)): that each is met by somebody. Overlap is Σ over requirements of
the expected number of members who meet it beyond the first: Σp - (1 - Π(1 - p)).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from dure.engines.teams.values import WHOLE, Candidate, Need


class Score(NamedTuple):
    """`reached`: cover, but no more than the target. `mixed`: 1 where two members come from different organisations.

    `size` and `overlap` are negative, since less of them is better. `cover` comes last: among teams alike in all else the surer.
    `reached`, `overlap` and `cover` are counted in parts (`Need.unit`, of which cover has one factor for each requirement).
    """

    reached: int
    mixed: int
    size: int
    overlap: int
    cover: int


@dataclass(frozen=True, slots=True)
class Team:
    """People, the probability (in parts) that nobody of them meets each requirement, and the sum of all their percents."""

    members: tuple[Candidate, ...]
    misses: tuple[int, ...]
    percents: int = 0
    is_mixed: bool = False

    def __len__(self) -> int:
        return len(self.members)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.members)


def team_of(need: Need, members: Iterable[Candidate] = ()) -> Team:
    """These people as a team. Raises ValueError for somebody who stands there twice."""
    team = Team((), (need.unit,) * len(need.requirements))
    for one in members:
        if one.key in team.keys:
            raise ValueError("nobody is in a team twice")
        team = joined(team, one)
    return team


def joined(team: Team, one: Candidate) -> Team:
    """The team with one more; every division leaves nothing over, up to the largest team of the need."""
    return Team(
        (*team.members, one),
        tuple(
            miss * (WHOLE - percent) // WHOLE for miss, percent in zip(team.misses, one.percents, strict=True)
        ),
        team.percents + sum(one.percents),
        team.is_mixed or any(_differ(one, other) for other in team.members),
    )


def score(team: Team, need: Need) -> Score:
    """What the team comes to."""
    cover = cover_of(team.misses, need)
    return Score(min(cover, need.goal), int(team.is_mixed), -len(team), -overlap_of(team, need), cover)


def cover_of(misses: Iterable[int], need: Need) -> int:
    """That each requirement is met by somebody, in parts."""
    return prod([need.unit - miss for miss in misses])


def overlap_of(team: Team, need: Need) -> int:
    """How many times a requirement is met once more than it must be, as expected, in parts."""
    met = need.unit * len(team.misses) - sum(team.misses)
    return team.percents * need.unit // WHOLE - met


def _differ(one: Candidate, other: Candidate) -> bool:
    """Both belong to organisations, and to none together."""
    return bool(one.organisations and other.organisations) and one.organisations.isdisjoint(
        other.organisations
    )
