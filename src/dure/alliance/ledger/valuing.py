"""The table of values: what units are worth in points, from a quarter on, in reports only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction

from dure.alliance.ledger import periods, queries, rules
from dure.alliance.models import LedgerValue
from dure.engines import ledger as engine
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people


@transaction.atomic
def set_value(*, by: people.Person, unit: str, valid_from: date, points: Decimal) -> LedgerValue:
    """A line of the table; of two for one unit and day the later counts. Raises Denied, and Faulty with all that is wrong."""
    demand(rules.keeps_ledger(by, None))
    line = engine.Value(unit.strip().casefold(), valid_from, points)
    faults = [*engine.value_faults(line), *_too_late(line)]
    if faults:
        raise Faulty(faults)
    made = LedgerValue.objects.create(unit=line.unit, valid_from=valid_from, points=points, set_by=by)
    detail = {"unit": line.unit, "valid_from": valid_from, "points": points}
    audit.write(by=by, action="ledger.value_set", obj=made, detail=detail)
    return made


def _too_late(line: engine.Value) -> Iterator[Fault]:
    """What was compared in a closed quarter stays comparable: a value may come late, but not become another."""
    if periods.is_closed(line.valid_from) and queries.values().on(line.valid_from, line.unit) is not None:
        yield Fault("ledger_value_closed", place="valid_from")
