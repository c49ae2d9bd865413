"""Where a team is looked for: who is there in which order, who is in it already, and which teams it must differ from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from dure.engines.teams.scoring import Score, Team, joined, score, team_of
from dure.engines.teams.values import Candidate, Need

LARGEST_POOL: Final = 300
"""So many people are looked at, those who can do most first; with more of them no answer is called exact."""


@dataclass(frozen=True, slots=True)
class Ground:
    """`pool` are those who may join `start`; `is_cut` says that there were more than are looked at.

    `seed` draws the lots that decide between equal teams.
    """

    need: Need
    pool: tuple[Candidate, ...]
    start: Team
    earlier: tuple[frozenset[str], ...]
    seed: str
    is_cut: bool = False

    def among(self, pool: Iterable[Candidate]) -> "Ground":
        return replace(self, pool=tuple(pool))

    def lot(self, one: Candidate) -> str:
        return lot(self.seed, one)

    def rank(self, team: Team) -> Score:
        return score(team, self.need)

    def differs(self, team: Team) -> bool:
        """At most half of it stands in any one earlier team."""
        keys = team.keys
        return all(2 * len(keys & other) <= len(keys) for other in self.earlier)

    def is_whole(self, team: Team) -> bool:
        return len(team) >= self.need.least and len(team) > len(self.start) and self.differs(team)

    def better(self, team: Team, than: Team | None) -> bool:
        """By score; of equal ones by lot, the lowest of the drawn ones first."""
        if than is None:
            return True
        mine, other = self.rank(team), self.rank(than)
        return mine > other or (mine == other and self._lots(team) < self._lots(than))

    def _lots(self, team: Team) -> list[str]:
        return sorted(map(self.lot, team.members))


def lot(seed: str, one: Candidate) -> str:
    """Nobody can choose it, and anybody can draw it again."""
    return sha256(f"{seed} {one.key}".encode()).hexdigest()


def ground(
    need: Need,
    candidates: Iterable[Candidate],
    *,
    within: Sequence[Candidate],
    earlier: Sequence[frozenset[str]],
    seed: str,
) -> Ground:
    """Everybody who said yes, those who can do most first; in which order they came is of no matter."""
    start = team_of(need, sorted(within, key=lambda one: lot(seed, one)))
    free = {one.key: one for one in candidates if one.is_open and one.key not in start.keys}
    pool = sorted(free.values(), key=lambda one: (-sum(one.percents), lot(seed, one)))
    return Ground(need, tuple(pool[:LARGEST_POOL]), start, tuple(earlier), seed, len(pool) > LARGEST_POOL)


def grown(team: Team, others: Iterable[Candidate]) -> Team:
    """The team with all of these."""
    for one in others:
        team = joined(team, one)
    return team
