"""Deferred acceptance, applicants asking: the stable placement that is best for every applicant at once.

D. Gale and L. S. Shapley, College admissions and the stability of marriage, 1962: in each round all who are without a seat ask at
the next opening of their list, and every opening keeps the best of those it held and those who ask.
"""

from collections import defaultdict
from heapq import heappush, heappushpop
from typing import Protocol

import numpy as np

from dure.engines.placement.choosing import Tree, choose
from dure.engines.placement.limits import Members, members_of
from dure.engines.placement.lottery import Draw
from dure.engines.placement.values import NOWHERE, Ints, Market, Opening


class Seats(Protocol):
    """The seats of one opening while others still ask."""

    def offer(self, standings: list[int]) -> list[int]:
        """Let the applicants of these standings ask; return the standings of who is left without."""


class PlainSeats:
    """Seats without reserve and quota: the worst placed holder stands on top of a heap."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.worst_first: list[int] = []

    def offer(self, standings: list[int]) -> list[int]:
        left = []
        for standing in standings:
            if len(self.worst_first) < self.capacity:
                heappush(self.worst_first, -standing)
            else:
                left.append(-heappushpop(self.worst_first, -standing))
        return left


class LimitedSeats:
    """Seats with reserves or quotas: the opening chooses anew among the few it holds and those who ask."""

    def __init__(self, tree: Tree, lots: list[int]) -> None:
        self.tree = tree
        self.lots = lots
        self.held: set[int] = set()
        self.chains: dict[int, tuple[int, ...]] = {}

    def offer(self, standings: list[int]) -> list[int]:
        for standing in standings:
            self.chains[standing] = self.tree.chain(self.lots[standing % len(self.lots)])
        ranked = sorted([*self.held, *standings])
        self.held = choose(ranked, self.chains, self.tree)
        return [standing for standing in ranked if standing not in self.held]


def solve(market: Market, drawn: Draw) -> Ints:
    """The index of each applicant's opening, `NOWHERE` for who gets none."""
    rows = drawn.order[market.choices.priority[drawn.order] > 0]
    wanted, standing = market.choices.opening[rows].tolist(), drawn.standing[rows].tolist()
    people = len(market.applicants)
    bounds = np.searchsorted(market.choices.applicant[rows], np.arange(people + 1)).tolist()
    upcoming, lots = bounds[:-1], drawn.lots.tolist()
    seats, places = _seats(market, lots), np.full(people, NOWHERE, np.int64).tolist()
    without = list(range(people))
    while without:
        asked: dict[int, list[int]] = defaultdict(list)
        for applicant in without:
            row = upcoming[applicant]
            if row < bounds[applicant + 1]:
                asked[wanted[row]].append(standing[row])
                places[applicant], upcoming[applicant] = wanted[row], row + 1
            else:
                places[applicant] = NOWHERE
        without = [
            lots[left % people] for opening, some in asked.items() for left in seats[opening].offer(some)
        ]
    return np.array(places, np.int64)


def _seats(market: Market, lots: list[int]) -> list[Seats]:
    members = members_of(market)
    return [_seats_of(opening, members, lots) for opening in market.openings]


def _seats_of(opening: Opening, members: Members, lots: list[int]) -> Seats:
    if not opening.limits:
        return PlainSeats(opening.capacity)
    return LimitedSeats(Tree.of(opening, members), lots)
