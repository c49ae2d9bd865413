"""Exact search: branch and bound over teams, within a number of steps that a page can wait for."""

from dataclasses import dataclass, field
from typing import Final

from dure.engines.teams.ground import Ground
from dure.engines.teams.scoring import Score, Team, cover_of, joined, overlap_of
from dure.engines.teams.values import WHOLE

STEPS: Final = 10_000
"""So many teams are looked at; beyond that what was found until then stands, and is not called exact."""
Chances = list[list[tuple[int, ...]]]


@dataclass(slots=True)
class Search:
    """One search: `best` is what was found, `left` the steps that remain; `is_exact` once everything was looked at or ruled out."""

    on: Ground
    best: Team | None
    left: int = STEPS
    is_exact: bool = False
    known: Score | None = None
    least_missed: Chances = field(default_factory=list)

    def run(self) -> None:
        """Look everywhere, as long as there are steps."""
        self.least_missed = _least_missed(self.on)
        self.known = None if self.best is None else self.on.rank(self.best)
        self._grow(self.on.start, 0)
        self.is_exact = self.left > 0 and not self.on.is_cut

    def _grow(self, team: Team, first: int) -> None:
        if len(team) >= self._largest():
            return
        for at in range(first, len(self.on.pool)):
            if self.left <= 0 or not self._hopeful(team, at):
                return
            self.left -= 1
            larger = joined(team, self.on.pool[at])
            if self._stays_apart(larger):
                self._offer(larger)
                self._grow(larger, at + 1)

    def _offer(self, team: Team) -> None:
        if self.on.is_whole(team) and self.on.better(team, self.best):
            self.best, self.known = team, self.on.rank(team)

    def _stays_apart(self, team: Team) -> bool:
        """Whether it can still grow into one that differs from all earlier ones."""
        keys = team.keys
        return all(2 * len(keys & other) <= self.on.need.most for other in self.on.earlier)

    def _hopeful(self, team: Team, first: int) -> bool:
        """Whether any team that grows from this one by people from `first` on could be as good as the best."""
        if self.known is None:
            return True
        overlap = -overlap_of(team, self.on.need)
        sizes = range(max(len(team) + 1, self.on.need.least), self._largest() + 1)
        return any(self._bound(team, first, size, overlap) >= self.known for size in sizes)

    def _largest(self) -> int:
        """Beyond a mixed team that reaches the target, larger ones are worse."""
        known = self.known
        is_enough = known is not None and known.reached == self.on.need.goal and known.mixed
        return -known.size if known is not None and is_enough else self.on.need.most

    def _bound(self, team: Team, first: int, size: int, overlap: int) -> Score:
        """No team of this size that grows from this one scores higher: each requirement by whoever is best at it."""
        need, more = self.on.need, size - len(team)
        best = self.least_missed[first][min(more, len(self.on.pool) - first)]
        misses = [miss * chance // need.unit for miss, chance in zip(team.misses, best, strict=True)]
        cover = cover_of(misses, need)
        return Score(min(cover, need.goal), 1, -size, overlap, cover)


def _least_missed(on: Ground) -> Chances:
    """From each place on, for each number of people: the lowest probability (in parts) that so many miss each requirement."""
    unit, kinds = on.need.unit, len(on.need.requirements)
    found: Chances = []
    for first in range(len(on.pool)):
        rows = [(unit,) * kinds]
        columns = [sorted(WHOLE - one.percents[at] for one in on.pool[first:]) for at in range(kinds)]
        for more in range(min(on.need.most, len(on.pool) - first)):
            rows.append(tuple(rows[-1][at] * columns[at][more] // WHOLE for at in range(kinds)))
        found.append(rows)
    return found
