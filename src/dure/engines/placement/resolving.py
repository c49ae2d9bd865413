"""The verifier's own way to the placement that is best for applicants: one after the other asks until somebody stays without.

D. G. McVitie and L. B. Wilson, The stable marriage problem, 1971. A result without blocking pairs may still be better for openings
and worse for applicants; only solving again shows that. The solver goes by rounds and another choice rule, so that a mistake of one
is not repeated by the other.
"""

from heapq import heappush, heappushpop

import numpy as np

from dure.engines.placement.houses import House, houses_of
from dure.engines.placement.lottery import Draw
from dure.engines.placement.values import NOWHERE, Ints, Market


class Asking:
    """The seats of all openings while applicants still ask: heaps of plain openings, houses of those with limits."""

    def __init__(self, market: Market, drawn: Draw) -> None:
        self.capacities = [opening.capacity for opening in market.openings]
        self.heaps: list[list[int]] = [[] for _ in market.openings]
        self.houses = houses_of(market)
        self.lots: list[int] = drawn.lots.tolist()

    def ask(self, opening: int, standing: int) -> int | None:
        """Return who is left without, as an applicant's index, if anybody is."""
        house = self.houses.get(opening)
        gone = self._plain(opening, standing) if house is None else self._limited(house, standing)
        return None if gone is None else self.lots[gone % len(self.lots)]

    def _plain(self, opening: int, standing: int) -> int | None:
        heap = self.heaps[opening]
        if len(heap) < self.capacities[opening]:
            heappush(heap, -standing)
            return None
        return -heappushpop(heap, -standing)

    def _limited(self, house: House, standing: int) -> int | None:
        house.add(house.kind(self.lots[standing % len(self.lots)]), standing)
        goes = house.surplus()
        if goes is None:
            return None
        house.remove(*goes)
        return goes[1]


def solve_again(market: Market, drawn: Draw) -> Ints:
    """The index of each applicant's opening in the stable placement that is best for all applicants, `NOWHERE` for none."""
    rows = drawn.order[market.choices.priority[drawn.order] > 0]
    ends = np.cumsum(np.bincount(market.choices.applicant[rows], minlength=len(market.applicants))).tolist()
    choices = list(zip(market.choices.opening[rows].tolist(), drawn.standing[rows].tolist(), strict=True))
    upcoming, asking = [0, *ends[:-1]], Asking(market, drawn)
    places = [NOWHERE] * len(market.applicants)
    for newcomer in range(len(market.applicants)):
        without: int | None = newcomer
        while without is not None and upcoming[without] < ends[without]:
            opening, standing = choices[upcoming[without]]
            upcoming[without] += 1
            places[without] = opening
            without = asking.ask(opening, standing)
            if without is not None:
                places[without] = NOWHERE
    return np.array(places, np.int64)
