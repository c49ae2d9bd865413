"""Who wins, by the final board and the tie rule: pure decisions on plain values.

The board's rank decides. The tie rule is for teams of one rank, that is, of equal scores; teams of one tie group with different
scores keep their order, for a rule that reorders them would be a lottery nobody announced.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Rule = Literal["earlier", "second_metric", "share"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A team on the final board: competition rank from 1, when its file came (ISO 8601, all in one zone), second score."""

    team: str
    rank: int
    submitted_at: str
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Winner:
    """A team that wins a place, from 1; `shared` with the others of that place."""

    team: str
    place: int
    shared: bool = False


def winners(
    rows: Sequence[Ranked],
    *,
    rule: Rule,
    places: int = 1,
    second_direction: Literal["higher", "lower"] = "higher",
    passed_over: Collection[str] = (),
) -> list[Winner]:
    """The teams that win the first `places` places, from the top; those passed over make room for the next.

    `earlier`: of equal scores the earlier file stands first. `second_metric`: the better second score, one without it last,
    then the earlier file. `share`: all of equal score win together, even where that is more teams than places.
    """
    left = sorted((row for row in rows if row.team not in passed_over), key=lambda row: row.rank)
    chosen: list[Winner] = []
    for _, tied in groupby(left, key=lambda row: row.rank):
        if len(chosen) >= places:
            break
        ordered = sorted(tied, key=lambda row: _order(row, rule, second_direction))
        chosen += _placed(ordered, len(chosen) + 1, rule)
    return chosen if rule == "share" else chosen[:places]


def _order(row: Ranked, rule: Rule, direction: str) -> tuple[bool, float, str, str]:
    if rule != "second_metric":
        return (False, 0.0, row.submitted_at, row.team)
    score = row.second or 0.0
    return (row.second is None, -score if direction == "higher" else score, row.submitted_at, row.team)


def _placed(tied: Sequence[Ranked], first: int, rule: Rule) -> list[Winner]:
    if rule == "share" and len(tied) > 1:
        return [Winner(row.team, first, shared=True) for row in tied]
    return [Winner(row.team, first + at) for at, row in enumerate(tied)]
