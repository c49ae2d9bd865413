"""Reports as pages, files and REST give them: names and words instead of keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dure.alliance.ledger import queries
from dure.alliance.ledger.words import unit_words
from dure.engines import ledger as engine
from dure.engines.sheets import Cell
from dure.foundation import shapes
from dure.people import api as people

COLUMNS: Final = (
    *("organisation", "quarter", "unit", "gave", "used", "net"),
    *("value", "gave_points", "used_points", "net_points"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one organisation gave and used of one unit in one quarter; `value` is what one of it was worth then, in points."""

    organisation: people.Organisation
    quarter: str
    unit: str
    gave: Decimal
    used: Decimal
    value: Decimal | None = None

    @property
    def net_points(self) -> Decimal | None:
        return None if self.value is None else self.net * self.value

    @property
    def net(self) -> Decimal:
        return self.gave - self.used

    @property
    def words(self) -> str:
        return unit_words(self.unit)

    @property
    def cells(self) -> list[Cell]:
        numbers = (self.gave, self.used, self.net)
        points = [self.value, *(one * self.value for one in numbers)] if self.value is not None else [""] * 4
        cells = [float(one) if isinstance(one, Decimal) else one for one in (*numbers, *points)]
        return [self.organisation.slug, self.quarter, self.unit, *cells]


@dataclass(frozen=True, slots=True)
class Report:
    """Lines in order, and members or quarters compared in points. `unvalued` are units that no value counts."""

    lines: list[Line]
    bars: list[shapes.Balance]
    unvalued: list[str]


def alliance(quarter: engine.Quarter | None = None) -> Report:
    """All members, compared with each other. Four queries."""
    rows = queries.rows(quarter)
    values = queries.values()
    accounts = engine.report(rows, values)
    known = {str(one.pk): one for one in people.Organisation.objects.filter(pk__in=list(accounts))}
    in_order = sorted(accounts, key=lambda key: (known[key].name, key))
    bars = [(known[key].name, accounts[key].points) for key in in_order]
    return Report(_lines(rows, known, values), _bars(bars), _unvalued(accounts.values()))


def account(organisation: people.Organisation) -> Report:
    """One member, quarter by quarter. Three queries."""
    rows = queries.rows(organisation=organisation)
    values = queries.values()
    accounts = engine.report(rows, values)
    quarters = [
        (engine.quarter_of(day).name, sums)
        for one in accounts.values()
        for day, sums in sorted(one.quarters.items())
    ]
    known = {str(organisation.pk): organisation}
    return Report(_lines(rows, known, values), _bars(quarters), _unvalued(accounts.values()))


def _lines(
    rows: Iterable[engine.Row], known: dict[str, people.Organisation], values: engine.Values
) -> list[Line]:
    made = [
        Line(
            known[row.account],
            engine.quarter_of(row.starts_on).name,
            row.unit,
            row.gave,
            row.used,
            values.on(row.starts_on, row.unit),
        )
        for row in rows
    ]
    made.sort(key=lambda line: (line.organisation.name, line.organisation.pk, engine.order(line.unit)))
    made.sort(key=lambda line: line.quarter, reverse=True)
    return made


def _bars(named: Iterable[tuple[str, engine.Sums]]) -> list[shapes.Balance]:
    """Corrections may leave less than nothing; a bar cannot show that."""
    return shapes.balances(
        (name, max(0.0, float(sums.gave)), max(0.0, float(sums.used))) for name, sums in named
    )


def _unvalued(accounts: Iterable[engine.Account]) -> list[str]:
    return [unit_words(unit) for unit in sorted({unit for one in accounts for unit in one.unvalued})]


def line_out(line: Line) -> dict[str, Any]:
    """A line as REST gives it."""
    amounts = {name: str(getattr(line, name)) for name in ("gave", "used", "net")}
    return {
        "organisation": line.organisation.slug,
        "quarter": line.quarter,
        "unit": line.unit,
        **amounts,
        "value": None if line.value is None else f"{line.value:f}",
        "net_points": None if line.net_points is None else f"{line.net_points:f}",
    }
