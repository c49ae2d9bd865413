"""Greedy and exchange: whoever helps most joins, one after another; then members are swapped, dropped and added while that helps.

It is where the exact search starts from, and what stands where that one runs out of steps. The team found cannot be bettered by any
single such change; a better one that differs by more may exist.
"""

from collections.abc import Iterable, Iterator

from dure.engines.teams.ground import Ground, grown
from dure.engines.teams.scoring import Team, joined


def exchanged(on: Ground) -> Team | None:
    """A good team, or None where the pool has none."""
    team = _greedy(on)
    while team is not None and (better := _best(on, _changes(on, team), than=team)) is not None:
        team = better
    return team


def _greedy(on: Ground) -> Team | None:
    team, best = on.start, None
    while len(team) < on.need.most:
        larger = _best(on, (one for one in _larger(on, team) if on.differs(one)))
        if larger is None:
            return best
        team = larger
        if on.is_whole(team) and on.better(team, best):
            best = team
    return best


def _best(on: Ground, teams: Iterable[Team], *, than: Team | None = None) -> Team | None:
    """The best of these, if it is better than what there is."""
    best = than
    for team in teams:
        if on.better(team, best):
            best = team
    return None if best is than else best


def _changes(on: Ground, team: Team) -> Iterator[Team]:
    """One member more, one fewer, or another one in a member's place."""
    fewer = [_without(on, team, at) for at in range(len(on.start), len(team))]
    more = _larger(on, team) if len(team) < on.need.most else ()
    swapped = (one for smaller in fewer for one in _larger(on, smaller))
    for one in (*fewer, *more, *swapped):
        if on.is_whole(one):
            yield one


def _larger(on: Ground, team: Team) -> Iterator[Team]:
    keys = team.keys
    return (joined(team, one) for one in on.pool if one.key not in keys)


def _without(on: Ground, team: Team, at: int) -> Team:
    """Who was there from the start stays."""
    kept = team.members[len(on.start) : at] + team.members[at + 1 :]
    return grown(on.start, kept)
