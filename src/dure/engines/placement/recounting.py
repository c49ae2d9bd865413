"""What is wrong with a result, counted from the market alone: no part of the solver or of its choice rule is used here.

Orders after the lottery are used on both sides: what blocks by tiers and classes blocks in them as well, so zero says more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dure.engines.placement.houses import House, houses_of
from dure.engines.placement.lottery import Draw
from dure.engines.placement.resolving import solve_again
from dure.engines.placement.values import NOWHERE, Ints, Market


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sizes of a market and breaks of its rules.

    `blocking_pairs`: an applicant prefers an opening to what it has, and the opening prefers it to a seat left free or to somebody
    it holds; `reserve_breaks` are those of them to whom a reserved seat was denied. `over_capacity` and `quota_breaks` count people
    beyond what is allowed, `unacceptable` people at openings that they did not rank or that do not take them, `otherwise_placed`
    people who have another place in the stable placement that is best for applicants.
    """

    applicants: int
    openings: int
    seats: int
    choices: int
    placed: int
    blocking_pairs: int
    reserve_breaks: int
    over_capacity: int
    quota_breaks: int
    unacceptable: int
    otherwise_placed: int

    @property
    def are_clean(self) -> bool:
        """Whether nothing is broken."""
        breaks = (self.blocking_pairs, self.reserve_breaks, self.over_capacity, self.quota_breaks)
        return not any((*breaks, self.unacceptable, self.otherwise_placed))


def recount(market: Market, drawn: Draw, places: Ints) -> Counts:
    """Count every break in a result: `places` has the index of each applicant's opening, `NOWHERE` for none."""
    capacities = _capacities(market)
    held = np.bincount(places[places != NOWHERE], minlength=len(capacities))
    sitting = places[market.choices.applicant] == market.choices.opening
    houses = _houses(market, drawn, sitting)
    wanting = _wanting(market, drawn, sitting)
    plain = _plain_blocking(market, drawn, sitting, wanting, houses)
    limited, by_reserve = _limited_blocking(market, drawn, wanting, houses)
    return Counts(
        applicants=len(market.applicants),
        openings=len(market.openings),
        seats=int(capacities.sum()),
        choices=len(market.choices),
        placed=int((places != NOWHERE).sum()),
        blocking_pairs=plain + limited,
        reserve_breaks=by_reserve,
        over_capacity=int(np.maximum(held - capacities, 0).sum()),
        quota_breaks=sum(house.beyond_quotas() for house in houses.values()),
        otherwise_placed=int((places != solve_again(market, drawn)).sum()),
        unacceptable=int((places != NOWHERE).sum() - (sitting & (market.choices.priority > 0)).sum()),
    )


def _capacities(market: Market) -> Ints:
    return np.array([opening.capacity for opening in market.openings], np.int64)


def _wanting(market: Market, drawn: Draw, sitting: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows of openings that would take their applicant in some case and that it prefers to what it has."""
    place_in_order = np.empty(len(market.choices), np.int64)
    place_in_order[drawn.order] = np.arange(len(market.choices))
    best = np.full(len(market.applicants), len(market.choices), np.int64)
    best[market.choices.applicant[sitting]] = place_in_order[sitting]
    return (market.choices.priority > 0) & (place_in_order < best[market.choices.applicant])


def _plain_blocking(
    market: Market,
    drawn: Draw,
    sitting: NDArray[np.bool_],
    wanting: NDArray[np.bool_],
    houses: Mapping[int, House],
) -> int:
    """Openings with a free seat are glad of anybody, as if the worst placed of all sat there; those in houses are left out."""
    opening, count = market.choices.opening, len(market.openings)
    worst = np.full(count, -1, np.int64)
    np.maximum.at(worst, opening[sitting], drawn.standing[sitting])
    held = np.bincount(opening[sitting], minlength=count)
    worst[held < _capacities(market)] = np.iinfo(np.int64).max
    worst[list(houses)] = -1
    return int((drawn.standing[wanting] < worst[opening[wanting]]).sum())


def _houses(market: Market, drawn: Draw, sitting: NDArray[np.bool_]) -> Mapping[int, House]:
    houses = houses_of(market)
    for opening, applicant, standing in _pairs(market, drawn, sitting, houses):
        houses[opening].add(houses[opening].kind(applicant), standing)
    return houses


def _limited_blocking(
    market: Market, drawn: Draw, wanting: NDArray[np.bool_], houses: Mapping[int, House]
) -> tuple[int, int]:
    gains = [
        houses[opening].gains(houses[opening].kind(applicant), standing)
        for opening, applicant, standing in _pairs(market, drawn, wanting, houses)
    ]
    return sum(gain for gain, _reserve in gains), sum(reserve for _gain, reserve in gains)


def _pairs(
    market: Market, drawn: Draw, some: NDArray[np.bool_], houses: Mapping[int, House]
) -> Iterator[tuple[int, int, int]]:
    """Opening, applicant and standing of those rows among some that are about an opening with limits."""
    choices = market.choices
    rows = np.flatnonzero(some & np.isin(choices.opening, list(houses)))
    columns = (choices.opening[rows], choices.applicant[rows], drawn.standing[rows])
    return zip(*(column.tolist() for column in columns), strict=True)
