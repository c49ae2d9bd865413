"""Ranks, rank intervals and tie groups: how much of an order the answers can really carry.

Ranks are competition ranks ("1224"). A rank interval holds the middle 95 % of a system's ranks over the resamples
(Wiesenfarth et al. 2021, Methods and open-source toolkit for analyzing and visualizing challenge results,
doi:10.1038/s41598-021-82017-6). A tie group starts with its leader and holds all below it down to the first system that
the leader beats in 95 % of the resamples.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Direction
from dure.engines.scoring.systems import Comparison

Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the board, from the top. An unranked system has None everywhere but its key."""

    key: str
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class TieGroup:
    """Lines `first` to `last` of the board (counted from 1) cannot be told apart; `keys` in that order."""

    first: int
    last: int
    keys: tuple[str, ...]


def standings(
    comparison: Comparison, *, shown: Mapping[str, float] | None = None, resamples: int = 1000
) -> list[Standing]:
    """The board from the top: by score, then earlier submission, then key; the unranked after it, by submission and key.

    `shown` replaces the scores where the board shows others (rounded, or released by the Ladder): then order and ranks come
    from those, so that the order tells no more than the scores do.
    """
    scores = _shown(comparison, shown)
    order = board_order(comparison.keys, scores, comparison.submitted_at, direction=comparison.direction)
    ranks = competition_ranks(scores, direction=comparison.direction)
    low, high = rank_intervals(comparison, ranks, resamples=resamples)
    groups = _group_of(tie_groups(comparison, shown=shown))
    return [
        Standing(key, int(ranks[at]), int(low[at]), int(high[at]), groups[key])
        if ranks[at]
        else Standing(key)
        for at, key in ((at, comparison.keys[at]) for at in order)
    ]


def board_order(
    keys: Sequence[str], scores: Array, submitted_at: Sequence[datetime], *, direction: Direction
) -> list[int]:
    """Positions from best to worst, ties by earlier submission and then key; scores that are not finite stand last."""
    sign = -1.0 if direction == "higher" else 1.0
    finite = np.isfinite(scores)

    def place(at: int) -> tuple[bool, float, datetime, str]:
        return (not finite[at], sign * float(scores[at]) if finite[at] else 0.0, submitted_at[at], keys[at])

    return sorted(range(len(keys)), key=place)


def competition_ranks(scores: Array, *, direction: Direction) -> Ranks:
    """Rank of each score, shape (systems,): one more than the number that are better; 0 for one that is not finite."""
    better_first = np.where(np.isfinite(scores), scores if direction == "lower" else -scores, np.nan)
    ranks = np.searchsorted(np.sort(better_first), better_first, side="left") + 1
    return np.where(np.isfinite(scores), ranks, 0).astype(np.int64)


def rank_intervals(
    comparison: Comparison, ranks: Ranks, *, level: float = 0.95, resamples: int = 1000
) -> tuple[Ranks, Ranks]:
    """Lowest and highest rank within `level` of the resamples, shape (systems,) each; 0 for the unranked.

    The interval always holds the rank on the board. A score undefined in a resample counts as the worst there; a resample
    in which no score is defined is left out.
    """
    at = np.flatnonzero(ranks)
    low, high = ranks.copy(), ranks.copy()
    drawn = comparison.draws(resamples)
    drawn = drawn if len(at) == len(drawn) else drawn[at]
    defined = np.isfinite(drawn)
    drawn = drawn if defined.all() else drawn[:, defined.any(axis=0)]
    if drawn.size:
        ordered = np.sort(_resample_ranks(drawn, comparison.direction), axis=1)
        cut = int((1 - level) / 2 * (ordered.shape[1] - 1))
        low[at] = np.minimum(ranks[at], ordered[:, cut])
        high[at] = np.maximum(ranks[at], ordered[:, -1 - cut])
    return low, high


def tie_groups(
    comparison: Comparison, *, level: float = 0.05, shown: Mapping[str, float] | None = None
) -> list[TieGroup]:
    """The ranked systems cut into groups, top first.

    Going down the order a new group opens where the `level` quantile of (leader − system) over the resamples is above 0,
    the leader being the first of the group.
    """
    scores = _shown(comparison, shown)
    order = board_order(comparison.keys, scores, comparison.submitted_at, direction=comparison.direction)
    groups: list[list[int]] = []
    for at in (at for at in order if np.isfinite(scores[at])):
        if not groups or comparison.tells_apart(groups[-1][0], at, level=level):
            groups.append([])
        groups[-1].append(at)
    return _placed(groups, comparison.keys)


def _placed(groups: list[list[int]], keys: Sequence[str]) -> list[TieGroup]:
    placed: list[TieGroup] = []
    first = 1
    for group in groups:
        placed.append(TieGroup(first, first + len(group) - 1, tuple(keys[at] for at in group)))
        first += len(group)
    return placed


def _group_of(groups: Sequence[TieGroup]) -> dict[str, int]:
    return {key: number for number, group in enumerate(groups, start=1) for key in group.keys}


def _shown(comparison: Comparison, shown: Mapping[str, float] | None) -> Array:
    if shown is None:
        return comparison.scores
    scores = [shown.get(key, np.nan) for key in comparison.keys]
    return np.where(comparison.ranked, scores, np.nan)


def _resample_ranks(drawn: Array, direction: Direction) -> NDArray[np.int32]:
    """Competition ranks within each resample: (systems, resamples) → the same shape."""
    worse_last = np.array(drawn.T, order="C") if direction == "lower" else np.negative(drawn.T, order="C")
    worse_last[~np.isfinite(worse_last)] = np.inf
    places = np.argsort(worse_last, axis=1)
    # Positions in the flat table: one plain scatter is several times faster than put_along_axis.
    places += np.arange(len(places))[:, None] * places.shape[1]
    ranks = np.empty(worse_last.size, dtype=np.int32)
    ranks[places] = _ranks_of_ordered(np.sort(worse_last, axis=1))
    return np.ascontiguousarray(ranks.reshape(worse_last.shape).T)


def _ranks_of_ordered(ordered: Array) -> NDArray[np.int32]:
    """Ranks along ordered rows: a value equal to the one before shares its rank."""
    places = np.broadcast_to(np.arange(1, ordered.shape[1] + 1, dtype=np.int32), ordered.shape)
    tied = ordered[:, 1:] == ordered[:, :-1]
    if not tied.any():
        return places
    first = places.copy()
    first[:, 1:][tied] = 0
    return np.asarray(np.maximum.accumulate(first, axis=1), dtype=np.int32)
