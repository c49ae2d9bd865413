"""The scouting list as a file for a spreadsheet: what the reader may read, without meetings and without names of people."""

from typing import Any, Final

from django.http import HttpResponse

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.alliance.scouting.reading import COLUMNS
from dure.engines.sheets import Cell

__all__ = ["asked_for", "startups", "template"]
EXAMPLE: Final = (
    "보기 로봇",
    "Sample Robotics",
    "CA",
    "Toronto",
    "robots, vision",
    "prototype",
    "2024",
    "https://robotics.example",
    "창고 로봇을 만듭니다.",
    "Builds robots for warehouses.",
)


def startups(form: str, rows: Any) -> HttpResponse:
    """The columns that an import takes, and where each stands."""
    headings = (*COLUMNS, "state", "organisation", "reach")
    return table(form, "startups", headings, [_cells(one) for one in rows[: MOST_ROWS + 1]])


def _cells(one: Any) -> list[Cell]:
    said = [_cell(getattr(one, name)) for name in COLUMNS]
    return [*said, one.state, one.organisation.slug if one.organisation else "", one.reach]


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else value


def template() -> HttpResponse:
    """All columns with one example row."""
    return table("csv", "dure-startups", list(COLUMNS), [list(EXAMPLE)])
