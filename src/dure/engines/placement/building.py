"""A market from names, tiers and classes written by hand, for small markets."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.placement.values import Choices, Market, Opening

Rankings = Mapping[str, Sequence[Collection[str]]]
Classes = Mapping[str, Mapping[str, int]]


def build(
    openings: Iterable[Opening],
    rankings: Rankings,
    classes: Classes,
    groups: Mapping[str, Collection[str]] | None = None,
) -> Market:
    """Return the market in which each applicant ranks tiers of openings, best first, and each opening has classes of applicants.

    `classes[opening][applicant]` is 1 for the best; who has none there is not acceptable. A class for somebody who does not rank
    the opening says nothing and is left out. Raises `Faulty` for names that nobody bears.
    """
    listed, people = tuple(openings), tuple(rankings)
    seat = {opening.key: index for index, opening in enumerate(listed)}
    person = {name: index for index, name in enumerate(people)}
    members = groups or {}
    if found := [*_strange_openings(rankings, classes, seat), *_strange_applicants(classes, members, person)]:
        raise Faulty(found)
    return Market(
        applicants=people,
        openings=listed,
        choices=_columns(rankings, classes, seat, person),
        groups={
            name: np.array(sorted(person[one] for one in group), np.int64) for name, group in members.items()
        },
    )


def _strange_openings(rankings: Rankings, classes: Classes, known: Collection[str]) -> Iterator[Fault]:
    named = {name for tiers in rankings.values() for tier in tiers for name in tier} | set(classes)
    return (Fault("placement_opening_unknown", {"name": name}) for name in sorted(named.difference(known)))


def _strange_applicants(
    classes: Classes, groups: Mapping[str, Collection[str]], known: Collection[str]
) -> Iterator[Fault]:
    named = {name for group in (*classes.values(), *groups.values()) for name in group}
    return (Fault("placement_applicant_unknown", {"name": name}) for name in sorted(named.difference(known)))


def _columns(
    rankings: Rankings, classes: Classes, seat: Mapping[str, int], person: Mapping[str, int]
) -> Choices:
    rows = [
        (person[name], seat[opening], number, classes.get(opening, {}).get(name, 0))
        for name, tiers in rankings.items()
        for number, tier in enumerate(tiers, start=1)
        for opening in tier
    ]
    applicant, opening, tier, priority = np.array(rows, np.int64).reshape(-1, 4).T
    return Choices(applicant=applicant, opening=opening, tier=tier, priority=priority)
