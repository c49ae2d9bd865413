"""Resampled scores of systems whose score is a function of means: one matrix product for all of them.

float32 is enough because what enters the product is centred: a column holds the row's distance from its mean, so rounding
stays about 1e-6 of the standard error. Columns of small whole numbers (right or wrong, counts) are left as they are: their
sums are exact in float32 up to 2²⁴, and so are ties between systems within a resample.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array
from dure.engines.scoring.resampling import Weights
from dure.engines.scoring.units import Float, Units

Finish = Callable[[Array], Array]
_EXACT = 2.0**24  # whole numbers up to here are exact in float32
_SAFE = (1e-15, 1e15)  # sizes whose squares and sums stay well inside float32
_BLOCK = 2**25  # float32 elements of one stacked block: 128 MB


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns of all systems ready for the product, and how to read the result back.

    `block` (columns, units) holds (value − centre) / scale, summed over the rows of each unit; `centre`, `scale`, `lowest`
    and `highest` (columns,) belong to the rows' own values.
    """

    block: Weights
    centre: Array
    scale: Array
    lowest: Array
    highest: Array


def means_of(statistics: Float) -> Array:
    """Means of the columns of `statistics` (n, k) in float64, shape (k,)."""
    # Column by column: a sum over the first axis of a wide array adds one by one and is both slower and less accurate.
    means = np.array([np.add.reduce(column, dtype=np.float64) for column in statistics.T])
    means /= len(statistics)
    return means


def resample_means(
    *, finish: Finish, statistics: Sequence[Float], means: Sequence[Array], units: Units, weights: Weights
) -> Array:
    """Scores of each system in each resample, shape (systems, resamples).

    `statistics` holds one (n, k) array per system (k may differ), `means` its column means, `weights` (resamples, units).
    """
    scores = np.empty((len(statistics), len(weights)))
    total = _totals(units, weights)
    for part in _parts(statistics, units.count):
        stack = _stack(statistics[part], means[part], units)
        resampled = _read_back(weights @ stack.block.T, stack, total)
        with np.errstate(all="ignore"):
            _finish_all(scores[part], finish, resampled, [array.shape[1] for array in statistics[part]])
    return scores


def _totals(units: Units, weights: Weights) -> Array:
    """Rows in each resample, shape (resamples,)."""
    if units.sizes is None:
        return np.full(len(weights), float(units.count))
    return np.asarray(weights.astype(np.float64) @ units.sizes)


def _parts(statistics: Sequence[Float], n_units: int) -> Iterator[slice]:
    """Runs of systems whose stacked columns fit in one block; a system wider than that stands alone."""
    start = width = 0
    for at, array in enumerate(statistics):
        if at > start and (width + array.shape[1]) * n_units > _BLOCK:
            yield slice(start, at)
            start, width = at, 0
        width += array.shape[1]
    if start < len(statistics):
        yield slice(start, len(statistics))


def _stack(statistics: Sequence[Float], means: Sequence[Array], units: Units) -> Stack:
    widths = [array.shape[1] for array in statistics]
    numbers = np.empty((4, sum(widths)))
    stack = Stack(np.empty((sum(widths), units.count), dtype=np.float32), *numbers)
    stack.centre[:] = np.concatenate(means)
    if units.sizes is None and all(array.dtype == np.float32 for array in statistics):
        _fill_at_once(stack, statistics, units)
    else:
        _fill_by_column(stack, statistics, units)
    return stack


def _fill_at_once(stack: Stack, statistics: Sequence[Float], units: Units) -> None:
    """Ungrouped float32 statistics, the usual case: a few passes over the whole block."""
    np.concatenate([array.T for array in statistics], out=stack.block)
    stack.lowest[:], stack.highest[:] = stack.block.min(axis=1), stack.block.max(axis=1)
    near = stack.centre.astype(np.float32)
    near[_whole_columns(stack, units)] = 0.0
    stack.centre[:], stack.scale[:] = near, _scales(stack)
    for at in np.flatnonzero(stack.scale != 1.0):
        stack.block[at] = (stack.block[at].astype(np.float64) - stack.centre[at]) / stack.scale[at]
        near[at] = 0.0
    stack.block[:] -= near[:, None]


def _fill_by_column(stack: Stack, statistics: Sequence[Float], units: Units) -> None:
    columns = [column for array in statistics for column in array.T]
    stack.lowest[:] = [column.min() for column in columns]
    stack.highest[:] = [column.max() for column in columns]
    stack.scale[:] = _scales(stack)
    countable = _countable(stack, units)
    for at, values in enumerate(columns):
        if countable[at] and _whole(values):
            stack.centre[at] = 0.0
        stack.block[at] = units.sums((values - stack.centre[at]) / stack.scale[at])


def _whole_columns(stack: Stack, units: Units) -> NDArray[np.intp]:
    """Which columns hold small whole numbers only; a look at the first few spares most columns the full pass."""
    maybe = _countable(stack, units) & _whole(stack.block[:, :64])
    return np.array([at for at in np.flatnonzero(maybe) if _whole(stack.block[at])], dtype=np.intp)


def _countable(stack: Stack, units: Units) -> NDArray[np.bool_]:
    """Whose sums over any resample float32 holds exactly, were the values whole: at most all units as large as the largest."""
    most = units.count * (1.0 if units.sizes is None else float(units.sizes.max()))
    return np.asarray(np.maximum(np.abs(stack.lowest), np.abs(stack.highest)) * most <= _EXACT)


def _whole(values: Float) -> Any:
    """Whether all values along the last axis are whole numbers."""
    return (values == np.rint(values)).all(axis=-1)


def _scales(stack: Stack) -> Array:
    """1, or the width of a column whose values are too large or too close together for float32."""
    width = stack.highest - stack.lowest
    usual = (width > _SAFE[0]) & (width < _SAFE[1]) | (width == 0.0)
    return np.where(usual, 1.0, width)


def _read_back(sums: NDArray[np.float32], stack: Stack, total: Array) -> Array:
    """Resampled means (columns, resamples). A mean lies between the least and the greatest row: rounding must not leave that."""
    means = np.asarray(sums.T / total, order="C")
    means *= stack.scale[:, None]
    means += stack.centre[:, None]
    return np.clip(means, stack.lowest[:, None], stack.highest[:, None], out=means)


def _finish_all(out: Array, finish: Finish, means: Array, widths: Sequence[int]) -> None:
    """Write scores (systems, resamples) from means (columns, resamples); each system has its own number of columns."""
    row = 0
    for system, width in enumerate(widths):
        out[system] = finish(means[row : row + width].T)
        row += width
