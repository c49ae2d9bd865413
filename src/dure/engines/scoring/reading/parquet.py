"""Parquet from strangers: footer and page headers are checked by our own reader before polars decodes anything.

Source of field numbers: `parquet.thrift` of the Apache Parquet format, version 2.
"""

import io
from collections.abc import Iterator
from typing import Any

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.bounds import refuse_large, refuse_long_cells, refuse_names, refuse_shape
from dure.engines.scoring.reading.limits import MEBI, Limits
from dure.engines.scoring.reading.thrift import Malformed, Reader

MAGIC = b"PAR1"
ENCRYPTED = b"PARE"
FOOTER_BYTES = 8 * MEBI
PAGES = 200_000
DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE, DATA_PAGE_V2 = range(4)
PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY, BYTE_STREAM_SPLIT = 0, 2, 3, 4, 8, 9
BOUNDED = {PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY, BYTE_STREAM_SPLIT}
"""Encodings whose decoded size follows from the page header. The delta encodings carry counts and shared prefixes of
their own, by which a small page may grow without bound."""
FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)
"""How polars says no; a panic is no Exception to Python, and a date beyond the year 262142 causes one."""
Fields = dict[int, Any]


def read_parquet(data: bytes, *, limits: Limits) -> pl.DataFrame:
    """Read a Parquet file of flat columns; (rows, columns) with integer, Float64, Boolean, String and date columns.

    Raises `Faulty`: `parquet_damaged` (no or broken footer, footer that contradicts the pages, undecodable),
    `parquet_encrypted`, `parquet_encoding`, `parquet_nested` per column, `too_…` for what is above the limits.
    """
    check_parquet(data, limits=limits)
    try:
        frame = pl.read_parquet(
            io.BytesIO(_without_arrow(data)), use_statistics=False, hive_partitioning=False
        )
    except FAILURES as error:
        raise Faulty([Fault("parquet_damaged")]) from error
    names = [name.strip() for name in frame.columns]
    refuse_names(names)
    frame.columns = names
    refuse_shape(rows=frame.height, columns=frame.width, limits=limits)
    frame = _plain_types(frame)
    refuse_long_cells(frame, limits=limits)
    return frame


def check_parquet(data: bytes, *, limits: Limits) -> None:
    """Raise unless rows, columns and uncompressed bytes, by footer and by every page header, agree and are allowed."""
    try:
        footer = _footer(data)
        groups = [_group(group) for group in footer.get(4, [])]
        rows = sum(number for number, _ in groups)
        if rows != int(footer[3]) or min([0, *(number for number, _ in groups)]) < 0:
            raise Faulty([Fault("parquet_damaged")])
        _check_declared(footer, groups, rows=rows, limits=limits)
        _check_pages(data, groups, limits=limits)
    except (Malformed, LookupError, TypeError, AttributeError, ValueError) as error:
        raise Faulty([Fault("parquet_damaged")]) from error


def _without_arrow(data: bytes) -> bytes:
    """Blind polars to the Arrow schema in the footer.

    It would turn shared text into categories, whose casts write every value out, and is one more format from strangers to
    parse.
    """
    size = int.from_bytes(data[-8:-4], "little")
    return data[: -8 - size] + data[-8 - size :].replace(b"ARROW:schema", b"ARROW:ignore")


def _footer(data: bytes) -> Fields:
    if data.endswith(ENCRYPTED):
        raise Faulty([Fault("parquet_encrypted")])
    size = int.from_bytes(data[-8:-4], "little")
    if not data.endswith(MAGIC) or not 0 < size <= min(len(data) - 12, FOOTER_BYTES):
        raise Malformed
    footer = Reader(data[-8 - size : -8]).struct()
    if 8 in footer:
        raise Faulty([Fault("parquet_encrypted")])
    return footer


def _group(group: Fields) -> tuple[int, list[Fields]]:
    """Return (rows, column metadata) of a row group; a chunk in another file is refused."""
    if any(1 in chunk for chunk in group[1]):
        raise Malformed
    return int(group[3]), [chunk[3] for chunk in group[1]]


def _check_declared(
    footer: Fields, groups: list[tuple[int, list[Fields]]], *, rows: int, limits: Limits
) -> None:
    leaves = [element for element in footer[2][1:] if 5 not in element]
    nested = [element for element in footer[2][1:] if 5 in element or element.get(3) == 2]
    refuse_shape(rows=rows, columns=len(leaves), limits=limits)
    if nested:
        raise Faulty([Fault("parquet_nested", column=_name(element)) for element in nested[:20]])
    if any(len(chunks) != len(leaves) for _, chunks in groups):
        raise Malformed
    refuse_large(
        size=sum(int(chunk[6]) for _, chunks in groups for chunk in chunks), limit=limits.decoded_bytes
    )


def _name(element: Fields) -> str:
    return bytes(element[4]).decode("utf-8", "replace")[:80]


def _check_pages(data: bytes, groups: list[tuple[int, list[Fields]]], *, limits: Limits) -> None:
    """Walk all page headers: what decoders allocate by. Their values must sum to the rows the footer declares."""
    decoded = pages = 0
    for rows, chunks in groups:
        for chunk in chunks:
            values = 0
            for header in _pages(data, chunk):
                values += _values(header)
                decoded += _size(header, 2)
                pages += 1
                refuse_large(size=decoded, limit=limits.decoded_bytes)
                if values > rows or pages > PAGES:
                    raise Malformed
            if values != rows:
                raise Malformed


def _pages(data: bytes, chunk: Fields) -> Iterator[Fields]:
    """Yield the page headers of a column chunk, which must end exactly where the footer says."""
    start = min(int(chunk[9]), int(chunk.get(11) or chunk[9]))
    end = start + int(chunk[7])
    if not 4 <= start <= end <= len(data) - 8:
        raise Malformed
    while start < end:
        reader = Reader(data, start)
        header = reader.struct()
        start = reader.at + _size(header, 3)
        yield header
    if start != end:
        raise Malformed


def _size(header: Fields, field: int) -> int:
    size = int(header[field])
    if size < 0:
        raise Malformed
    return size


def _values(header: Fields) -> int:
    """Return how many rows a page holds; dictionaries hold none, but as many entries as they have bytes at most."""
    kind = header[1]
    if kind == DICTIONARY_PAGE:
        if not 0 <= int(header[7][1]) <= _size(header, 2) + 1:
            raise Malformed
        return 0
    if kind not in {DATA_PAGE, DATA_PAGE_V2}:
        return 0
    page = header[5 if kind == DATA_PAGE else 8]
    if page[2 if kind == DATA_PAGE else 4] not in BOUNDED:
        raise Faulty([Fault("parquet_encoding")])
    return _size(page, 1)


def _plain_types(frame: pl.DataFrame) -> pl.DataFrame:
    """Bring the many types of Parquet to those the other readers give; empty text is null, as there."""
    return pl.DataFrame([_plain(column) for column in frame.iter_columns()])


def _plain(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if kind == pl.String:
        empty = column == ""
        return column.set(empty, None) if empty.any() else column
    if kind == pl.Decimal or kind.is_float():
        return column.cast(pl.Float64)
    if kind in (pl.UInt64, pl.Int128):
        narrowed = column.cast(pl.Int64, strict=False)
        return narrowed if narrowed.null_count() == column.null_count() else column.cast(pl.String)
    if kind.is_integer():
        return column.cast(pl.Int64)
    if kind == pl.Boolean:
        return column
    return _written(column)


def _written(column: pl.Series) -> pl.Series:
    """Dates and times as text; bytes as text where they are such."""
    try:
        return column.cast(pl.String)
    except FAILURES as error:
        raise Faulty([Fault("parquet_type", {"type": str(column.dtype)}, column=column.name)]) from error
