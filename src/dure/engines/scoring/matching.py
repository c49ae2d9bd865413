"""Which row of one table belongs to which row of another, by id."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

Positions = NDArray[np.int64]
SEPARATOR = "\x1f"
SPREAD = 8
"""Whole-number ids spread over at most this many times their number are looked up in an array instead of hashed."""
NOTHING = (np.empty(0, np.int64),) * 4


@dataclass(frozen=True, slots=True)
class Match:
    """How given ids fit expected ones.

    `positions` (n expected): row of the given table, -1 where missing; `unknown`, `duplicate`, `empty`: rows of the given
    table whose id is not expected, stood before, or is null; `firsts`: for each duplicate the row where its id stood first.
    """

    positions: Positions
    unknown: Positions
    duplicate: Positions
    firsts: Positions
    empty: Positions

    @property
    def is_complete(self) -> bool:
        """Whether each expected id has exactly one row and no row is left over."""
        left_over = self.unknown.size + self.duplicate.size + self.empty.size
        return left_over == 0 and bool((self.positions >= 0).all())


def without_spare(found: Match, *, needed: int) -> Match:
    """The match for the first `needed` expected ids alone; the ones after them are known, and may be missing."""
    return replace(found, positions=found.positions[:needed])


def keys(frame: pl.DataFrame, id_columns: Sequence[str]) -> pl.Series:
    """Return the ids of (n, k) rows as one column: whole numbers where the only id column holds such, else text.

    A row with an empty part has no id (null).
    """
    if len(id_columns) == 1:
        return as_key(frame[id_columns[0]])
    parts = [as_text(frame[name]) for name in id_columns]
    return pl.DataFrame(parts).select(pl.concat_str(pl.all(), separator=SEPARATOR).alias("id")).to_series()


def as_key(ids: pl.Series) -> pl.Series:
    """Keep whole numbers; everything else becomes text."""
    return ids.cast(pl.Int64) if ids.dtype.is_integer() and ids.dtype != pl.UInt64 else as_text(ids)


def as_text(values: pl.Series) -> pl.Series:
    """Return values as a person writes them: `1.0` and `1` are both `1`, `True` is `true`."""
    if values.dtype.is_float():
        whole = values.is_finite() & (values == values.round()) & (values.abs() < 2.0**53)
        if whole.fill_null(value=True).all():
            return values.cast(pl.Int64).cast(pl.String)
    return values.cast(pl.String)


def match(expected: pl.Series, given: pl.Series) -> Match:
    """Match (n) expected ids, each once and none null, with (m) given ids in any order and state."""
    if expected.dtype != given.dtype:
        expected, given = as_text(expected), as_text(given)
    return _dense(expected, given) or _joined(expected, given) or _hashed(expected, given)


def _dense(expected: pl.Series, given: pl.Series) -> Match | None:
    """Look whole numbers up in an array; None where that does not apply or not all is in order."""
    size = expected.len()
    if (
        not expected.dtype.is_integer()
        or size != given.len()
        or not size
        or expected.null_count()
        or given.null_count()
    ):
        return None
    wanted, found = expected.to_numpy(), given.to_numpy()
    low, high = int(wanted.min()), int(wanted.max())
    if high - low > SPREAD * size + 1024 or int(found.min()) < low or int(found.max()) > high:
        return None
    rows = np.full(high - low + 1, -1, np.int32)
    rows[found - low] = np.arange(size, dtype=np.int32)
    positions = rows[wanted - low].astype(np.int64)
    return None if positions.min() < 0 or not _uses_all(positions, size) else Match(positions, *NOTHING)


def _uses_all(positions: Positions, size: int) -> bool:
    """Whether each of `size` rows occurs among the positions."""
    used = np.zeros(size, bool)
    used[positions] = True
    return bool(used.all())


def _joined(expected: pl.Series, given: pl.Series) -> Match | None:
    """Match by one hash join; None where not all is in order."""
    if expected.len() != given.len() or given.null_count() or expected.null_count():
        return None
    rows = pl.DataFrame({"id": given}).with_row_index("row")
    joined = pl.DataFrame({"id": expected}).join(rows, on="id", how="left", maintain_order="left")["row"]
    if joined.len() != expected.len() or joined.null_count():
        return None
    positions = _rows(joined)
    return Match(positions, *NOTHING) if _uses_all(positions, given.len()) else None


def _hashed(expected: pl.Series, given: pl.Series) -> Match:
    wanted = pl.DataFrame({"id": expected}).with_row_index("at")
    found = pl.DataFrame({"id": given}).with_row_index("row")
    filled = found.filter(pl.col("id").is_not_null())
    first = filled.unique("id", keep="first", maintain_order=True)
    joined = wanted.join(first, on="id", how="left", maintain_order="left")
    again = filled.join(first, on="id", how="left", suffix="_first", maintain_order="left")
    again = again.filter(pl.col("row") != pl.col("row_first"))
    return Match(
        positions=joined["row"].cast(pl.Int64).fill_null(-1).to_numpy(),
        unknown=_rows(filled.join(wanted, on="id", how="anti", maintain_order="left")["row"]),
        duplicate=_rows(again["row"]),
        firsts=_rows(again["row_first"]),
        empty=_rows(found.filter(pl.col("id").is_null())["row"]),
    )


def _rows(column: pl.Series) -> Positions:
    return column.cast(pl.Int64).to_numpy()


def repeated_or_empty(ids: pl.Series) -> int:
    """Return how many of the ids are null or stood before."""
    filled = ids.drop_nulls()
    return ids.len() - filled.n_unique()
