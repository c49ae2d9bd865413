"""Columns of text given the type that all their cells share, without losing what a person wrote."""

import polars as pl

PADDED = r"^(\+|-?0\d)"
LONG_WHOLE = r"^[+-]?\d{16,}$"
ROUNDED_FROM = 2.0**53
"""From here on a float does not hold every whole number."""


def typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Give every String column of (n, k) text the type Int64 or Float64 where all its cells are such numbers.

    A column with one other cell stays text, so that the cell can be shown as written. Empty text becomes null.
    Codes with leading zeros or signs (`007`, `+82`) and whole numbers too long for 64 bits stay text: as numbers they would change.
    """
    return pl.DataFrame([_typed(column) for column in frame.iter_columns()])


def _typed(column: pl.Series) -> pl.Series:
    if column.dtype != pl.String:
        return column
    column = _without_empty(column)
    if column.null_count() == column.len():
        return column
    number = _number(column)
    if number is None:
        number = _number(column.str.strip_chars())
    return column if number is None else number


def _without_empty(column: pl.Series) -> pl.Series:
    empty = column == ""
    return column.set(empty, None) if empty.any() else column


def _number(column: pl.Series) -> pl.Series | None:
    nulls = column.null_count()
    whole = column.cast(pl.Int64, strict=False)
    if whole.null_count() == nulls:
        return None if _is_padded(column) else whole
    real = column.cast(pl.Float64, strict=False)
    if real.null_count() != nulls or _has_long_whole(column, real):
        return None
    return real


def _is_padded(column: pl.Series) -> bool:
    first = column.str.head(1)
    maybe = (first == "0") & (column.str.len_bytes() > 1) | (first == "+") | (first == "-")
    return bool(maybe.any()) and bool(column.filter(maybe).str.contains(PADDED).any())


def _has_long_whole(column: pl.Series, real: pl.Series) -> bool:
    """Whether turning into floats would cut digits off whole numbers, such as long ids."""
    large = real.abs() >= ROUNDED_FROM
    return bool(large.any()) and bool(column.filter(large).str.contains(LONG_WHOLE).any())
