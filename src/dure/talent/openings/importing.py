"""Openings from a spreadsheet: look first, then take over exactly that file as drafts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dure.engines import hiring
from dure.engines import openings as engine
from dure.engines.sheets.reading import FILE_MIB, Table
from dure.foundation import audit, clock, files
from dure.foundation.access import Hidden, Role, demand, has_role
from dure.foundation.faults import Fault, Faulty
from dure.foundation.limited import child
from dure.people import api as people
from dure.talent.models import OpeningImport
from dure.talent.openings import making, requirements, rows, rules, visibility
from dure.talent.openings.passages import Passage, passage

MOST_ROWS: Final = 200
READ_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Warned:
    """A cell that hiring law speaks against: its draft is made, and cannot open like this."""

    row: int
    column: str
    where: Passage
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """What taking the file over would do: the rows that are right by line, and all that is wrong or doubtful."""

    found: dict[int, engine.Opening]
    faults: list[Fault]
    warnings: list[Warned]


@transaction.atomic
def upload(
    stream: IO[bytes], *, by: people.Person, organisation: people.Organisation, filename: str
) -> OpeningImport:
    """Keep the file. Raises Denied, or Faulty when it is too large or no table; then nothing is kept."""
    demand(rules.may_offer(by, organisation))
    try:
        blob = files.put(stream, limit=FILE_MIB * 1024 * 1024)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": FILE_MIB})]) from error
    _read(blob.sha256)
    made = OpeningImport.objects.create(
        organisation=organisation, blob=blob, filename=filename[:200], uploaded_by=by
    )
    audit.write(by=by, action="opening_import.uploaded", obj=made, detail={"sha256": blob.sha256})
    return made


def imports_of(person: Any) -> QuerySet[OpeningImport]:
    """Files for the organisations in whose name this person offers seats, the newest first; all for the secretariat."""
    rows_ = OpeningImport.objects.select_related("organisation", "uploaded_by")
    if not person.is_authenticated:
        return rows_.none()
    return rows_ if has_role(person, Role.SECRETARIAT) else rows_.filter(visibility.managed_q(person))


def access_import(person: Any, uid: UUID) -> OpeningImport:
    """One of them. Raises Hidden."""
    found = imports_of(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def look(kept: OpeningImport) -> Look:
    """What is in the file, with every fault of every row. Changes nothing."""
    headings, read = engine.rows_of(_read(kept.blob_id))
    reading = engine.read_openings(
        headings, read, countries=frozenset(people.COUNTRIES) - {"KR"}, today=clock.today()
    )
    cells = _by_column(read)
    own = [*_strangers(cells, kept), *_own_faults(reading.openings)]
    wrong = {fault.row for fault in own}
    right = {line: one for line, one in reading.openings.items() if line not in wrong}
    return Look(right, sorted([*reading.faults, *own], key=_line), list(_warnings(reading, cells)))


@transaction.atomic
def take_over(kept: OpeningImport, *, by: people.Person) -> int:
    """Make a draft of each row, of all or of none; a second time makes nothing. Returns how many drafts this file made.

    Raises Denied, and Faulty with every fault of every row.
    """
    demand(rules.may_offer(by, kept.organisation))
    locked = (
        OpeningImport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=kept.pk)
    )
    if locked.applied_at is not None:
        return locked.made
    seen = look(locked)
    if seen.faults:
        raise Faulty(seen.faults)
    for one in seen.found.values():
        _draft(one, by=by, organisation=locked.organisation)
    locked.applied_at, locked.made = clock.now(), len(seen.found)
    locked.save(update_fields=["applied_at", "made"])
    audit.write(by=by, action="opening_import.taken_over", obj=locked, detail={"made": locked.made})
    return locked.made


def _draft(one: engine.Opening, *, by: people.Person, organisation: people.Organisation) -> None:
    made = making.create(by=by, organisation=organisation, kind=one.kind, given=rows.fields_of(one))
    wanted = rows.asked_of(one)
    if wanted:
        requirements.replace(made, wanted, by=by)


def _read(sha256: str) -> Table:
    """The table in a stored file, read by the limited child process. Raises Faulty with every fault."""
    path = str(files.local_path(sha256))
    table: Table = child.call("dure.engines.sheets.reading:as_json", seconds=READ_SECONDS, path=path)
    if len(table["rows"]) > MOST_ROWS:
        raise Faulty([Fault("opening_too_many_rows", {"limit": MOST_ROWS})])
    return table


def _by_column(read: list[tuple[int, dict[str, str]]]) -> dict[tuple[int, str], str]:
    """Each cell by its line and the name of its column."""
    return {(line, engine.column_of(name)): cell.strip() for line, row in read for name, cell in row.items()}


def _strangers(cells: Mapping[tuple[int, str], str], kept: OpeningImport) -> Iterator[Fault]:
    """Rows of another organisation than the one that the file is for."""
    home = kept.organisation
    for (line, column), cell in cells.items():
        if column == "organisation" and cell and cell not in (home.name_ko, home.name_en, home.slug):
            params = {"value": cell[:80], "expected": home.name}
            yield Fault("opening_other_organisation", params, row=line, column=column)


def _own_faults(found: Mapping[int, engine.Opening]) -> Iterator[Fault]:
    """What our rows cannot hold, though the engine can read it."""
    for line, one in found.items():
        for fault in rows.faults_of(one):
            yield Fault(fault.code, fault.params, row=line, column=fault.column or fault.place)


def _warnings(reading: engine.Reading, cells: Mapping[tuple[int, str], str]) -> Iterator[Warned]:
    for one in reading.warnings:
        message = _(hiring.WARNINGS[one.warning.kind])
        yield Warned(one.row, one.column, passage(cells[one.row, one.column], one.warning.span), message)


def _line(fault: Fault) -> int:
    return fault.row or 0
