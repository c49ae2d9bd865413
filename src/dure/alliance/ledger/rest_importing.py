"""REST of facts from a spreadsheet: send the file, read every row, take it over."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from dure.alliance.ledger import importing, periods
from dure.alliance.models import LedgerImport
from dure.engines.ledger import Posting
from dure.foundation import faults
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, FaultOut, PageOut, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class LedgerImportOut(Schema):
    """A file that was uploaded; `made` counts the facts that were new in it."""

    uid: UUID
    filename: str
    sha256: str
    uploaded_at: datetime
    applied_at: datetime | None
    made: int


class LedgerRowOut(Schema):
    """A row that is right. An empty `giver` or `user` is the pool; `is_known` stands in the ledger already."""

    line: int
    reference: str
    day: date
    giver: str
    user: str
    unit: str
    quantity: str
    is_known: bool


class LedgerLookOut(LedgerImportOut):
    """What taking the file over would do: with any fault, nothing."""

    rows: list[LedgerRowOut]
    faults: list[FaultOut]


def import_out(kept: LedgerImport) -> dict[str, Any]:
    names = ("uid", "filename", "uploaded_at", "applied_at", "made")
    return {name: getattr(kept, name) for name in names} | {"sha256": kept.blob_id}


def _row(line: int, fact: Posting, seen: importing.Look) -> dict[str, Any]:
    given, used = fact.legs[0], fact.legs[-1]
    return {
        "line": line,
        "reference": fact.key,
        "day": periods.day_of(fact.at),
        "giver": given.account,
        "user": used.account,
        "unit": given.unit,
        "quantity": f"{given.quantity:f}",
        "is_known": line in seen.known,
    }


def _look(kept: LedgerImport) -> dict[str, Any]:
    seen = importing.look(kept)
    rows = [_row(line, fact, seen) for line, fact in seen.facts.items()]
    return import_out(kept) | {"rows": rows, "faults": faults.as_json(seen.faults)}


@router.get(
    "/ledger/imports",
    auth=HOST,
    response={200: PageOut[LedgerImportOut], **ERRORS},
    summary="Spreadsheets of the ledger",
)
def list_ledger_imports(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """For the secretariat, the newest first."""
    return page_out(request, importing.imports_for(signed_in(request)), import_out)


@router.post(
    "/ledger/imports",
    auth=HOST,
    response={201: LedgerLookOut, **ERRORS},
    summary="Send a spreadsheet of facts",
)
def post_ledger_import(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """A dry run: nothing is entered yet."""
    kept = importing.upload(file, by=signed_in(request), filename=file.name or "")
    return Status(201, _look(kept))


@router.get(
    "/ledger/imports/{uuid:uid}",
    auth=HOST,
    response={200: LedgerLookOut, **ERRORS},
    summary="What taking it over would enter",
)
def get_ledger_import(request: HttpRequest, uid: UUID) -> Any:
    return _look(importing.access_import(signed_in(request), uid))


@router.post(
    "/ledger/imports/{uuid:uid}/apply",
    auth=HOST,
    response={200: LedgerImportOut, **ERRORS},
    summary="Enter what is new in it",
)
def apply_ledger_import(request: HttpRequest, uid: UUID) -> Any:
    """All of it or nothing; a second time adds nothing."""
    person = signed_in(request)
    importing.take_over(importing.access_import(person, uid), by=person)
    return import_out(importing.access_import(person, uid))
