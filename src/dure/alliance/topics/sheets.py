"""The list of topics as a file for a spreadsheet: what its page shows to this reader."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.engines.sheets import Cell

__all__ = ["asked_for", "topics"]
COLUMNS: Final = (
    "uid", "title_ko", "title_en", "state", "field", "reach", "organisation", "proposed_on", "followers",
)  # fmt: skip


def topics(form: str, rows: Any) -> HttpResponse:
    return table(form, "topics", COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])


def _cells(one: Any) -> list[Cell]:
    home = one.organisation.slug if one.organisation else ""
    said = [str(one.uid), one.title_ko, one.title_en, one.state, one.field, one.reach]
    return [*said, home, one.created_at.date().isoformat(), one.follower_count]
