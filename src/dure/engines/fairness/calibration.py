"""Whether predicted probabilities come true in every group.

The people of a group are put into bins by what was predicted. In each, and over all of them, the number to whom it happened is
compared with the exact distribution that the predictions imply, the Poisson-binomial one (convolution of the single chances);
p is twice the smaller tail. All comparisons share `ALPHA` by Holm's procedure. The observed rate has the interval of Clopper and
Pearson, which needs no model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum
from typing import Final

import numpy as np

from dure.engines.fairness.binomial import Array
from dure.engines.fairness.cells import Place, attributes_of, count
from dure.engines.fairness.family import holm
from dure.engines.fairness.intervals import rate_interval
from dure.engines.fairness.suppression import hidden_cells
from dure.engines.fairness.values import ALPHA, GRAVE, Bin, Calibration, Row
from dure.engines.fairness.verdicts import of_test

EDGES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Bins of the predicted probability; the last holds 1 too."""
_BIN: Final = "\0bin"
"""Bins as an attribute beside those that people were asked for, under a name that none of these has."""


@dataclass(frozen=True, slots=True)
class _People:
    """The predictions for some people, sorted, and to how many of them it happened. None in a bin are no people."""

    low: float
    high: float
    predicted: tuple[float, ...]
    happened: int

    @property
    def p(self) -> float:
        """Twice the smaller tail of what the predictions imply, at most 1."""
        chances = happening(self.predicted)
        return float(min(1.0, 2 * min(chances[: self.happened + 1].sum(), chances[self.happened :].sum())))


def happening(chances: Sequence[float]) -> Array:
    """P(x of them happen) for independent events, x = 0 … n, shape (n + 1,): the Poisson-binomial distribution."""
    found = np.ones(1)
    for chance in chances:
        found = np.append(found * (1 - chance), 0.0) + np.append(0.0, found * chance)
    return found


def calibrations(
    rows: Sequence[Row], hidden: frozenset[tuple[str, str]], minimum: int
) -> tuple[Calibration, ...]:
    """Each published group with at least `minimum` people whose prediction and outcome are known."""
    known = [row for row in rows if row.probability is not None and row.happened is not None]
    unseen = _unseen(known, minimum)
    silent = hidden | _given_away(rows, known, minimum)
    places = [one for one in _groups(known) if one not in silent and ((one[0],), (one[1],)) not in unseen]
    people = {
        place: _binned([row for row in known if row.groups.get(place[0]) == place[1]]) for place in places
    }
    found = iter(holm([part.p for parts in people.values() for part in parts]))
    comparisons = sum(len(parts) for parts in people.values())
    return tuple(
        _calibration(place, parts, [next(found) for _ in parts], level=ALPHA / comparisons, unseen=unseen)
        for place, parts in people.items()
    )


def _given_away(rows: Sequence[Row], known: Sequence[Row], minimum: int) -> frozenset[tuple[str, str]]:
    """Groups in which only few have no known prediction: those few are what is left of all in the group.

    Of one group alone the number of all predictions less the other groups' gives them away; so the smallest of these goes too.
    """
    found: set[tuple[str, str]] = set()
    for attribute in attributes_of(known):
        sizes = {one: _size(known, attribute, one) for name, one in _groups(known) if name == attribute}
        few = {one for one, n in sizes.items() if 0 < _size(rows, attribute, one) - n < minimum}
        if len(few) == 1 and (others := sizes.keys() - few):
            few.add(min(others, key=lambda one: (sizes[one], one)))
        found |= {(attribute, one) for one in few}
    return frozenset(found)


def _size(rows: Sequence[Row], attribute: str, group: str) -> int:
    return sum(1 for row in rows if row.groups.get(attribute) == group)


def _unseen(known: Sequence[Row], minimum: int) -> frozenset[Place]:
    """What is hidden of groups, of bins and of groups crossed with bins: a bin is one more attribute of a person.

    How many people of all groups a bin holds is not published, but where every group of another attribute is, it adds up.
    """
    placed = [replace(row, groups={**row.groups, _BIN: _bin_of(row)}) for row in known]
    attributes = attributes_of(known)
    wanted = [(_BIN,), *((one,) for one in attributes), *((one, _BIN) for one in attributes)]
    return hidden_cells([count(placed, table) for table in wanted], minimum)


def _bin_of(row: Row) -> str:
    """The lower edge of a person's bin, as the group that it is."""
    return next(str(low) for low, high in pairwise(EDGES) if _falls(row.probability or 0.0, low, high))


def _groups(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for attribute in attributes_of(rows):
        answers = {row.groups.get(attribute) for row in rows}
        yield from (
            (attribute, group) for group in sorted(answer for answer in answers if answer is not None)
        )


def _binned(rows: Sequence[Row]) -> list[_People]:
    """All of these people, then those of each bin that has any."""
    whole = _people(rows, EDGES[0], EDGES[-1])
    parts = [_people(rows, low, high) for low, high in pairwise(EDGES)]
    return [whole, *(part for part in parts if part.predicted)]


def _people(rows: Sequence[Row], low: float, high: float) -> _People:
    inside = [row for row in rows if _falls(row.probability or 0.0, low, high)]
    predicted = tuple(sorted(row.probability or 0.0 for row in inside))
    return _People(low, high, predicted, sum(1 for row in inside if row.happened))


def _falls(chance: float, low: float, high: float) -> bool:
    return low <= chance < high or chance == high == EDGES[-1]


def _calibration(
    place: tuple[str, str],
    parts: list[_People],
    found: list[float],
    *,
    level: float,
    unseen: frozenset[Place],
) -> Calibration:
    """Too few to tell where it would not be found, over all bins, that things happen half as often as predicted."""
    attribute, group = place
    verdict = of_test(min(found), _power(parts[0].predicted, level))
    hides = [False, *(((attribute, _BIN), (group, str(part.low))) in unseen for part in parts[1:])]
    bins = [_bin(part, after, hidden=one) for part, after, one in zip(parts, found, hides, strict=True)]
    return Calibration(attribute, group, overall=bins[0], bins=tuple(bins[1:]), verdict=verdict)


def _bin(part: _People, after_all: float, *, hidden: bool) -> Bin:
    if hidden:
        return Bin(part.low, part.high, None, None, None, None, None)
    n = len(part.predicted)
    mean = fsum(part.predicted) / n
    return Bin(part.low, part.high, n, mean, rate_interval(part.happened, n), part.p, after_all)


def _power(predicted: Sequence[float], level: float) -> float:
    """The probability of a p-value up to the level where everything happens `GRAVE` times as often as predicted."""
    implied, seen = happening(predicted), happening([GRAVE * chance for chance in predicted])
    tails = np.minimum(np.cumsum(implied), np.cumsum(implied[::-1])[::-1])
    return float(seen[2 * tails <= level].sum())
