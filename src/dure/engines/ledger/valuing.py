"""Values by date: what makes units comparable in a report, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dure.engines.faults import Fault
from dure.engines.ledger.units import unit_faults
from dure.engines.ledger.values import LARGEST


@dataclass(frozen=True, slots=True)
class Value:
    """What one of a unit is worth in points from a day on, until a later line for the unit says otherwise."""

    unit: str
    valid_from: date
    points: Decimal


class Values:
    """All lines of the table; of two for one unit and day the later one in the list counts."""

    def __init__(self, lines: Iterable[Value]) -> None:
        by_unit: dict[str, dict[date, Decimal]] = defaultdict(dict)
        for line in lines:
            by_unit[line.unit][line.valid_from] = line.points
        self._by_unit: Mapping[str, Sequence[tuple[date, Decimal]]] = {
            unit: sorted(lines.items(), reverse=True) for unit, lines in by_unit.items()
        }

    def on(self, day: date, unit: str) -> Decimal | None:
        """What one of the unit is worth on a day; None where nobody has said."""
        return next((points for since, points in self._by_unit.get(unit, ()) if since <= day), None)


def value_faults(line: Value) -> Iterator[Fault]:
    """What is wrong with a line. A value changes only where a quarter begins: a report values whole quarters."""
    yield from unit_faults(line.unit, place="unit")
    if not 0 <= line.points < LARGEST:
        yield Fault("ledger_value_range", place="points")
    if line.valid_from.day != 1 or line.valid_from.month % 3 != 1:
        yield Fault("ledger_not_quarter", place="valid_from")
