"""The ten best of 10,000 openings for 100,000 people, exact and with constraints, against two bare sparse products.

Everybody shares a skill with about 6,000 openings (`market`). Ours takes people as they are kept, with the probability of each
level, and the peer takes matrices that are ready: logarithms of musts and weighted nice ones, (people, terms) by (terms, openings),
a term being a level of a skill. It multiplies them with scipy, adds the two, sets what a packed bit mask of kind, region and
languages rules out to −inf, and partitions for the ten best. That is less than ours does: no dates, hours, consent or former
applications, no tie rule, and rounded scores. Ours looks at the constraints first and scores only what they leave, which a note
counts. Both sides take all people once, a thousand at a time in turn. One answer of
each thousand is compared with the plain definition, score by score, and must be the same to the bit.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import fmean
from typing import Any, Final

import numpy as np
from benchmarks.harness import Result, measure_pairs, report, with_one_thread
from benchmarks.market import KINDS, NOW, REGIONS, openings, seekers
from numpy.typing import NDArray
from scipy import sparse

from dure.engines.evidence import UNKNOWN, probability
from dure.engines.recommending import (
    NONE,
    Board,
    Crowd,
    Opening,
    Requirement,
    Seeker,
    Suggestion,
    openings_for,
)
from dure.engines.skills import LEVELS

PEOPLE, AT_A_TIME, OPENINGS, MOST = 100_000, 1_000, 10_000, 10
LIMIT = 1.5
LEAST_SHARED, MOST_SHARED = 5_800, 6_400
PRIOR: Final = np.array([probability(UNKNOWN, level) for level in LEVELS])
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Peer:
    """Matrices by sparse products: terms by openings for musts and nice ones, and what each opening demands as bits."""

    musts: Any
    nice: Any
    demands: Words

    def best(self, part: "Part") -> NDArray[np.intp]:
        scores = (part.gains @ self.musts).toarray()
        scores += (part.chances @ self.nice).toarray()
        scores[(self.demands & ~part.has[:, None]) != 0] = -np.inf
        return np.argpartition(-scores, MOST, axis=1)[:, :MOST]


@dataclass(frozen=True, slots=True)
class Part:
    """A thousand people as both sides take them."""

    crowd: Crowd
    gains: Any
    chances: Any
    has: Words


def run() -> Result:
    rng = np.random.default_rng(20261130)
    offered = openings(OPENINGS, rng)
    board = Board.of(offered)
    peer = _peer(board, offered)
    parts, sample = _parts(board, rng)
    shared = _shared(sample, offered)
    assert LEAST_SHARED <= shared <= MOST_SHARED, shared
    _assert_exact(board, offered, sample)
    pairs = measure_pairs(
        _taking(parts, lambda part: board.best_each(part.crowd, now=NOW, most=MOST)),
        _taking(parts, peer.best),
        rounds=len(parts),
    )
    notes = (
        f"a person shares a skill with {shared:.0f} of {OPENINGS} openings",
        f"constraints leave {_left(board, sample):.0f} of them to a person",
        f"{len(sample)} people compared with the plain definition: the same openings and scores",
        f"{pairs.note}, {AT_A_TIME} people at a time",
        f"{PEOPLE} people: ours {sum(pairs.ours):.1f} s, bare {sum(pairs.bare):.1f} s",
    )
    return Result("recommend", pairs.ratio, LIMIT, notes=notes)


def _taking(parts: Sequence[Part], side: Callable[[Part], object]) -> Callable[[], object]:
    """One side that takes the next part at each call."""
    endless = cycle(parts)
    return lambda: side(next(endless))


def _parts(board: Board, rng: np.random.Generator) -> tuple[list[Part], list[Seeker]]:
    """All people, and one of each part to look at."""
    parts, sample = [], []
    for _ in range(PEOPLE // AT_A_TIME):
        people = list(seekers(AT_A_TIME, board.keys, rng))
        parts.append(_part(board, people))
        sample.append(people[0])
    return parts, sample


def _part(board: Board, people: Sequence[Seeker]) -> Part:
    crowd = board.crowd(people)
    terms = (crowd.skills[:, None] * len(LEVELS) + np.arange(len(LEVELS))).ravel()
    starts = crowd.skill_starts * len(LEVELS)
    shape = (len(crowd), len(board.skills) * len(LEVELS))
    gains, chances = np.log(crowd.chances) - np.log(PRIOR), crowd.chances - PRIOR
    return Part(
        crowd=crowd,
        gains=sparse.csr_array((gains.ravel(), terms, starts), shape=shape),
        chances=sparse.csr_array((chances.ravel(), terms, starts), shape=shape),
        has=_packed([_bits(who.kinds, who.regions, who.languages) for who in people]),
    )


def _peer(board: Board, offered: Sequence[Opening]) -> Peer:
    placed = [(board.places[one.key], one) for one in offered]
    asked = [(at, wanted) for at, one in placed for wanted in one.requirements]
    in_order = [one for _at, one in sorted(placed, key=lambda pair: pair[0])]
    return Peer(
        musts=_matrix(board, [(at, wanted, 1.0) for at, wanted in asked if wanted.is_must]),
        nice=_matrix(board, [(at, wanted, wanted.weight) for at, wanted in asked if not wanted.is_must]),
        demands=_packed([_bits({one.kind}, one.regions, one.languages) for one in in_order]),
    )


def _matrix(board: Board, asked: Sequence[tuple[int, Requirement, float]]) -> Any:
    """Weights, (terms, openings)."""
    columns = np.array([at for at, _wanted, _weight in asked])
    terms = np.array(
        [
            board.skills[wanted.skill] * len(LEVELS) + wanted.level - LEVELS[0]
            for _at, wanted, _weight in asked
        ]
    )
    weights = np.array([weight for _at, _wanted, weight in asked])
    shape = (len(board.skills) * len(LEVELS), len(board.keys))
    return sparse.coo_array((weights, (terms, columns)), shape=shape).tocsr()


def _bits(kinds: Iterable[str], regions: Iterable[str], languages: Mapping[str, int]) -> int:
    """Kind, region and language in one number."""
    items = (*KINDS, *REGIONS, "ko", "en")
    return sum(1 << items.index(one) for one in (*kinds, *regions, *languages))


def _packed(rows: Sequence[int]) -> Words:
    return np.array(rows, dtype=np.uint64)


def _shared(people: Sequence[Seeker], offered: Sequence[Opening]) -> float:
    """With how many openings one of these people shares a skill, on average."""
    asking: dict[str, set[str]] = {}
    for one in offered:
        for wanted in one.requirements:
            asking.setdefault(wanted.skill, set()).add(one.key)
    return fmean(len(set().union(*(asking.get(skill, ()) for skill in who.skills))) for who in people)


def _left(board: Board, people: Sequence[Seeker]) -> float:
    """How many openings nothing rules out for one of these people, on average."""
    crowd = board.crowd(people)
    return fmean(int(board.allowed(crowd, at, NOW).sum()) for at in range(len(people)))


def _assert_exact(board: Board, offered: Sequence[Opening], people: Sequence[Seeker]) -> None:
    best = board.best_each(board.crowd(people), now=NOW, most=MOST)
    for who, places, scores in zip(people, best.places, best.scores, strict=True):
        found = [
            Suggestion(board.keys[at], score) for at, score in zip(places, scores, strict=True) if at != NONE
        ]
        assert found == openings_for(who, offered, now=NOW, most=MOST)


if __name__ == "__main__":
    with_one_thread("benchmarks.recommend")
    sys.exit(report(run()))
