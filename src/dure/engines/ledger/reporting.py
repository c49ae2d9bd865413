"""Reports from rows: who gave and used how much in which quarter, and what that comes to by the table of values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from dure.engines.ledger.units import order
from dure.engines.ledger.valuing import Values

NONE: Final = Decimal(0)


class Row(NamedTuple):
    """What an account gave and used of a unit in the quarter that begins at `starts_on`. Corrections may bring either below 0."""

    account: str
    starts_on: date
    unit: str
    gave: Decimal
    used: Decimal

    @property
    def net(self) -> Decimal:
        return self.gave - self.used


@dataclass(slots=True)
class Sums:
    """Two figures and their difference."""

    gave: Decimal = NONE
    used: Decimal = NONE

    @property
    def net(self) -> Decimal:
        return self.gave - self.used

    def add(self, gave: Decimal, used: Decimal) -> None:
        self.gave += gave
        self.used += used


@dataclass(slots=True)
class Account:
    """One account's report: by unit, by quarter and unit, and in points. `unvalued` are the units that no value counts."""

    account: str
    units: dict[str, Sums] = field(default_factory=lambda: defaultdict(Sums))
    rows: list[Row] = field(default_factory=list)
    points: Sums = field(default_factory=Sums)
    quarters: dict[date, Sums] = field(default_factory=lambda: defaultdict(Sums))
    unvalued: set[str] = field(default_factory=set)

    @property
    def in_order(self) -> list[tuple[str, Sums]]:
        """Units with their sums, as people read them."""
        return sorted(self.units.items(), key=lambda pair: order(pair[0]))


def report(rows: Iterable[Row], values: Values) -> dict[str, Account]:
    """Every account's report. A unit without a value is named, never counted as worth nothing."""
    accounts: dict[str, Account] = {}
    for row in rows:
        account = accounts.setdefault(row.account, Account(row.account))
        account.rows.append(row)
        account.units[row.unit].add(row.gave, row.used)
        worth = values.on(row.starts_on, row.unit)
        if worth is None:
            account.unvalued.add(row.unit)
            continue
        account.points.add(row.gave * worth, row.used * worth)
        account.quarters[row.starts_on].add(row.gave * worth, row.used * worth)
    return accounts


class Flow(NamedTuple):
    """How much of a unit one account used of what another gave."""

    giver: str
    user: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who uses whose accelerators: a line for each giver, a column for each user, one unit at a time or in points."""

    givers: tuple[str, ...]
    users: tuple[str, ...]
    cells: Mapping[tuple[str, str], Decimal]
    unvalued: frozenset[str] = frozenset()


def matrix(flows: Iterable[Flow], worth: Mapping[str, Decimal] | None = None) -> Matrix:
    """The matrix of flows: as they are (of one unit), or each times what it is worth."""
    cells: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    unvalued = set()
    for flow in flows:
        if worth is not None and flow.unit not in worth:
            unvalued.add(flow.unit)
            continue
        cells[flow.giver, flow.user] += flow.quantity * (1 if worth is None else worth[flow.unit])
    shown = {pair: quantity for pair, quantity in cells.items() if quantity}
    givers, users = ({pair[at] for pair in shown} for at in (0, 1))
    return Matrix(tuple(sorted(givers)), tuple(sorted(users)), shown, frozenset(unvalued))
