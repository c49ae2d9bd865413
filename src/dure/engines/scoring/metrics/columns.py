"""Columns as the metrics need them: numbers, labels, class codes, suffixed columns, blocks of row weights."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Rows

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
EXACT = 2.0**53  # beyond it float64 skips integers
BLOCK = 4_000_000  # elements of one working array: 32 MB of float64


def numbers(column: NDArray[Any]) -> Array:
    """A numeric column as float64, shape (n,)."""
    return np.asarray(column, dtype=np.float64)


def labels(column: NDArray[Any]) -> NDArray[Any]:
    """A label column as int64 or text. Whole floats and booleans count as integers, so that 1, 1.0 and true agree."""
    if column.dtype.kind in "biu":
        return column.astype(np.int64, copy=False)
    if column.dtype.kind == "f" and bool(np.all((column == np.floor(column)) & (np.abs(column) < EXACT))):
        return column.astype(np.int64)
    if column.dtype.kind == "T":  # numpy casts it to text of a stated width only
        return column.astype(f"U{max(1, int(np.strings.str_len(column).max(initial=1)))}")
    return column.astype(np.str_, copy=False)


def comparable(truth: NDArray[Any], prediction: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both label columns in one type: integers when both are, else text."""
    left, right = labels(truth), labels(prediction)
    if left.dtype.kind == right.dtype.kind:
        return left, right
    return left.astype(np.str_), right.astype(np.str_)


def encode(truth: NDArray[Any], prediction: NDArray[Any]) -> tuple[NDArray[Any], Codes, Codes]:
    """The sorted classes of truth union prediction and both columns as positions in them."""
    left, right = comparable(truth, prediction)
    classes = np.union1d(np.unique(left), np.unique(right))
    return classes, np.searchsorted(classes, left), np.searchsorted(classes, right)


def is_class(column: NDArray[Any], name: str) -> Flags:
    """Which rows carry the class called `name`; an integer column is compared as integers, shape (n,)."""
    values = labels(column)
    if values.dtype.kind == "U":
        return np.asarray(values == name, dtype=np.bool_)
    try:
        return np.asarray(values == int(name), dtype=np.bool_)
    except ValueError:
        return np.zeros(values.shape, dtype=np.bool_)


def classes_of(values: NDArray[Any]) -> NDArray[Any]:
    """The sorted different values of (n,) labels. Two whole numbers, the usual case, are seen without sorting or hashing."""
    if values.dtype.kind == "i" and len(values):
        ends = np.array([values.min(), values.max()])
        if ((values == ends[0]) | (values == ends[1])).all():
            return np.unique(ends)
    return np.unique(values)


def suffixed(columns: Mapping[str, NDArray[Any]], name: str) -> dict[str, NDArray[Any]]:
    """The columns `name:suffix` by their suffix."""
    start = f"{name}:"
    return {key.removeprefix(start): column for key, column in columns.items() if key.startswith(start)}


def quotient(top: Array, bottom: Array, *, otherwise: float) -> Array:
    """Element-wise top / bottom, `otherwise` where the bottom is not above zero."""
    return np.asarray(np.divide(top, bottom, out=np.full(np.shape(bottom), otherwise), where=bottom > 0))


def size(rows: Rows) -> int:
    """The number of rows, n."""
    return len(next(iter(rows.truth.values())))


def blocks(weights: NDArray[Any], width: int) -> Iterator[Array]:
    """Row weights (r, n) as float64 in pieces (b, n), so that arrays of shape (b, width) stay within BLOCK."""
    step = max(1, BLOCK // max(1, width))
    for start in range(0, len(weights), step):
        yield np.asarray(weights[start : start + step], dtype=np.float64)
