"""Reserves and quotas that keep a placement stable and honest rankings the best ones, and the faults of those that do not.

At one opening let every group have a reserve and a quota, and let any two groups be nested or have no member in common: a laminar
family. The opening then prefers, of the sets of applicants within capacity and quotas, those that fill more reserved seats, and
among these those with better placed members. This is a laminar concave function of counts plus one weight per applicant, hence an
M♮-concave function, whose best sets are substitutable and obey the law of aggregate demand (Murota, Discrete Convex Analysis,
section 6.3; Kojima, Tamura and Yokoo, Designing matching mechanisms under constraints, Journal of Economic Theory 176, 2018). With
both, deferred acceptance by applicants is strategy-proof for them (Hatfield and Milgrom, Matching with contracts, 2005). For
groups without common members it is the rule of minority reserves (Hafalir, Yenmez and Yildirim, Effective affirmative action in
school choice, 2013) with hard upper bounds (Ehlers, Hafalir, Yenmez and Yildirim, School choice with controlled choice
constraints, 2014).

Overlapping groups break both properties, so they are refused. So are reserves that cannot all be kept at once, although the rule
would be defined: they would promise the same seat twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from dure.engines.faults import Fault
from dure.engines.placement.values import Limit, Market, Opening

MOST_LIMITS: Final = 100
Members = Mapping[str, frozenset[int]]


def members_of(market: Market) -> Members:
    """The applicants' indexes in each group."""
    return {name: frozenset(members.tolist()) for name, members in market.groups.items()}


def from_inside(opening: Opening, members: Members) -> tuple[Limit, ...]:
    """The opening's limits, a group before those it lies within. What lies within another has no more members."""
    return tuple(sorted(opening.limits, key=lambda limit: (len(members[limit.group]), limit.group)))


def limit_faults(market: Market) -> list[Fault]:
    """What is wrong with any opening's reserves and quotas."""
    limited = [opening for opening in market.openings if opening.limits]
    members = members_of(market) if limited else {}
    overlapping = _overlapping(limited, members)
    found: list[Fault] = []
    for opening in limited:
        broken = [*_shape_faults(opening, members), *_overlap_faults(opening, overlapping)]
        found += broken or _promise_faults(opening, members)
    return found


def _shape_faults(opening: Opening, members: Members) -> Iterator[Fault]:
    groups = [limit.group for limit in opening.limits]
    if len(groups) > MOST_LIMITS:
        yield Fault("placement_too_large", {"limit": MOST_LIMITS}, place=f"{opening.key}: limits")
    for name in sorted({name for name in groups if groups.count(name) > 1}):
        yield Fault("placement_group_twice", {"group": name}, place=opening.key)
    for limit in opening.limits:
        if limit.group not in members:
            yield Fault("placement_group_unknown", {"group": limit.group}, place=opening.key)
        if limit.reserve < 0 or (limit.quota is not None and limit.quota < limit.reserve):
            yield Fault("placement_limit", {"group": limit.group}, place=opening.key)


def _overlapping(limited: Iterable[Opening], members: Members) -> set[frozenset[str]]:
    """Each pair of groups that meets at some opening, looked at once, that neither is nested nor lies apart."""
    pairs = {
        frozenset(pair)
        for opening in limited
        for pair in combinations([limit.group for limit in opening.limits], 2)
    }
    return {
        pair for pair in pairs if pair <= members.keys() and not _is_laminar(*(members[one] for one in pair))
    }


def _is_laminar(*sets: frozenset[int]) -> bool:
    small, large = min(sets, key=len), max(sets, key=len)
    return small <= large or small.isdisjoint(large)


def _overlap_faults(opening: Opening, overlapping: set[frozenset[str]]) -> Iterator[Fault]:
    for pair in combinations(sorted(limit.group for limit in opening.limits), 2):
        if frozenset(pair) in overlapping:
            yield Fault("placement_not_laminar", {"one": pair[0], "other": pair[1]}, place=opening.key)


def _promise_faults(opening: Opening, members: Members) -> list[Fault]:
    """Groups whose quota, and the opening if its capacity, is less than what is promised inside."""
    limits = from_inside(opening, members)
    inside = [0] * (len(limits) + 1)
    found = []
    for index, limit in enumerate(limits):
        promised = max(limit.reserve, inside[index])
        if limit.quota is not None and promised > limit.quota:
            found.append(Fault("placement_reserve_over_quota", {"group": limit.group}, place=opening.key))
        inside[_around(index, limits, members)] += promised
    if inside[-1] > opening.capacity:
        found.append(Fault("placement_reserve_over_capacity", {"seats": opening.capacity}, place=opening.key))
    return found


def _around(index: int, limits: tuple[Limit, ...], members: Members) -> int:
    """The index of the next larger group that this one lies within; that of the opening, behind all groups, if there is none."""
    own = members[limits[index].group]
    larger = range(index + 1, len(limits))
    return next((other for other in larger if own and own <= members[limits[other].group]), len(limits))
