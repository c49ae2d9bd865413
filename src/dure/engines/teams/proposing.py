"""A few teams for a need, each the best of those that differ enough from the ones before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dure.engines.teams import pruning
from dure.engines.teams.exchanging import exchanged
from dure.engines.teams.ground import Ground, ground
from dure.engines.teams.scoring import Score, Team
from dure.engines.teams.searching import STEPS, Search
from dure.engines.teams.values import Candidate, Need

MOST_PROPOSALS: Final = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A team with its score. `is_exact`: no other scores higher; else it was found by exchange and a better one may exist."""

    team: Team
    score: Score
    is_exact: bool


def propose(
    need: Need,
    candidates: Iterable[Candidate],
    *,
    seed: str,
    within: Sequence[Candidate] = (),
    count: int = MOST_PROPOSALS,
    steps: int = STEPS,
) -> list[Proposal]:
    """Up to `count` teams, the best first; at most half of each stands in any one before it.

    `within` are in each of them already: the people of a team that has a place free. Then at least one other joins.
    """
    everybody = list(candidates)
    found: list[Proposal] = []
    for number in range(count):
        earlier = [one.team.keys for one in found]
        on = ground(need, everybody, within=within, earlier=earlier, seed=seed)
        best = _best(on, spare=(number + 1) * need.most, steps=steps)
        if best is None:
            return found
        found.append(best)
    return found


def _best(on: Ground, *, spare: int, steps: int) -> Proposal | None:
    """Below the target the strong are enough; from there on whoever overlaps less counts too, and everybody is looked at."""
    best = exchanged(on)
    if best is None or on.rank(best).reached < on.need.goal:
        few = Search(pruning.strong(on, spare), best, steps)
        few.run()
        best = few.best
        if best is None:
            return None
        if few.is_exact and on.rank(best).reached < on.need.goal:
            return Proposal(best, on.rank(best), is_exact=True)
    every = Search(pruning.unlike(on, spare), best, steps)
    every.run()
    team = every.best or best
    return Proposal(team, on.rank(team), is_exact=every.is_exact)
