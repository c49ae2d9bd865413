"""Reports as files for a spreadsheet."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger.shown import COLUMNS, Line
from dure.engines.sheets import Cell, csv_bytes, workbook_bytes
from dure.foundation import clock
from dure.foundation.access import Denied, Refused

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_ROWS: Final = 20_000
TOO_MANY: Final = Refused(
    "ledger_too_many_rows",
    _("A file holds at most 20,000 lines. Choose one quarter, or read it page by page."),
)


def asked_for(request: HttpRequest) -> str:
    """The kind of file that `?as=` asks for, or ""."""
    asked = request.GET.get("as", "")
    return asked if asked in {"csv", "xlsx"} else ""


def sent(form: str, name: str, lines: Iterable[Line]) -> HttpResponse:
    """The lines of a report as a file."""
    return table(form, name, COLUMNS, [line.cells for line in lines])


def table(form: str, name: str, headings: Sequence[str], cells: Sequence[Sequence[Cell]]) -> HttpResponse:
    """A table as a file named after what it holds and the day. Raises Denied where no spreadsheet program would open it."""
    if len(cells) > MOST_ROWS:
        raise Denied(TOO_MANY)
    content = csv_bytes(headings, cells) if form == "csv" else workbook_bytes(headings, cells)
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    disposition = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.{form}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
