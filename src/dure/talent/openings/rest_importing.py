"""REST of openings from a spreadsheet: send the file, read every row, take it over."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from dure.foundation import faults
from dure.foundation.rest import ERRORS, FaultOut, PageOut, Text, page_out
from dure.people import api as people
from dure.talent.models import OpeningImport
from dure.talent.openings import importing

router = Router()
SUBMIT = people.require_scope("submit")


class OpeningImportOut(Schema):
    """A file that was uploaded; `made` counts its drafts."""

    uid: UUID
    filename: str
    organisation: str
    sha256: str
    uploaded_at: datetime
    applied_at: datetime | None
    made: int


class OpeningRowOut(Schema):
    """A row that is right."""

    line: int
    kind: str
    title_ko: str
    title_en: str
    seats: int
    deadline: date


class OpeningWarningOut(Schema):
    """A cell that hiring law speaks against; its draft cannot open like this."""

    row: int
    column: str
    found: str
    message: str


class OpeningLookOut(OpeningImportOut):
    """What taking the file over would do: with any fault, nothing."""

    rows: list[OpeningRowOut]
    faults: list[FaultOut]
    warnings: list[OpeningWarningOut]


def import_out(kept: OpeningImport) -> dict[str, Any]:
    names = ("uid", "filename", "uploaded_at", "applied_at", "made")
    said = {name: getattr(kept, name) for name in names}
    return said | {"organisation": kept.organisation.slug, "sha256": kept.blob_id}


def _look(kept: OpeningImport) -> dict[str, Any]:
    seen = importing.look(kept)
    rows = [
        {
            "line": line,
            "kind": one.kind,
            "title_ko": one.title.ko,
            "title_en": one.title.en,
            "seats": one.seats,
            "deadline": one.deadline,
        }
        for line, one in seen.found.items()
    ]
    warned = [
        {"row": one.row, "column": one.column, "found": one.where.found, "message": one.message}
        for one in seen.warnings
    ]
    return import_out(kept) | {"rows": rows, "faults": faults.as_json(seen.faults), "warnings": warned}


@router.get(
    "/openings/imports",
    auth=SUBMIT,
    response={200: PageOut[OpeningImportOut], **ERRORS},
    summary="Spreadsheets of openings",
)
def list_opening_imports(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Those of the caller's organisations, the newest first."""
    return page_out(request, importing.imports_of(people.signed_in(request)), import_out)


@router.post(
    "/openings/imports",
    auth=SUBMIT,
    response={201: OpeningLookOut, **ERRORS},
    summary="Send a spreadsheet of openings",
)
def post_opening_import(request: HttpRequest, file: File[UploadedFile], organisation: Form[Text]) -> Any:
    """A dry run: nothing is made yet. `organisation` is the slug of the one that offers them."""
    person = people.signed_in(request)
    home = people.access_organisation(person, organisation)
    kept = importing.upload(file, by=person, organisation=home, filename=file.name or "")
    return Status(201, _look(kept))


@router.get(
    "/openings/imports/{uuid:uid}",
    auth=SUBMIT,
    response={200: OpeningLookOut, **ERRORS},
    summary="What taking it over would do",
)
def get_opening_import(request: HttpRequest, uid: UUID) -> Any:
    return _look(importing.access_import(people.signed_in(request), uid))


@router.post(
    "/openings/imports/{uuid:uid}/apply",
    auth=SUBMIT,
    response={200: OpeningImportOut, **ERRORS},
    summary="Take it over",
)
def apply_opening_import(request: HttpRequest, uid: UUID) -> Any:
    """A draft of each row, or nothing; a second time makes nothing more."""
    person = people.signed_in(request)
    kept = importing.access_import(person, uid)
    importing.take_over(kept, by=person)
    return import_out(importing.access_import(person, uid))
