"""The list of members and the contact book as files for a spreadsheet."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.alliance.members import contacts
from dure.engines.sheets import Cell

__all__ = ["asked_for", "book", "members"]
MEMBER_COLUMNS: Final = ("organisation", "name_ko", "name_en", "type", "country", "level", "since")


def members(form: str, rows: Any) -> HttpResponse:
    """The public list."""
    return table(form, "members", MEMBER_COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])


def _cells(one: Any) -> list[Cell]:
    level = one.standing[0].level.slug if one.standing else ""
    since = one.joined_on.isoformat()
    return [one.slug, one.name_ko, one.name_en, one.kind, one.country, level, since]


def book(form: str, rows: Any) -> HttpResponse:
    """The contact book."""
    return table(form, "contact-book", contacts.COLUMNS, contacts.cells(rows[: MOST_ROWS + 1]))
