"""Reports as files for a spreadsheet."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse

from dure.alliance.ledger.shown import COLUMNS, Line
from dure.engines.sheets import csv_bytes, workbook_bytes
from dure.foundation import clock

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_for(request: HttpRequest) -> str:
    """The kind of file that `?as=` asks for, or ""."""
    asked = request.GET.get("as", "")
    return asked if asked in {"csv", "xlsx"} else ""


def sent(form: str, name: str, lines: Iterable[Line]) -> HttpResponse:
    """The lines as a file named after what it holds and the day."""
    cells = [line.cells for line in lines]
    content = csv_bytes(COLUMNS, cells) if form == "csv" else workbook_bytes(COLUMNS, cells)
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    disposition = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.{form}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
