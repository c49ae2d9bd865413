"""What a correction changes in frozen inputs, row by row: found by comparing two markets, and put into one to get the other.

A round that is run again after a mistake keeps the lottery of its first run: the seed stays the hash of the inputs that were frozen
then. So nobody who already knows the secrets can choose a draw by choosing a correction, and all that differs are these rows.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.placement.freezing import Frozen, canonical, freeze
from dure.engines.placement.values import Choices, Ints, Limit, Market

FORMAT: Final = "dure-placement-correction-1"
Row = tuple[str, ...]
"""What a change is about: ("capacity", opening), ("choice", applicant, opening), ("group", name), ("limit", opening, group) or
("member", group, applicant)."""
Value = tuple[int | None, ...] | None
"""Its numbers, None where there is no such row: seats; tier and priority; nothing more; reserve and quota; nothing more."""
SIZES: Final[Mapping[str, tuple[int, int]]] = {
    "capacity": (2, 1),
    "choice": (3, 2),
    "group": (2, 0),
    "limit": (3, 2),
    "member": (3, 0),
}
"""How many texts a row of each kind has, and how many numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row before and after."""

    row: Row
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Changed rows and why. `reason` stands in one line."""

    reason: str
    changes: tuple[Change, ...]

    @property
    def sha256(self) -> str:
        """The hash by which a certificate names it."""
        return hashlib.sha256(canonical({"format": FORMAT, **as_json(self)})).hexdigest()


def as_json(correction: Correction) -> dict[str, Any]:
    """As it stands in a file."""
    changes = [{"row": one.row, "before": one.before, "after": one.after} for one in correction.changes]
    return {"reason": correction.reason, "changes": changes}


def differences(before: Frozen, after: Frozen) -> tuple[Change, ...]:
    """Every row that differs, in one order. Raises ValueError where the applicants or openings are not the same."""
    old, new = before.market, after.market
    if old.applicants != new.applicants or _keys(old) != _keys(new):
        raise ValueError("a correction adds and takes away neither applicants nor openings")
    was, now = _small_rows(old), _small_rows(new)
    rows = [(row, was.get(row), now.get(row)) for row in was.keys() | now.keys()]
    found = [*rows, *_choice_rows(old, new)]
    found.sort(key=lambda one: one[0])
    return tuple(Change(row=row, before=one, after=other) for row, one, other in found if one != other)


def corrected(frozen: Frozen, corrections: Iterable[Correction]) -> Frozen:
    """The inputs with one correction after the other put in. Raises `Faulty` for a row that was not as the correction says."""
    for correction in corrections:
        frozen = freeze(_with(frozen.market, correction.changes))
    return frozen


def _keys(market: Market) -> list[str]:
    return [opening.key for opening in market.openings]


def _small_rows(market: Market) -> dict[Row, tuple[int | None, ...]]:
    """All rows but the choices, of which there may be millions."""
    rows: dict[Row, tuple[int | None, ...]] = {}
    for opening in market.openings:
        rows["capacity", opening.key] = (opening.capacity,)
        rows |= {("limit", opening.key, one.group): (one.reserve, one.quota) for one in opening.limits}
    for name, members in market.groups.items():
        rows["group", name] = ()
        rows |= {("member", name, market.applicants[index]): () for index in members.tolist()}
    return rows


def _choice_rows(old: Market, new: Market) -> Iterator[tuple[Row, Value, Value]]:
    """The choices that differ: columns are compared as numbers, so that a million equal ones cost little."""
    was, now = _by_pair(old), _by_pair(new)
    both, left, right = np.intersect1d(was[0], now[0], assume_unique=True, return_indices=True)
    moved = both[(was[1][left] != now[1][right]).any(axis=1)]
    for pair in [*np.setxor1d(was[0], now[0], assume_unique=True).tolist(), *moved.tolist()]:
        applicant, opening = divmod(pair, len(old.openings))
        row = ("choice", old.applicants[applicant], old.openings[opening].key)
        yield row, _numbers_of(was, pair), _numbers_of(now, pair)


