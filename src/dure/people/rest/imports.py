"""Members from a spreadsheet, over REST: send the file, read every row's fate, apply."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from dure.foundation import faults
from dure.foundation.rest import ERRORS, FaultOut, PageOut, page_out
from dure.people.actions import imports
from dure.people.imports.plan import Plan, Row
from dure.people.models import MemberImport
from dure.people.signed_in import signed_in

router = Router(tags=["people"])


class ImportOut(Schema):
    uid: UUID
    filename: str
    sha256: str
    created_at: datetime
    applied_at: datetime | None


class RowOut(Schema):
    """One line: `fate` is create, update, unchanged or error; `fates` says it per organisation, person and membership."""

    line: int
    label: str
    fate: str
    fates: dict[str, str]
    faults: list[FaultOut]


class PlanOut(ImportOut):
    """What applying would do, or has done: counts, and every row."""

    counts: dict[str, int]
    rows: list[RowOut]


def import_out(upload: MemberImport) -> dict[str, Any]:
    return {
        "uid": upload.uid,
        "filename": upload.filename,
        "sha256": upload.blob_id,
        "created_at": upload.created_at,
        "applied_at": upload.applied_at,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "label": row.label,
        "fate": row.fate,
        "fates": row.fates,
        "faults": faults.as_json(row.faults),
    }


def _plan(upload: MemberImport, plan: Plan) -> dict[str, Any]:
    return {**import_out(upload), "counts": plan.counts, "rows": [_row(row) for row in plan.rows]}


@router.get("/imports", response={200: PageOut[ImportOut], **ERRORS})
def list_imports(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    return page_out(request, imports.all_imports(signed_in(request)), import_out)


@router.post("/imports", response={201: PlanOut, **ERRORS})
def upload_import(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Send a CSV or XLSX file. Nothing changes yet; the answer shows every row's fate."""
    person = signed_in(request)
    upload = imports.upload_import(file, by=person, filename=file.name or "")
    return Status(201, _plan(upload, imports.dry_run(upload, by=person)))


@router.get("/imports/{uuid:uid}", response={200: PlanOut, **ERRORS})
def get_import(request: HttpRequest, uid: UUID) -> Any:
    """What applying it now would do."""
    person = signed_in(request)
    upload = imports.access_import(person, uid)
    return _plan(upload, imports.dry_run(upload, by=person))


@router.post("/imports/{uuid:uid}/apply", response={200: PlanOut, **ERRORS})
def apply_import(request: HttpRequest, uid: UUID) -> Any:
    """Whole or not at all; a second time changes nothing."""
    person = signed_in(request)
    upload = imports.access_import(person, uid)
    plan = imports.apply_import(upload, by=person)
    upload.refresh_from_db()
    return _plan(upload, plan)
