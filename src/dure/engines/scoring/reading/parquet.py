"""Parquet from strangers: footer and page headers are checked by our own reader before polars decodes anything.

Source of field numbers: `parquet.thrift` of the Apache Parquet format, version 2.
"""

import io

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.bounds import refuse_large, refuse_long_cells, refuse_names, refuse_shape
from dure.engines.scoring.reading.limits import MEBI, Limits
from dure.engines.scoring.reading.parquet_pages import Chunk, Fields, check_pages
from dure.engines.scoring.reading.thrift import Malformed, Reader

MAGIC = b"PAR1"
ENCRYPTED = b"PARE"
FOOTER_BYTES = 8 * MEBI
OPTIONAL, REPEATED = 1, 2
FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)
"""How polars says no; a panic is no Exception to Python, and a date beyond the year 262142 causes one."""


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
        optional = [element.get(3) == OPTIONAL for element in _leaves(footer)]
        groups = [_group(group, optional) for group in footer.get(4, [])]
        rows = sum(number for number, _ in groups)
        if rows != int(footer[3]) or min([0, *(number for number, _ in groups)]) < 0:
            raise Faulty([Fault("parquet_damaged")])
        _check_declared(footer, groups, rows=rows, limits=limits)
        check_pages(data, groups, limits=limits)
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


def _leaves(footer: Fields) -> list[Fields]:
    return [element for element in footer[2][1:] if 5 not in element]


def _group(group: Fields, optional: list[bool]) -> tuple[int, list[Chunk]]:
    """Return (rows, columns) of a row group; a chunk in another file is refused."""
    if any(1 in chunk for chunk in group[1]):
        raise Malformed
    return int(group[3]), [Chunk(chunk[3], may) for chunk, may in zip(group[1], optional, strict=True)]


def _check_declared(
    footer: Fields, groups: list[tuple[int, list[Chunk]]], *, rows: int, limits: Limits
) -> None:
    leaves = _leaves(footer)
    nested = [element for element in footer[2][1:] if 5 in element or element.get(3) == REPEATED]
    refuse_shape(rows=rows, columns=len(leaves), limits=limits)
    if nested:
        raise Faulty([Fault("parquet_nested", column=_name(element)) for element in nested[:20]])
    if any(len(chunks) != len(leaves) for _, chunks in groups):
        raise Malformed
    refuse_large(
        size=sum(int(chunk.metadata[6]) for _, chunks in groups for chunk in chunks),
        limit=limits.decoded_bytes,
    )


def _name(element: Fields) -> str:
    return bytes(element[4]).decode("utf-8", "replace")[:80]


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
