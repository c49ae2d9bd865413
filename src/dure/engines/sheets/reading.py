"""Reading a CSV file of any common encoding, or the first sheet of an XLSX workbook, within bounds."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.csv_text import sniff_delimiter
from dure.engines.scoring.reading.encodings import to_utf8
from dure.engines.sheets.workbook import workbook_rows
from dure.engines.sheets.writing import without_guard

FILE_MIB = 20
MAX_ROWS = 3_000
MAX_COLUMNS = 60
MAX_CELL = 4_000
ZIP = b"PK\x03\x04"


class Table(TypedDict):
    """The headings, and each row that holds anything as (line in the file, cells); every row is as wide as the headings."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(path: str, *, most: int = MAX_ROWS) -> Table:
    """Read a small table (of at most so many rows) from a file, as JSON values.

    Raises Faulty with every fault found: `file_kind`, `file_too_large`, `archive_too_large`, `workbook_broken`, `encoding_unknown`,
    `nul_bytes`, `quotes_broken`, `empty_file`, `no_rows`, `too_many_rows`, `too_many_columns`, `cell_too_long`, `ragged_row`.
    """
    file = Path(path)
    if file.stat().st_size > FILE_MIB * 1024 * 1024:
        raise Faulty([Fault("file_too_large", {"limit": FILE_MIB})])
    data = file.read_bytes()
    return _table(_workbook(data, most) if data.startswith(ZIP) else _text(data), most)


def read_text(text: str, *, most: int = MAX_ROWS) -> Table:
    """The same from the text of a CSV that somebody has pasted."""
    return _table(_text(text.encode()), most)


def _workbook(data: bytes, most: int) -> Iterable[list[str]]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise Faulty([Fault("workbook_broken")])
    return workbook_rows(data, max_rows=most + 2, max_columns=MAX_COLUMNS + 1)


def _text(data: bytes) -> Iterator[list[str]]:
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b", b"{")):
        raise Faulty([Fault("file_kind")])
    text = to_utf8(data)
    if not text.strip():
        raise Faulty([Fault("empty_file")])
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=sniff_delimiter(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Faulty([Fault("quotes_broken", row=reader.line_num)]) from error


def _table(records: Iterable[list[str]], most: int) -> Table:
    rows = iter(records)
    headings = [cell.strip() for cell in next(rows, [])]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise Faulty([Fault("empty_file")])
    if len(headings) > MAX_COLUMNS:
        raise Faulty([Fault("too_many_columns", {"limit": MAX_COLUMNS})])
    found: list[Fault] = []
    kept = list(_kept(rows, len(headings), most, found))
    if found:
        raise Faulty(found)
    if not kept:
        raise Faulty([Fault("no_rows")])
    return {"headings": headings, "rows": kept}


def _kept(
    rows: Iterable[list[str]], width: int, most: int, found: list[Fault]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, cut to the headings; what does not fit goes into `found`."""
    for line, record in enumerate(rows, start=2):
        cells = [without_guard(cell.strip()) for cell in record]
        if not any(cells):
            continue
        if line > most + 1:
            found.append(Fault("too_many_rows", {"limit": most}))
            return
        found.extend(_too_much(cells, width, line))
        yield line, (cells + [""] * width)[:width]


def _too_much(cells: list[str], width: int, line: int) -> Iterator[Fault]:
    if any(cells[width:]):
        yield Fault("ragged_row", {"found": len(cells), "expected": width}, row=line)
    if any(len(cell) > MAX_CELL for cell in cells):
        yield Fault("cell_too_long", {"limit": MAX_CELL}, row=line)


def as_json(path: str) -> dict[str, Any]:
    """The same for a child process that answers in JSON."""
    return dict(read_table(path))
