"""Reports that compare members: who uses whose accelerators, and what is pledged and not delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dure.alliance.commitments.queries import standing
from dure.alliance.ledger import queries
from dure.alliance.models import Commitment
from dure.engines import ledger as engine
from dure.engines.sheets import Cell
from dure.people import api as people

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A matrix with names: a line for each giver with a cell for each user. Without a `unit` it is in points."""

    unit: str
    units: list[str]
    users: list[str]
    lines: list[tuple[str, list[Decimal]]]
    cells: list[list[Cell]]
    unvalued: frozenset[str]


def matrix(quarter: engine.Quarter | None, unit: str) -> Compared:
    """Of one type of accelerator in hours, or of all in points. Three queries."""
    flows = queries.flows(quarter)
    units = sorted({flow.unit for _day, flow in flows})
    if unit in units:
        found = engine.matrix(flow for _day, flow in flows if flow.unit == unit)
        return _named(found, unit, units)
    valued, unvalued = [], set()
    values = queries.values()
    for day, flow in flows:
        worth = values.on(day, flow.unit)
        if worth is None:
            unvalued.add(flow.unit)
        else:
            valued.append(flow._replace(quantity=flow.quantity * worth))
    return _named(engine.matrix(valued), "", units, frozenset(unvalued))


def _named(
    found: engine.Matrix, unit: str, units: list[str], unvalued: frozenset[str] = frozenset()
) -> Compared:
    known = {str(one.pk): one for one in people.Organisation.objects.filter(pk__in=_keys(found))}
    givers, users = (
        sorted(keys, key=lambda key: (known[key].name if key else "", key))
        for keys in (found.givers, found.users)
    )
    names = {key: known[key].name if key else "–" for key in (*givers, *users)}
    slugs = {key: known[key].slug if key else "" for key in (*givers, *users)}
    lines = [(names[giver], [found.cells.get((giver, user), ZERO) for user in users]) for giver in givers]
    cells: list[list[Cell]] = [
        [slugs[giver], slugs[user], float(found.cells[giver, user])]
        for giver in givers
        for user in users
        if (giver, user) in found.cells
    ]
    return Compared(unit, units, [names[user] for user in users], lines, cells, unvalued)


def _keys(found: engine.Matrix) -> set[str]:
    return {key for key in (*found.givers, *found.users) if key}


def pledge_cells(rows: Sequence[Commitment]) -> list[list[Cell]]:
    """Pledges as a file gives them."""
    return [
        [
            one.commitment.donor.slug,
            one.commitment.beneficiary.slug if one.commitment.beneficiary else "",
            one.commitment.kind,
            one.commitment.what,
            one.commitment.unit,
            float(one.commitment.quantity),
            float(one.delivered),
            float(one.commitment.quantity - one.delivered),
            f"{one.commitment.ends_on}",
            one.commitment.state,
        ]
        for one in standing(rows)
    ]
