"""The list of members and the contact book as files for a spreadsheet."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from dure.alliance.ledger.sheets import XLSX
from dure.alliance.members import contacts
from dure.engines.sheets import Cell, csv_bytes, workbook_bytes
from dure.foundation import clock

MEMBER_COLUMNS: Final = ("organisation", "name_ko", "name_en", "type", "country", "level", "since")
MOST: Final = 5_000
"""The most lines of a file."""


def asked_for(request: HttpRequest) -> str:
    """The kind of file that `?as=` asks for, or ""."""
    asked = request.GET.get("as", "")
    return asked if asked in {"csv", "xlsx"} else ""


def members(form: str, rows: Any) -> HttpResponse:
    """The public list."""
    return _sent(form, "members", MEMBER_COLUMNS, [_cells(one) for one in rows[:MOST]])


def _cells(one: Any) -> list[Cell]:
    level = one.standing[0].level.slug if one.standing else ""
    since = one.joined_on.isoformat()
    return [one.slug, one.name_ko, one.name_en, one.kind, one.country, level, since]


def book(form: str, rows: Any) -> HttpResponse:
    """The contact book."""
    return _sent(form, "contact-book", contacts.COLUMNS, contacts.cells(rows[:MOST]))


def _sent(form: str, name: str, columns: Sequence[str], cells: Iterable[list[Cell]]) -> HttpResponse:
    lines = list(cells)
    content = csv_bytes(columns, lines) if form == "csv" else workbook_bytes(columns, lines)
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    disposition = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.{form}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
