"""What each row does. The same pass is looked at and applied, so what is shown is exactly what would happen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dure.foundation import clock
from dure.foundation.access import Actor
from dure.foundation.faults import Fault
from dure.people import rules
from dure.people.actions.memberships import membership_detail
from dure.people.actions.organisations import normalised, own_faults, slug_beside
from dure.people.imports.changes import Changes
from dure.people.imports.columns import KINDS, ROLES, Cells, heading
from dure.people.imports.register import NAMES, NUMBERS, Register
from dure.people.models import Membership, Organisation, Person

CREATE, UPDATE, UNCHANGED, ERROR = "create", "update", "unchanged", "error"
ORDER = (UNCHANGED, UPDATE, CREATE, ERROR)
LONGEST_EMAIL = 254
ORGANISATION_COLUMNS = {"name_ko": "organisation_ko", "name_en": "organisation_en"}


@dataclass(slots=True)
class Row:
    """One line of the file and its fate: the strongest of what happens to its organisation, person and membership."""

    line: int
    label: str
    fates: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def fate(self) -> str:
        if self.faults:
            return ERROR
        return max(self.fates.values(), key=ORDER.index, default=UNCHANGED)


@dataclass(slots=True)
class Plan:
    """Every row's fate, in the order of the file."""

    rows: list[Row]

    @property
    def faults(self) -> list[Fault]:
        return [fault for row in self.rows for fault in row.faults]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are created, updated, unchanged, in error; and how many of each thing are made or changed."""
        counted = Counter(row.fate for row in self.rows)
        things = Counter(
            f"{what}_{fate}" for row in self.rows for what, fate in row.fates.items() if fate != UNCHANGED
        )
        return {**{fate: counted.get(fate, 0) for fate in ORDER}, **dict(sorted(things.items()))}


class Run:
    """One pass over the file. Rows see what earlier rows make; nothing is written until `changes.write()`."""

    def __init__(self, *, by: Actor, rows: list[Cells]) -> None:
        self.by = by
        self.rows = rows
        self.said: dict[tuple[str, str], tuple[str, int]] = {}
        self.register = Register(emails=(_email(cells) for cells in rows))
        self.changes = Changes(by=by)

    def plan(self) -> Plan:
        return Plan([self.row(cells) for cells in self.rows])

    def row(self, cells: Cells) -> Row:
        row = Row(cells.line, _label(cells), faults=cells.faults)
        organisation = self._organisation(cells, row)
        person = self._person(cells, row)
        if organisation and person and not cells.faults:
            fate = self._membership(cells, person, organisation)
            row.fates |= {} if cells.faults else {"membership": fate}
        return row

    def _organisation(self, cells: Cells, row: Row) -> Organisation | None:
        values = _organisation_values(cells)
        if not (values.get("name_ko") or values.get("name_en")):
            cells.wrong("organisation_missing", "organisation_ko")
            return None
        found = self._find_organisation(cells, values)
        if cells.faults:
            return None
        return self._write_organisation(cells, row, found, values)

    def _find_organisation(self, cells: Cells, values: Mapping[str, Any]) -> Organisation | None:
        by_number = self.register.organisation(values, NUMBERS)
        by_name = self.register.organisation(values, NAMES)
        if by_number and by_name and by_number.uid != by_name.uid:
            cells.wrong("two_organisations", "organisation_ko")
        return by_number or by_name

    def _write_organisation(
        self, cells: Cells, row: Row, found: Organisation | None, values: dict[str, Any]
    ) -> Organisation | None:
        organisation = found or Organisation(kind=values.get("kind", ""), country="KR")
        changed = {name: value for name, value in values.items() if getattr(organisation, name) != value}
        if found and not changed:
            row.fates.setdefault("organisation", UNCHANGED)
            self._remember(cells, found, values)
            return found
        if found and self._contradicts(cells, found, changed):
            return None
        if not self._is_sound(cells, organisation, values):
            return None
        self._keep_organisation(cells, organisation, changed if found else values, is_new=found is None)
        row.fates["organisation"] = UPDATE if found else CREATE
        self._remember(cells, organisation, values)
        return organisation

    def _is_sound(self, cells: Cells, organisation: Organisation, values: Mapping[str, Any]) -> bool:
        """Whether the organisation may have these values; every fault stands at its cell."""
        tried = copy(organisation)
        for name, value in values.items():
            setattr(tried, name, value)
        for fault in (*own_faults(tried), *self._taken(tried, values)):
            place = fault.place or "organisation_ko"
            params = {name: str(value) for name, value in fault.params.items()}
            cells.wrong(fault.code, ORGANISATION_COLUMNS.get(place, place), **params)
        return not cells.faults

    def _taken(self, organisation: Organisation, values: Mapping[str, Any]) -> Iterator[Fault]:
        for name in NUMBERS:
            holder = self.register.holder(name, values.get(name), but=organisation)
            if holder:
                yield Fault("taken", {"value": values[name], "name": holder.name}, place=name)

    def _keep_organisation(
        self, cells: Cells, organisation: Organisation, values: Mapping[str, Any], *, is_new: bool
    ) -> None:
        detail = {"import_line": cells.line}
        if not is_new:
            self.register.change_organisation(organisation, values)
            self.changes.organisations.change(organisation, values)
            self.changes.note("organisation.edited", organisation, detail)
            return
        for name, value in values.items():
            setattr(organisation, name, value)
        organisation.slug = slug_beside(organisation, taken=self.register.slugs)
        self.register.add_organisation(organisation)
        self.changes.organisations.make(organisation)
        self.changes.note("organisation.created", organisation, detail)

    def _remember(self, cells: Cells, organisation: Organisation, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self.said.setdefault((str(organisation.uid), name), (str(value), cells.line))

    def _contradicts(self, cells: Cells, organisation: Organisation, changed: Mapping[str, Any]) -> bool:
        """Whether an earlier line of this file said something else about the same organisation."""
        clash = False
        for name in changed:
            said = self.said.get((str(organisation.uid), name))
            if said:
                clash = True
                column = ORGANISATION_COLUMNS.get(name, name)
                cells.wrong("contradicts_row", column, other=said[1], what=heading(column), value=said[0])
        return clash

    def _person(self, cells: Cells, row: Row) -> Person | None:
        email = _email(cells)
        if not email:
            if any(cells.text(name) for name in ("name_ko", "name_en", "role", "title")):
                cells.wrong("email_missing", "email")
            return None
        if not _is_email(email):
            cells.wrong("bad_email", "email", value=email)
            return None
        found = self.register.people.get(email)
        return self._known_person(cells, row, found) if found else self._new_person(cells, row, email)

    def _known_person(self, cells: Cells, row: Row, person: Person) -> Person:
        """People own their names: the file only fills what they left empty."""
        row.fates["person"] = UNCHANGED
        given = {name: cells.text(name)[:80] for name in ("name_ko", "name_en")}
        filled = [name for name, value in given.items() if value and not getattr(person, name)]
        if filled and not cells.faults:
            for name in filled:
                setattr(person, name, given[name])
            self.changes.people.change(person, filled)
            self.changes.note("person.names_filled", person, {"fields": filled})
            row.fates["person"] = UPDATE
        return person

    def _new_person(self, cells: Cells, row: Row, email: str) -> Person | None:
        names = {name: cells.text(name) for name in ("name_ko", "name_en")}
        if not any(names.values()):
            cells.wrong("name_missing", "name_ko")
        for name in (name for name, value in names.items() if len(value) > 80):
            cells.wrong("too_long", name, limit=80)
        if cells.faults:
            return None
        person = Person(email=email, **names)
        person.set_unusable_password()
        self.register.people[email] = person
        self.changes.people.make(person)
        self.changes.note("person.imported", person)
        row.fates["person"] = CREATE
        return person

    def _membership(self, cells: Cells, person: Person, organisation: Organisation) -> str:
        role = cells.choice("role", ROLES, "unknown_role") or Membership.Role.MEMBER
        starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
        title = cells.text("title")
        if len(title) > 80:
            cells.wrong("too_long", "title", limit=80)
        if role == rules.REPRESENTATIVE and person.uid == getattr(self.by, "uid", None):
            cells.wrong("not_yourself", "role")
        if cells.faults:
            return UNCHANGED
        found = self.register.membership(person, organisation, role, starts_on=starts_on, ends_on=ends_on)
        first, last = starts_on or (found and found.starts_on), ends_on or (found and found.ends_on)
        if first and last and last < first:
            cells.wrong("ends_before_it_starts", "ends_on")
            return UNCHANGED
        given = {"title": title, "starts_on": starts_on, "ends_on": ends_on}
        return (
            self._update_membership(found, given) if found else self._start(person, organisation, role, given)
        )

    def _start(self, person: Person, organisation: Organisation, role: str, given: Mapping[str, Any]) -> str:
        starts_on = given["starts_on"] or min(clock.today(), given["ends_on"] or clock.today())
        membership = Membership(
            person=person, organisation=organisation, role=role, **{**given, "starts_on": starts_on}
        )
        self.register.add_membership(membership)
        self.changes.memberships.make(membership)
        self.changes.note("membership.started", membership, membership_detail(membership))
        return CREATE

    def _update_membership(self, membership: Membership, given: Mapping[str, Any]) -> str:
        changed = [name for name, value in given.items() if value and getattr(membership, name) != value]
        if not changed:
            return UNCHANGED
        for name in changed:
            setattr(membership, name, given[name])
        self.changes.memberships.change(membership, changed)
        self.changes.note("membership.edited", membership, {"fields": changed})
        return UPDATE


def _label(cells: Cells) -> str:
    """What a person recognises the row by."""
    parts = [
        cells.text("organisation_ko") or cells.text("organisation_en"),
        cells.text("name_ko") or cells.text("name_en") or cells.text("email"),
    ]
    return " · ".join(part for part in parts if part)


def _organisation_values(cells: Cells) -> dict[str, Any]:
    """The organisation's cells that hold something, as the database keeps them; an empty cell leaves things as they are."""
    values = {
        "name_ko": cells.text("organisation_ko"),
        "name_en": cells.text("organisation_en"),
        "kind": cells.choice("kind", KINDS, "unknown_type"),
        "country": cells.text("country"),
        "business_number": cells.text("business_number"),
        "ror_id": cells.text("ror_id"),
        "website": cells.text("website"),
        "joined_on": cells.day("joined_on"),
    }
    return normalised({name: value for name, value in values.items() if value})


def _email(cells: Cells) -> str:
    return cells.text("email").lower()


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL
