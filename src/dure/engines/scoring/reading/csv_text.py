"""Delimited text of any common dialect, read by polars where it is regular and by the csv module where it is not."""

import csv
import io
from collections.abc import Iterator

import numpy as np
import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.bounds import refuse_long_cells, refuse_names, refuse_shape
from dure.engines.scoring.reading.cells import typed
from dure.engines.scoring.reading.limits import Limits
from dure.engines.scoring.reading.number_text import BLOCK_BYTES, NEWLINE, read_numbers

DELIMITERS = (",", "\t", ";", "|")
SNIFFED_BYTES = 64 * 1024
SNIFFED_RECORDS = 50
QUOTE = 34
SHOWN = 10


def read_csv(text: bytes, *, limits: Limits) -> pl.DataFrame:
    """Read UTF-8 text whose first record names the columns; (rows, columns) with Int64, Float64 and String columns.

    Raises `Faulty`: `empty_file`, `column_without_name`, `column_twice`, `too_many_…`, `cell_too_long`, `ragged_row`
    (each with its row), `quote_not_closed`. A record with fewer fields than the header ends in nulls.
    """
    text = text.lstrip(b"\r\n").rstrip(b"\r\n")
    if not text or text.isspace():
        raise Faulty([Fault("empty_file")])
    delimiter = sniff_delimiter(text)
    names = _header(text, delimiter=delimiter, limits=limits)
    refuse_shape(rows=_count_lines(text), columns=len(names), limits=limits)
    numbers = read_numbers(text, names, delimiter=delimiter, cell_bytes=limits.cell_bytes)
    if numbers is not None:
        return numbers
    frame = _records(text, names, delimiter=delimiter)
    refuse_long_cells(frame, limits=limits)
    return typed(frame)


def _count_lines(text: bytes) -> int:
    """The number of line ends. bytes.count takes several times as long where they are many."""
    codes = np.frombuffer(text, np.uint8)
    return sum(
        int(np.count_nonzero(codes[at : at + BLOCK_BYTES] == NEWLINE))
        for at in range(0, codes.size, BLOCK_BYTES)
    )


def sniff_delimiter(text: bytes) -> str:
    """Return the delimiter under which the first records are most regular: all of one width, quotes in their places."""
    sample = text[:SNIFFED_BYTES].decode("utf-8", "ignore")
    whole = len(text) <= SNIFFED_BYTES
    return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter, whole=whole))


def _regularity(sample: str, delimiter: str, *, whole: bool) -> tuple[bool, bool, int]:
    """Rank a delimiter: (regular and more than one column, quotes in their places, columns)."""
    widths = _widths(sample, delimiter)
    if not whole and len(widths) > 1:
        widths.pop()
    columns = widths[0] if widths else 0
    regular = columns > 1 and set(widths) == {columns}
    quoted = columns > 1 and is_plainly_quoted(sample.encode(), delimiter=delimiter, cut=not whole)
    return regular, quoted, columns


def _widths(sample: str, delimiter: str) -> list[int]:
    widths = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) > SNIFFED_RECORDS:
                break
    except csv.Error:
        return widths
    return widths


def is_plainly_quoted(text: bytes, *, delimiter: str, cut: bool = False) -> bool:
    """Whether every quote opens a field, closes one, or is doubled inside one (RFC 4180).

    Counted from the start, even quotes open (after a delimiter or line end) or finish a doubled pair; odd ones close
    (before a delimiter or line end) or start one. With `cut` the text may stop inside a field.
    """
    codes = np.frombuffer(text, np.uint8)
    at = np.flatnonzero(codes == QUOTE)
    if not at.size:
        return True
    edge = np.array([ord(delimiter), 10, 13], np.uint8)
    padded = np.concatenate([[np.uint8(10)], codes, [np.uint8(10)]])
    opens, closes = at[::2], at[1::2]
    odd = np.zeros(codes.size + 2, bool)
    odd[closes + 1] = True
    even = np.zeros(codes.size + 2, bool)
    even[opens + 1] = True
    opened = np.isin(padded[opens], edge) | odd[opens]
    closed = np.isin(padded[closes + 2], edge) | even[closes + 2]
    return bool(opened.all() and closed.all() and (cut or at.size % 2 == 0))


def _header(text: bytes, *, delimiter: str, limits: Limits) -> list[str]:
    """Return the column names; only as much text is parsed as names within the limits can take."""
    head = text[: limits.cell_bytes + 1]
    line = head.find(b"\n")
    if line < 0 and len(head) > limits.cell_bytes:
        raise Faulty([Fault("cell_too_long", {"found": len(text), "limit": limits.cell_bytes}, row=1)])
    sample = (head if line < 0 or b'"' in head[:line] else head[:line]).decode("utf-8", "ignore")
    try:
        names = next(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    except (csv.Error, StopIteration) as error:
        raise Faulty([Fault("header_unreadable", row=1)]) from error
    refuse_shape(rows=0, columns=len(names), limits=limits)
    names = [name.strip() for name in names]
    refuse_names(names)
    return names


def _records(text: bytes, names: list[str], *, delimiter: str) -> pl.DataFrame:
    if not is_plainly_quoted(text, delimiter=delimiter):
        return _slowly(text, names, delimiter=delimiter)
    try:
        frame = pl.read_csv(text, infer_schema=False, separator=delimiter)
    except pl.exceptions.PolarsError:
        return _slowly(text, names, delimiter=delimiter)
    if frame.width != len(names):
        return _slowly(text, names, delimiter=delimiter)
    frame.columns = names
    return frame


def _slowly(text: bytes, names: list[str], *, delimiter: str) -> pl.DataFrame:
    """Read record by record: accepts quotes inside bare fields, and can say which record is wrong and why."""
    width = len(names)
    wide: list[tuple[int, int]] = []
    kept: list[list[str | None]] = []
    for row, record in _csv_records(text, delimiter=delimiter):
        if len(record) > width:
            wide.append((row, len(record)))
        else:
            kept.append([*record, *[None] * (width - len(record))])
    if wide:
        raise Faulty([_ragged(row, found, width=width, total=len(wide)) for row, found in wide[:SHOWN]])
    return pl.DataFrame(kept, schema=dict.fromkeys(names, pl.String), orient="row")


def _ragged(row: int, found: int, *, width: int, total: int) -> Fault:
    return Fault("ragged_row", {"found": found, "expected": width, "total": total}, row=row)


def _csv_records(text: bytes, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (row, record) after the header; strict, so that a quote left open or closed too early is an error."""
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if row > 1:
                yield row, record
    except csv.Error as error:
        raise Faulty([_quoting_fault(str(error), row=row + 1)]) from error


def _quoting_fault(message: str, *, row: int) -> Fault:
    """Tell the three errors of the csv module apart; it has one class for all."""
    if "field limit" in message:
        return Fault("quote_not_closed", row=row)
    return Fault("quote_not_closed" if "end of data" in message else "quote_misplaced", row=row)
