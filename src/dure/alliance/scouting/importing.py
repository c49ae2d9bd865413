"""Startups from a spreadsheet: looked at first, then sent again to be taken over. Nothing is kept of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dure.alliance.imports import file
from dure.alliance.models import ScoutedStartup
from dure.alliance.scouting import reading, rules
from dure.engines.faults import Fault
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Look:
    """What taking the file over does: startups that are new by their line, how many are known, and all that is wrong."""

    new: Mapping[int, Mapping[str, Any]]
    known: int
    faults: tuple[Fault, ...]


@transaction.atomic
def take_over(
    stream: Iterable[bytes],
    *,
    by: people.Person,
    organisation: people.Organisation | None,
    dry: bool,
) -> Look:
    """Write down what is new in the file, all or nothing; with `dry` only look. Raises Denied, or Faulty where it is no table."""
    demand(rules.may_scout_for(by, organisation))
    table = file.read(stream)
    found = reading.read(table["headings"], table["rows"])
    known = _known(organisation)
    new = {line: one for line, one in found.found.items() if reading.key_of(one) not in known}
    seen = Look(new, len(found.found) - len(new), found.faults)
    if not dry and not seen.faults:
        _write(seen, by, organisation)
    return seen


def _write(seen: Look, by: people.Person, organisation: people.Organisation | None) -> None:
    rows = [ScoutedStartup(organisation=organisation, entered_by=by, **one) for one in seen.new.values()]
    made = ScoutedStartup.objects.bulk_create(rows, ignore_conflicts=True)
    detail = {"made": len(made), "organisation": organisation}
    audit.write(by=by, action="scouted_startup.imported", obj=by, detail=detail)


def _known(organisation: people.Organisation | None) -> set[tuple[str, str, str]]:
    """What the side has written down already."""
    rows = ScoutedStartup.objects.filter(organisation=organisation).order_by()
    return {reading.key_of(one) for one in rows.values("country", "name_ko", "name_en")}
