"""What each row does. A dry run is the real run, rolled back: what is shown is exactly what would happen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from dure.foundation import audit, clock, notices
from dure.foundation.access import Actor
from dure.foundation.faults import Fault, Faulty
from dure.people import kinds, rules
from dure.people.actions.memberships import start_membership
from dure.people.actions.organisations import apply_values, normalised
from dure.people.imports.columns import KINDS, ROLES, Cells, heading
from dure.people.index import index_person
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
    """One pass over the file inside the caller's transaction. Rows see what earlier rows made."""

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.said: dict[tuple[str, str, str], tuple[str, int]] = {}
        self.organisations = list(Organisation.objects.all())
        self.people = {person.email: person for person in Person.objects.filter(deleted_at=None)}
        self.touched: set[tuple[str, int]] = set()

    def plan(self, fields: list[str], rows: Iterable[tuple[int, list[str]]]) -> Plan:
        return Plan([self.row(Cells(line, dict(zip(fields, cells, strict=True)))) for line, cells in rows])

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
        by_number = _first(self.organisations, values, ("business_number", "ror_id"))
        by_name = _first(self.organisations, values, ("name_ko", "name_en"))
        if by_number and by_name and by_number.pk != by_name.pk:
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
        return self._save_organisation(cells, row, organisation, values, is_new=found is None)

    def _save_organisation(
        self, cells: Cells, row: Row, organisation: Organisation, values: dict[str, Any], *, is_new: bool
    ) -> Organisation | None:
        try:
            apply_values(organisation, values)
        except Faulty as error:
            for fault in error.faults:
                column = ORGANISATION_COLUMNS.get(fault.place or "", fault.place or "organisation_ko")
                cells.wrong(fault.code, column, **fault.params)  # type: ignore[arg-type]  # our faults hold text and whole numbers
            if not is_new:
                organisation.refresh_from_db()
            return None
        action = "organisation.created" if is_new else "organisation.edited"
        audit.write(by=self.by, action=action, obj=organisation, detail={"import_line": cells.line})
        row.fates["organisation"] = CREATE if is_new else UPDATE
        if is_new:
            self.organisations.append(organisation)
        self._remember(cells, organisation, values)
        return organisation

    def _remember(self, cells: Cells, organisation: Organisation, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self.said.setdefault(("organisation", str(organisation.pk), name), (str(value), cells.line))

    def _contradicts(self, cells: Cells, organisation: Organisation, changed: Mapping[str, Any]) -> bool:
        """Whether an earlier line of this file said something else about the same organisation."""
        clash = False
        for name in changed:
            said = self.said.get(("organisation", str(organisation.pk), name))
            if said:
                clash = True
                column = ORGANISATION_COLUMNS.get(name, name)
                cells.wrong("contradicts_row", column, other=said[1], what=heading(column), value=said[0])
        return clash

    def _person(self, cells: Cells, row: Row) -> Person | None:
        email = cells.text("email").lower()
        if not email:
            if any(cells.text(name) for name in ("name_ko", "name_en", "role", "title")):
                cells.wrong("email_missing", "email")
            return None
        if not _is_email(email):
            cells.wrong("bad_email", "email", value=email)
            return None
        found = self.people.get(email)
        return self._known_person(cells, row, found) if found else self._new_person(cells, row, email)

    def _known_person(self, cells: Cells, row: Row, person: Person) -> Person:
        """People own their names: the file only fills what they left empty."""
        row.fates["person"] = UNCHANGED
        given = {name: cells.text(name)[:80] for name in ("name_ko", "name_en")}
        filled = [name for name, value in given.items() if value and not getattr(person, name)]
        if filled and not cells.faults:
            for name in filled:
                setattr(person, name, given[name])
            person.save(update_fields=filled)
            index_person(person)
            audit.write(by=self.by, action="person.names_filled", obj=person, detail={"fields": filled})
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
        person = Person.objects.create_user(email, None, **names)
        index_person(person)
        audit.write(by=self.by, action="person.imported", obj=person)
        notices.notify([person], kinds.WELCOME, url=reverse("account_reset_password"), params={})
        self.people[email] = person
        row.fates["person"] = CREATE
        return person

    def _membership(self, cells: Cells, person: Person, organisation: Organisation) -> str:
        role = cells.choice("role", ROLES, "unknown_role") or Membership.Role.MEMBER
        starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
        title = cells.text("title")
        if len(title) > 80:
            cells.wrong("too_long", "title", limit=80)
        if role == rules.REPRESENTATIVE and person.pk == self.by.pk:
            cells.wrong("not_yourself", "role")
        if cells.faults:
            return UNCHANGED
        given = {"title": title, "starts_on": starts_on, "ends_on": ends_on}
        found = _same_membership(person, organisation, role, given)
        first, last = starts_on or (found and found.starts_on), ends_on or (found and found.ends_on)
        if first and last and last < first:
            cells.wrong("ends_before_it_starts", "ends_on")
            return UNCHANGED
        return (
            self._update_membership(found, given) if found else self._start(person, organisation, role, given)
        )

    def _start(self, person: Person, organisation: Organisation, role: str, given: Mapping[str, Any]) -> str:
        starts_on = given["starts_on"] or min(clock.today(), given["ends_on"] or clock.today())
        start_membership(
            by=self.by,
            person=person,
            organisation=organisation,
            role=role,
            title=given["title"],
            starts_on=starts_on,
            ends_on=given["ends_on"],
        )
        return CREATE

    def _update_membership(self, membership: Membership, given: Mapping[str, Any]) -> str:
        changed = [name for name, value in given.items() if value and getattr(membership, name) != value]
        if not changed:
            return UNCHANGED
        for name in changed:
            setattr(membership, name, given[name])
        membership.save(update_fields=changed)
        audit.write(by=self.by, action="membership.edited", obj=membership, detail={"fields": changed})
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


def _first(
    rows: list[Organisation], values: Mapping[str, Any], names: tuple[str, ...]
) -> Organisation | None:
    """The first organisation that agrees with a given value under one of these names."""
    for name in names:
        wanted = _folded(values.get(name))
        found = next((row for row in rows if wanted and _folded(getattr(row, name)) == wanted), None)
        if found:
            return found
    return None


def _folded(value: str | None) -> str:
    return "".join((value or "").casefold().split())


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL


def _same_membership(
    person: Person, organisation: Organisation, role: str, given: Mapping[str, Any]
) -> Membership | None:
    """The one the row is about: open in this role, or with the same first or last day (so that a second run finds it)."""
    rows = Membership.objects.filter(person=person, organisation=organisation, role=role).order_by("-id")

    def fits(row: Membership) -> bool:
        same_start = given["starts_on"] is not None and row.starts_on == given["starts_on"]
        same_end = given["ends_on"] is not None and row.ends_on == given["ends_on"]
        return not row.is_over or same_start or same_end

    fitting = [row for row in rows if fits(row)]
    return next((row for row in fitting if not row.is_over), fitting[0] if fitting else None)
