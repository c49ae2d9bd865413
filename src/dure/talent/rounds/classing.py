"""Classes that an organisation gives to whoever ranks its seat: by pseudonym, one by one or all at once from a table."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundChoice, RoundSeat
from dure.talent.models.round import LAST_CLASS
from dure.talent.rounds import rules

LARGEST: Final = 4 * 1024 * 1024
HEADER: Final = ["pseudonym", "class"]
MOST_FAULTS: Final = 50
UPDATE: Final = """update talent_roundchoice choice set priority = given.priority
from unnest(%s::bigint[], %s::smallint[]) as given(id, priority) where choice.id = given.id"""
Classes = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a table would change: how many get another class, of these how many are not acceptable, and how many stay."""

    changed: int
    refused: int
    same: int


def read(text: str) -> dict[str, int | None]:
    """Pseudonyms with their classes from CSV whose first columns are `pseudonym,class`; an empty class: not acceptable.

    Raises Faulty with what is wrong, line by line.
    """
    if len(text) > LARGEST:
        raise Faulty([Fault("classes_too_large", {"limit": LARGEST}, place="table")])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if not rows or [name.strip() for name in rows[0][:2]] != HEADER:
        raise Faulty([Fault("classes_header", place="table")])
    found: dict[str, int | None] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        fault = _fault_of(row, found, number)
        if fault:
            faults.append(fault)
        else:
            found[row[0].strip()] = int(row[1]) if row[1].strip() else None
    if faults:
        raise Faulty(faults[:MOST_FAULTS])
    return found


def _fault_of(row: list[str], found: Classes, number: int) -> Fault | None:
    if len(row) < len(HEADER):
        return Fault("classes_columns", row=number)
    name, given = (cell.strip() for cell in row[:2])
    if name in found:
        return Fault("classes_twice", {"name": name[:40]}, row=number)
    is_class = given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= LAST_CLASS
    return None if not given or is_class else Fault("classes_range", {"high": LAST_CLASS}, row=number)


def plan(seat: RoundSeat, classes: Classes) -> Planned:
    """The dry run. Raises Faulty for pseudonyms that do not rank this seat."""
    changes, same = _changes(seat, classes)
    return Planned(len(changes), sum(given is None for given in changes.values()), same)


@transaction.atomic
def give(seat: RoundSeat, *, by: people.Person, classes: Classes) -> int:
    """Give these classes while rankings are open; returns how many changed. Raises Denied, Faulty."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=seat.round_id)
    demand(rules.may_class(by, seat))
    demand(rules.takes_rankings(locked))
    changes, _same = _changes(seat, classes)
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [list(changes), list(changes.values())])
    audit.write(by=by, action="placement_round.classed", obj=locked, detail={"changed": len(changes)})
    return len(changes)


def _changes(seat: RoundSeat, classes: Classes) -> tuple[dict[int, int | None], int]:
    """Choices by id with their new class, and how many stay as they are; one query."""
    rows = RoundChoice.objects.filter(seat=seat).values_list("entry__pseudonym", "pk", "priority")
    known = {pseudonym: (key, priority) for pseudonym, key, priority in rows.order_by()}
    if strange := [name for name in classes if name not in known]:
        names = ", ".join(name[:40] for name in strange[:5])
        raise Faulty([Fault("classes_unknown", {"names": names, "count": len(strange)}, place="table")])
    changes = {known[name][0]: given for name, given in classes.items() if known[name][1] != given}
    return changes, len(classes) - len(changes)
