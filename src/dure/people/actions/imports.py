"""Bringing members in from a spreadsheet: look first, then apply exactly that file."""

from typing import IO
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from dure.engines.sheets.reading import FILE_MIB, Table
from dure.foundation import audit, clock, files
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.limited import child
from dure.people import rules
from dure.people.imports.changes import Changes
from dure.people.imports.columns import Cells, fields_of
from dure.people.imports.plan import Plan, Run
from dure.people.models import MemberImport, Person

READ_SECONDS = 30
LOCK = 0x44757265
"""Names our advisory lock in PostgreSQL: two imports at once would each see half of the other."""


@transaction.atomic
def upload_import(stream: IO[bytes], *, by: Person, filename: str) -> MemberImport:
    """Keep the file. Raises Denied, or Faulty when it is too large or no table; then nothing is kept."""
    demand(rules.only_secretariat(by))
    try:
        blob = files.put(stream, limit=FILE_MIB * 1024 * 1024)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": FILE_MIB})]) from error
    fields_of(read(blob.sha256)["headings"])
    found = MemberImport.objects.create(blob=blob, filename=filename[:200], uploaded_by=by)
    audit.write(by=by, action="members.uploaded", obj=found, detail={"sha256": blob.sha256})
    return found


def read(sha256: str) -> Table:
    """The table in a stored file, read by the limited child process. Raises Faulty with every fault."""
    path = str(files.local_path(sha256))
    table: Table = child.call("dure.engines.sheets.reading:as_json", seconds=READ_SECONDS, path=path)
    return table


def all_imports(by: Person) -> QuerySet[MemberImport]:
    """Every upload, newest first; for the secretariat. Raises Denied for others."""
    demand(rules.only_secretariat(by))
    return MemberImport.objects.select_related("uploaded_by", "applied_by")


def access_import(by: Person, uid: UUID) -> MemberImport:
    """One upload. Raises Denied for those outside the secretariat, Hidden when there is none."""
    found = all_imports(by).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def dry_run(upload: MemberImport, *, by: Person) -> Plan:
    """What applying the file now would do, row by row; nothing is written."""
    return _run(upload, by=by)[0]


@transaction.atomic
def apply_import(upload: MemberImport, *, by: Person) -> Plan:
    """Apply the file, whole or not at all. A second time changes nothing. Raises Faulty with every fault of every row."""
    demand(rules.only_secretariat(by))
    locked = MemberImport.objects.select_for_update().get(pk=upload.pk)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    plan, changes = _run(locked, by=by)
    if plan.faults:
        raise Faulty(plan.faults)
    changes.write()
    if locked.applied_at is None:
        locked.applied_at, locked.applied_by, locked.counts = clock.now(), by, plan.counts
        locked.save(update_fields=["applied_at", "applied_by", "counts"])
    detail = {"sha256": locked.blob_id, **plan.counts}
    audit.write(by=by, action="members.imported", obj=locked, detail=detail)
    return plan


def _run(upload: MemberImport, *, by: Person) -> tuple[Plan, Changes]:
    table = read(upload.blob_id)
    fields = fields_of(table["headings"])
    rows = [Cells(line, dict(zip(fields, cells, strict=True))) for line, cells in table["rows"]]
    run = Run(by=by, rows=rows)
    return run.plan(), run.changes
