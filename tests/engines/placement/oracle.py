"""The same answers from the definitions alone: every set, every placement, and deferred acceptance as the textbook has it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from dure.engines.placement import NOWHERE, Draw, Market, Opening

Members = Mapping[str, frozenset[int]]


def members_of(market: Market) -> Members:
    return {name: frozenset(members.tolist()) for name, members in market.groups.items()}


def standings(market: Market, drawn: Draw) -> list[dict[int, int]]:
    """Per opening the standing of each applicant that it accepts and that ranks it."""
    found: list[dict[int, int]] = [{} for _ in market.openings]
    columns = (market.choices.opening.tolist(), market.choices.applicant.tolist(), drawn.standing.tolist())
    for opening, applicant, standing in zip(*columns, strict=True):
        if standing >= 0:
            found[opening][applicant] = standing
    return found


def lists(market: Market, drawn: Draw) -> list[list[int]]:
    """Per applicant the openings that would take it in some case, the best first."""
    found: list[list[int]] = [[] for _ in market.applicants]
    for row in drawn.order.tolist():
        if market.choices.priority[row] > 0:
            found[market.choices.applicant[row]].append(int(market.choices.opening[row]))
    return found


def subsets(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def best_set(
    asking: Iterable[int], standing: Mapping[int, int], opening: Opening, members: Members
) -> set[int]:
    """Of all sets within capacity and quotas: first the most reserved seats filled, then the better placed, one after the other."""
    ranked = sorted(asking, key=standing.__getitem__)

    def is_allowed(some: tuple[int, ...]) -> bool:
        return len(some) <= opening.capacity and all(
            limit.quota is None or len(members[limit.group].intersection(some)) <= limit.quota
            for limit in opening.limits
        )

    def worth(some: tuple[int, ...]) -> tuple[int, tuple[bool, ...]]:
        filled = [
            min(limit.reserve, len(members[limit.group].intersection(some))) for limit in opening.limits
        ]
        return sum(filled), tuple(one in some for one in ranked)

    best = max((some for some in subsets(ranked) if is_allowed(some)), key=worth)
    return set(best)


def blocking_pairs(market: Market, drawn: Draw, places: Sequence[int]) -> set[tuple[int, int]]:
    standing, members, ranked = standings(market, drawn), members_of(market), lists(market, drawn)
    return {
        (applicant, opening)
        for applicant, own in enumerate(places)
        for opening in _preferred(ranked[applicant], own)
        if applicant
        in best_set(
            [*holders(places, opening), applicant], standing[opening], market.openings[opening], members
        )
    }


def _preferred(ranked: list[int], own: int) -> list[int]:
    return ranked[: ranked.index(own)] if own in ranked else ranked


def holders(places: Sequence[int], opening: int) -> list[int]:
    return [applicant for applicant, own in enumerate(places) if own == opening]


def is_kept(market: Market, drawn: Draw, places: Sequence[int]) -> bool:
    """Whether every opening would keep whom it holds."""
    standing, members = standings(market, drawn), members_of(market)
    return all(
        best_set(holders(places, index), standing[index], opening, members) == set(holders(places, index))
        for index, opening in enumerate(market.openings)
    )


def every_placement(market: Market, drawn: Draw) -> Iterator[tuple[int, ...]]:
    return product(*([*ranked, NOWHERE] for ranked in lists(market, drawn)))


def best_stable(market: Market, drawn: Draw) -> tuple[int, ...]:
    """Of all stable placements the one that every applicant likes at least as well as any other; fails where there is none."""
    ranked = lists(market, drawn)
    stable = [
        places
        for places in every_placement(market, drawn)
        if is_kept(market, drawn, places) and not blocking_pairs(market, drawn, places)
    ]

    def losses(places: tuple[int, ...]) -> list[int]:
        return [len(_preferred(ranked[applicant], own)) for applicant, own in enumerate(places)]

    best = [min(column) for column in zip(*map(losses, stable), strict=True)]
    return next(places for places in stable if losses(places) == best)
