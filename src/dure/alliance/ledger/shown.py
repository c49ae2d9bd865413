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

COLUMNS: Final = ("organisation", "quarter", "unit", "gave", "used", "net")


@dataclass(frozen=True, slots=True)
class Line:
    """What one organisation gave and used of one unit in one quarter."""

    organisation: people.Organisation
    quarter: str
    unit: str
    gave: Decimal
    used: Decimal

    @property
    def net(self) -> Decimal:
        return self.gave - self.used

    @property
    def words(self) -> str:
        return unit_words(self.unit)

    @property
    def cells(self) -> list[Cell]:
        numbers = (float(self.gave), float(self.used), float(self.net))
        return [self.organisation.slug, self.quarter, self.unit, *numbers]


@dataclass(frozen=True, slots=True)
class Report:
    """Lines in order, and members or quarters compared in points. `unvalued` are units that no value counts."""

    lines: list[Line]
    bars: list[shapes.Balance]
    unvalued: list[str]


def alliance(quarter: engine.Quarter | None = None) -> Report:
    """All members, compared with each other. Four queries."""
    rows = queries.rows(quarter)
    accounts = engine.report(rows, queries.values())
    known = {str(one.pk): one for one in people.Organisation.objects.filter(pk__in=list(accounts))}
    in_order = sorted(accounts, key=lambda key: (known[key].name, key))
    bars = [(known[key].name, accounts[key].points) for key in in_order]
    return Report(_lines(rows, known), _bars(bars), _unvalued(accounts.values()))


def account(organisation: people.Organisation) -> Report:
    """One member, quarter by quarter. Three queries."""
    rows = queries.rows(organisation=organisation)
    accounts = engine.report(rows, queries.values())
    quarters = [
        (engine.quarter_of(day).name, sums)
        for one in accounts.values()
        for day, sums in sorted(one.quarters.items())
    ]
    known = {str(organisation.pk): organisation}
    return Report(_lines(rows, known), _bars(quarters), _unvalued(accounts.values()))


def _lines(rows: Iterable[engine.Row], known: dict[str, people.Organisation]) -> list[Line]:
    made = [
        Line(known[row.account], engine.quarter_of(row.starts_on).name, row.unit, row.gave, row.used)
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
    }
