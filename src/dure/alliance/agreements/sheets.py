"""The list of agreements as a file for a spreadsheet: of those that the reader may not read whole, the title alone."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.engines.sheets import Cell

__all__ = ["agreements", "asked_for"]
COLUMNS: Final = ("uid", "title_ko", "title_en", "state", "kind", "effective_from", "effective_to")


def agreements(form: str, rows: Any) -> HttpResponse:
    return table(form, "agreements", COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])


def _cells(one: Any) -> list[Cell]:
    days = (one.effective_from, one.effective_to) if one.is_whole else (None, None)
    said = [str(one.uid), one.title_ko, one.title_en, one.state, one.kind]
    return [*said, *(day.isoformat() if day else "" for day in days)]
