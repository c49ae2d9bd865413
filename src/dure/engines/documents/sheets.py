"""The figures of a document for a spreadsheet: one sheet for each table, numbers as numbers, and no cell that could run."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from dure.engines.documents import words
from dure.engines.documents.checking import check
from dure.engines.documents.values import (
    Cell,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Language,
    Table,
    plain,
)
from dure.engines.sheets import csv_bytes, safe_cell

FORBIDDEN: Final = re.compile(r"[\\/*?:\[\]'\x00-\x1f]")
"""What a sheet's name may not have."""
NAME: Final = 31
A4: Final = "9"
"""Its number among the papers that workbooks know."""
WIDEST, NARROWEST = 60, 8
BOLD: Final = Font(name="Calibri", size=11, bold=True)
"""The same face as the other cells have, which is what every program has for them."""
GREY: Final = PatternFill("solid", fgColor="EEF1EF")
SIDES: Final = {"left": "left", "centre": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    table: Table


def to_csv(table: Table) -> bytes:
    """One table: numbers plain, dates as 2026-11-30, a percent as its share of one."""
    rows = [[_bare(cell) for cell in row] for row in table.rows]
    return csv_bytes([column.name for column in table.columns], rows)


def _bare(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


def to_xlsx(document: Document) -> bytes:
    """One sheet for each table, list of facts and figure; the first says what the workbook is. Raises Faulty with every fault."""
    check(document)
    book = Workbook(write_only=True)
    book.properties.title = document.title
    book.properties.creator = document.author or None
    for sheet in _named_apart(_sheets(document)):
        _write(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheets(document: Document) -> Iterator[_Sheet]:
    """Each is called by its caption, or else by the heading it stands under."""
    yield _Sheet(document.title, _about(document))
    heading = document.title
    for block in document.blocks:
        match block:
            case Heading():
                heading = block.text
            case Table():
                yield _Sheet(block.caption or heading, block)
            case KeyValues():
                yield _Sheet(heading, _of_pairs(block.pairs, document.language))
            case Figures():
                yield _Sheet(block.caption, _of_bars(block, document.language))


def _about(document: Document) -> Table:
    day = words.date_in_words(document.dated, document.language) if document.dated else ""
    columns = (Column(document.title),)
    return Table(columns, tuple((text,) for text in (document.subtitle, document.author, day) if text))


def _of_pairs(pairs: Iterable[tuple[str, Any]], language: Language) -> Table:
    said = words.WORDS[language]
    columns = (Column(said["key"]), Column(said["said"]))
    return Table(columns, tuple((key, plain(value)) for key, value in pairs))


def _of_bars(figures: Figures, language: Language) -> Table:
    said = words.WORDS[language]
    value = f"{said['value']} ({figures.unit})" if figures.unit else said["value"]
    columns = (Column(said["figure"]), Column(value, "decimal", figures.digits))
    return Table(columns, tuple((bar.label, bar.value) for bar in figures.bars))


def _named_apart(sheets: Iterable[_Sheet]) -> Iterator[_Sheet]:
    """Names that a workbook can have: short, without the signs that formulas use, no two alike in any case."""
    taken: set[str] = set()
    for sheet in sheets:
        wanted = FORBIDDEN.sub(" ", sheet.name).strip()[:NAME] or "-"
        name, count = wanted, 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted[: NAME - 1 - len(str(count))]} {count}"
        taken.add(name.casefold())
        yield _Sheet(name, sheet.table)


def _write(book: Workbook, named: _Sheet) -> None:
    sheet, table = book.create_sheet(named.name), named.table
    sheet.freeze_panes = "A2"
    _on_paper(sheet)
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _width(table, at - 1, column)
    sheet.append([_head(sheet, column) for column in table.columns])
    for at, row in enumerate(table.rows, start=1):
        last = table.total and at == len(table.rows)
        cells = zip(table.columns, row, strict=True)
        sheet.append([_cell(sheet, column, cell, strong=last) for column, cell in cells])


def _on_paper(sheet: Any) -> None:
    """Whoever prints it gets all columns on one page, named again on each."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _width(table: Table, at: int, column: Column) -> float:
    """Wide enough for what stands in it; a Korean letter takes two places."""
    texts = [column.name, *(str(row[at]) for row in table.rows[:200] if row[at] is not None)]
    longest = max(sum(2 if letter > "\u1100" else 1 for letter in text) for text in texts)
    return min(max(longest + 4, NARROWEST), WIDEST)


def _head(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet, safe_cell(column.name))
    cell.font, cell.fill = BOLD, GREY
    cell.alignment = Alignment(horizontal=SIDES[column.side], vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, column: Column, value: Cell, *, strong: bool) -> Any:
    held: Any = safe_cell(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, held)
    cell.alignment = Alignment(horizontal=SIDES[column.side], vertical="top", wrap_text=True)
    if strong:
        cell.font = BOLD
    if isinstance(value, int | float | Decimal):
        cell.number_format = _format(column)
    return cell


def _format(column: Column) -> str:
    decimals = f".{'0' * column.digits}" if column.digits else ""
    return f"0{decimals}%" if column.kind == "percent" else f"#,##0{decimals}"
