"""Dividing people into teams: sizes that differ by one at most, organisations mixed, progress balanced. Values in, values out."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be put into a team: their key, their organisation's (None without), and how far they are, in percent."""

    key: int
    organisation: int | None
    progress: float


def divide(people: Iterable[Candidate], *, size: int, seed: int) -> list[list[int]]:
    """Keys by team, as few teams as hold all with `size` people each at most.

    Of one organisation no team has two more than another. Within that, whoever is furthest goes where least is so far. The same
    people and seed give the same teams; another seed gives others among equals.
    """
    given = sorted(people, key=lambda one: _drawn(seed, one.key))
    teams = [_Team() for _ in range(-(-len(given) // size))]
    place = 0
    for group in _by_organisation(given):
        for start in range(0, len(group), len(teams)):
            some = group[start : start + len(teams)]
            _deal(some, [teams[(place + at) % len(teams)] for at in range(len(some))])
            place += len(some)
    return [team.keys for team in teams]


class _Team:
    def __init__(self) -> None:
        self.keys: list[int] = []
        self.progress = 0.0


def _deal(some: Sequence[Candidate], teams: Sequence[_Team]) -> None:
    """One to each of these teams."""
    furthest = sorted(some, key=lambda one: -one.progress)
    for one, team in zip(furthest, sorted(teams, key=lambda team: team.progress), strict=True):
        team.keys.append(one.key)
        team.progress += one.progress


def _by_organisation(people: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups, the largest first, each with whoever is furthest first; those without an organisation are a group too."""
    groups: dict[int | None, list[Candidate]] = {}
    for one in people:
        groups.setdefault(one.organisation, []).append(one)
    ordered = [sorted(group, key=lambda one: -one.progress) for group in groups.values()]
    return sorted(ordered, key=len, reverse=True)


def _drawn(seed: int, key: int) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()