def _by_pair(market: Market) -> tuple[Ints, Ints]:
    """Applicant and opening as one number, sorted, and beside it tier and priority."""
    pairs = _pairs(market)
    rows = np.argsort(pairs)
    return pairs[rows], np.stack([market.choices.tier, market.choices.priority], axis=1)[rows]


def _pairs(market: Market) -> Ints:
    return market.choices.applicant * max(1, len(market.openings)) + market.choices.opening


def _numbers_of(columns: tuple[Ints, Ints], pair: int) -> Value:
    at = int(np.searchsorted(columns[0], pair))
    if at == len(columns[0]) or columns[0][at] != pair:
        return None
    tier, priority = columns[1][at].tolist()
    return tier, priority


def _with(market: Market, changes: Sequence[Change]) -> Market:
    """The market with these rows as they are after. Raises `Faulty` with each row that is unknown or was not so before."""
    rows = _small_rows(market)
    columns, people, seats = _by_pair(market), _index(market.applicants), _index(_keys(market))
    choices: dict[int, Value] = {}
    found = []
    for change in changes:
        pair = _pair_of(change.row, people, seats)
        before = rows.get(change.row) if pair is None else _numbers_of(columns, pair)
        if not _is_known(change.row, people, seats) or before != change.before or before == change.after:
            found.append(Fault("placement_correction_row", place=" ".join(change.row)))
        elif pair is not None:
            choices[pair] = change.after
        elif change.after is None:
            del rows[change.row]
        else:
            rows[change.row] = change.after
    if found or not changes or len({change.row for change in changes}) < len(changes):
        raise Faulty(found or [Fault("placement_correction_row")])
    return _rebuilt(market, rows, people, _replaced(columns, choices, len(seats)))


def _index(names: Sequence[str]) -> dict[str, int]:
    return {name: index for index, name in enumerate(names)}


def _pair_of(row: Row, people: Mapping[str, int], seats: Mapping[str, int]) -> int | None:
    """Applicant and opening of a choice as one number; None for another row, and for names that nobody bears."""
    if row[0] != "choice" or row[1] not in people or row[2] not in seats:
        return None
    return people[row[1]] * len(seats) + seats[row[2]]


def _is_known(row: Row, people: Mapping[str, int], seats: Mapping[str, int]) -> bool:
    """Whether the names of a row are those of the market; groups may be new."""
    openings = {"capacity": row[1:2], "limit": row[1:2], "choice": row[2:3]}.get(row[0], ())
    applicants = {"choice": row[1:2], "member": row[2:3]}.get(row[0], ())
    return all(one in seats for one in openings) and all(one in people for one in applicants)


def _replaced(columns: tuple[Ints, Ints], choices: Mapping[int, Value], seats: int) -> Choices:
    """All choices, those named here as they are after."""
    pairs, numbers = columns
    kept = ~np.isin(pairs, np.array(list(choices), np.int64))
    added = [(pair, *value) for pair, value in choices.items() if value is not None]
    extra = np.array(added, np.int64).reshape(-1, 3)
    pairs = np.concatenate([pairs[kept], extra[:, 0]])
    numbers = np.concatenate([numbers[kept], extra[:, 1:]])
    width = max(1, seats)
    return Choices(
        applicant=pairs // width, opening=pairs % width, tier=numbers[:, 0], priority=numbers[:, 1]
    )


def _rebuilt(
    market: Market, rows: Mapping[Row, tuple[int | None, ...]], people: Mapping[str, int], choices: Choices
) -> Market:
    limits: dict[str, list[Limit]] = {opening.key: [] for opening in market.openings}
    groups: dict[str, list[int]] = {row[1]: [] for row in rows if row[0] == "group"}
    for row, value in rows.items():
        if row[0] == "limit":
            limits[row[1]].append(Limit(group=row[2], reserve=value[0] or 0, quota=value[1]))
        elif row[0] == "member":
            groups.setdefault(row[1], []).append(people[row[2]])
    openings = [
        replace(one, capacity=rows["capacity", one.key][0] or 0, limits=tuple(limits[one.key]))
        for one in market.openings
    ]
    return Market(
        applicants=market.applicants,
        openings=tuple(openings),
        choices=choices,
        groups={name: np.array(members, np.int64) for name, members in groups.items()},
    )
