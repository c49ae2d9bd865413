"""Writing tables that a spreadsheet program will open: no cell of ours may run as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula (OWASP: CSV injection)."""
    return GUARD + text if text.lstrip(" ").startswith(RISKY) else text


def without_guard(text: str) -> str:
    """What `safe_cell` was given: its apostrophe taken off again."""
    return text[1:] if text.startswith(GUARD) and safe_cell(text[1:]) == text else text


Cell = str | int | float
"""A text, or a number, which a spreadsheet may compute with."""


def _safe(cell: Cell) -> Cell:
    return safe_cell(cell) if isinstance(cell, str) else cell


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheet programs need to show Korean."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (headings, *rows):
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def workbook_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet of texts and numbers; text that looks like a formula stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Dure")
    for row in (headings, *rows):
        sheet.append([_safe(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
