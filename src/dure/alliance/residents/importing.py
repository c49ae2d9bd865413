"""Residents from a spreadsheet: look first, then enter all or nothing. Every fault is told by its line and column."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from dure.alliance.imports import file
from dure.alliance.models import JointLab, LabSpace, Resident
from dure.alliance.residents import keeping, rules
from dure.engines.sheets import Table
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people

NEEDED: Final = ("address", "employer", "since")


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says: how many are new, how many are entered already, and all that is wrong."""

    new: list[Mapping[str, Any]]
    known: int
    faults: list[Fault]


def look(lab: JointLab, *, by: people.Person, stream: Iterable[bytes]) -> Look:
    """Changes nothing, and nothing is kept of the file. Raises Denied, and Faulty where it is no table."""
    demand(rules.keeps(by, lab))
    return _read(lab, file.read(stream))


@transaction.atomic
def enter(lab: JointLab, *, by: people.Person, stream: Iterable[bytes]) -> int:
    """All that is new; who is entered already stays as they are. Raises Denied, Faulty with every fault of every line."""
    seen = look(lab, by=by, stream=stream)
    if seen.faults:
        raise Faulty(seen.faults)
    for given in seen.new:
        keeping.expect(lab, by=by, given=given)
    return len(seen.new)


def _read(lab: JointLab, table: Table) -> Look:
    missing = [
        Fault("resident_column_missing", {"value": name}, place="file")
        for name in NEEDED
        if name not in table["headings"]
    ]
    if missing:
        raise Faulty(missing)
    book = _Book(lab, table)
    for line, cells in table["rows"]:
        book.take(line, dict(zip(table["headings"], cells, strict=True)))
    return Look(book.new, book.known, book.faults)


class _Book:
    """The lines of one file, held against what is known; a fixed number of queries however many lines."""

    def __init__(self, lab: JointLab, table: Table) -> None:
        column = {name: at for at, name in enumerate(table["headings"])}
        cells = [row for _line, row in table["rows"]]
        asked = {row[column["address"]].lower() for row in cells}
        self.employers = {
            one.slug: one
            for one in people.Organisation.objects.filter(slug__in={row[column["employer"]] for row in cells})
        }
        self.members = set(_members(asked, self.employers.values()))
        standing = lab.residents.filter(state__in=("expected", "working", "leaving"))
        self.entered = {str(one).lower() for one in standing.values_list("person__email", flat=True)}
        desks = lab.spaces.filter(kind=LabSpace.Kind.DESK, closed_at=None)
        self.desks = {one.name: one for one in desks}
        self.taken = set(Resident.objects.filter(desk__in=desks).values_list("desk__name", flat=True))
        self.new: list[Mapping[str, Any]] = []
        self.known = 0
        self.faults: list[Fault] = []

    def take(self, line: int, said: Mapping[str, str]) -> None:
        """One line: known, new, or wrong."""
        address = said["address"].lower()
        if address in self.entered:
            self.known += 1
            return
        found, given = list(self._faults(line, said)), None
        if not found:
            given = self._given(said)
            found = [
                Fault(one.code, one.params, row=line, column=one.place) for one in keeping.stay_faults(given)
            ]
        if found or given is None:
            self.faults += found
            return
        self.entered.add(address)
        self.taken.add(said.get("desk", ""))
        self.new.append(given)

    def _faults(self, line: int, said: Mapping[str, str]) -> Iterator[Fault]:
        employer = self.employers.get(said["employer"])
        if employer is None:
            yield Fault("resident_employer_unknown", {"value": said["employer"]}, row=line, column="employer")
        elif (said["address"].lower(), employer.pk) not in self.members:
            yield Fault("resident_unknown", row=line, column="address")
        for name in ("since", "until"):
            text = said.get(name, "")
            if (text or name == "since") and _day(text) is None:
                yield Fault("resident_day_malformed", {"value": text[:40]}, row=line, column=name)
        desk = said.get("desk", "")
        if desk and desk not in self.desks:
            yield Fault("desk_unknown", row=line, column="desk")
        elif desk and desk in self.taken:
            yield Fault("desk_taken", row=line, column="desk")

    def _given(self, said: Mapping[str, str]) -> dict[str, Any]:
        return {
            "address": said["address"],
            "employer": self.employers[said["employer"]],
            "since": _day(said["since"]),
            "until": _day(said.get("until", "")),
            "desk": self.desks.get(said.get("desk", "")),
            "project": None,
        }


def _members(addresses: set[str], employers: Any) -> Iterator[tuple[str, int]]:
    """Who of these belongs to which of these organisations today."""
    inside = people.Membership.objects.current().filter(
        organisation__in=[one.pk for one in employers], person__is_active=True, person__email__in=addresses
    )
    for email, organisation in inside.values_list("person__email", "organisation_id"):
        yield str(email).lower(), organisation


def _day(text: str) -> date | None:
    """A day as a spreadsheet writes it; None for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
