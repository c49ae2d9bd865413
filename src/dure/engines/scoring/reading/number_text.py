"""Delimited text of nothing but plain numbers, the usual predictions file, read in one pass.

The careful way reads every cell as text and then gives columns their types. Here polars reads numbers at once, and whatever
the two could see differently sends the file back to the careful way: quotes, blanks, signs and zeros in front, whole numbers
that a float would round, cells of absurd length.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.scoring.reading.cells import ROUNDED_FROM, typed

HEAD_BYTES = 64 * 1024
BLOCK_BYTES = 256 * 1024
"""Looked at together: it and its flags stay in the processor's cache."""
UNUSUAL = b'" \t+'
"""Quotes, and the blanks and signs that one way of reading passes over and the other does not."""
NEWLINE, MINUS, ZERO, NINE = b"\n-09"
Bytes = NDArray[np.uint8]


def read_numbers(
    text: bytes, names: Sequence[str], *, delimiter: str, cell_bytes: int
) -> pl.DataFrame | None:
    """Read UTF-8 text whose first record names the columns; None where it has to be read the careful way.

    Columns are Int64 and Float64, empty cells null: what `typed` makes of the same cells read as text.
    """
    start = text.find(b"\n") + 1
    if not start or _is_unusual(text, start, delimiter) or _has_long_line(text, start, cell_bytes):
        return None
    kinds = _kinds_of_head(text, start, len(names), delimiter)
    if kinds is None or (pl.Int64 in kinds and _has_padded(text, delimiter)):
        return None
    try:
        frame = pl.read_csv(text, schema_overrides=kinds, infer_schema=False, separator=delimiter)
    except pl.exceptions.PolarsError:
        return None
    if frame.width != len(names) or any(_is_rounded(column) for column in frame.iter_columns()):
        return None
    frame.columns = list(names)
    return frame


def _is_unusual(text: bytes, start: int, delimiter: str) -> bool:
    return b'"' in text or any(text.find(sign, start) >= 0 for sign in UNUSUAL if sign != ord(delimiter))


def _has_long_line(text: bytes, start: int, cell_bytes: int) -> bool:
    """Whether a cell may be longer than `cell_bytes`: it would fill one of these windows, half as long, without a line end."""
    step = max(1, cell_bytes // 2)
    return any(text.find(b"\n", at, at + step) < 0 for at in range(start, len(text) - step, step))


def _kinds_of_head(
    text: bytes, start: int, width: int, delimiter: str
) -> list[type[pl.Int64] | type[pl.Float64]] | None:
    """The types of the columns by their first cells, read the careful way; None where one is not of numbers."""
    end = len(text) if len(text) <= HEAD_BYTES else text.rfind(b"\n", start, HEAD_BYTES) + 1
    try:
        head = typed(pl.read_csv(text[:end], infer_schema=False, separator=delimiter))
    except pl.exceptions.PolarsError:
        return None
    kinds = [pl.Int64 if kind == pl.Int64 else pl.Float64 for kind in head.dtypes if kind.is_numeric()]
    return kinds if len(kinds) == width else None


def _has_padded(text: bytes, delimiter: str) -> bool:
    """Whether a cell begins like a code: a zero, after a minus or not, with another digit behind it."""
    codes = np.frombuffer(text, np.uint8)
    return any(
        _is_padded(codes[at : at + BLOCK_BYTES + 3], ord(delimiter))
        for at in range(0, codes.size, BLOCK_BYTES)
    )


def _is_padded(codes: Bytes, delimiter: int) -> bool:
    starts = (codes == delimiter) | (codes == NEWLINE)
    padded = (codes[:-1] == ZERO) & (codes[1:] >= ZERO) & (codes[1:] <= NINE)
    negative = starts[:-3] & (codes[1:-2] == MINUS) & padded[2:]
    return bool((starts[:-2] & padded[1:]).any() or negative.any())


def _is_rounded(column: pl.Series) -> bool:
    """Whether a column of floats may have taken digits off a whole number."""
    return column.dtype == pl.Float64 and bool((column.abs() >= ROUNDED_FROM).any())
