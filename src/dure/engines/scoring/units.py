"""What is resampled: the rows, or the groups that rows belong to (patients, machines, households)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.floating[Any]]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """`count` units over `n_rows` rows. Without groups each row is its own unit and `of_row` is None.

    With groups, units are numbered by first appearance; `of_row` (n_rows,) names each row's unit, `order` sorts the rows by
    unit, `starts` (count,) is where each unit begins in that order, `sizes` (count,) counts its rows.
    """

    count: int
    n_rows: int
    of_row: Index | None = None
    order: Index | None = None
    starts: Index | None = None
    sizes: NDArray[np.float64] | None = None

    def sums(self, values: Float) -> Float:
        """Sums of `values` (n_rows, …) over the rows of each unit: (count, …), float64; the values themselves without groups."""
        if self.order is None or self.starts is None:
            return values
        ordered = values[self.order].astype(np.float64, copy=False)
        return np.asarray(np.add.reduceat(ordered, self.starts, axis=0))

    def spread(self, weights: Float) -> Float:
        """Weights of units (r, count) as weights of rows (r, n_rows)."""
        return weights if self.of_row is None else weights[:, self.of_row]


def units_of(n_rows: int, groups: NDArray[Any] | None = None) -> Units:
    """The units of `n_rows` rows; `groups` (n_rows,) holds one label per row, of any sortable type."""
    if groups is None:
        return Units(count=n_rows, n_rows=n_rows)
    if groups.shape != (n_rows,):
        raise ValueError(f"groups has shape {groups.shape}, not ({n_rows},)")
    _, first, label = np.unique(groups, return_index=True, return_inverse=True)
    appearance = np.empty(len(first), dtype=np.int64)
    appearance[np.argsort(first)] = np.arange(len(first))
    of_row = appearance[label]
    order = np.argsort(of_row, kind="stable")
    sizes = np.bincount(of_row)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return Units(len(first), n_rows, of_row, order, starts, sizes.astype(np.float64))
