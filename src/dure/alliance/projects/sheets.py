"""The list of projects as a file for a spreadsheet: what its page shows to this reader."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.engines.sheets import Cell

__all__ = ["asked_for", "projects"]
COLUMNS: Final = ("uid", "title_ko", "title_en", "state", "track", "starts_on", "year", "ended_on")


def projects(form: str, rows: Any) -> HttpResponse:
    return table(form, "projects", COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])


def _cells(one: Any) -> list[Cell]:
    ended = one.ended_on.isoformat() if one.ended_on else ""
    said = [str(one.uid), one.title_ko, one.title_en, one.state, one.track]
    return [*said, one.starts_on.isoformat(), one.year, ended]
