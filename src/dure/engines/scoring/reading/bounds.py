"""Refusals that every reader shares: one place that says "too much"."""

from collections import Counter

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.limits import Limits


def refuse_large(*, size: int, limit: int) -> None:
    """Raise `too_large` when `size` decoded bytes are above `limit`."""
    if size > limit:
        raise Faulty([Fault("too_large", {"limit": limit})])


def refuse_shape(*, rows: int, columns: int, limits: Limits) -> None:
    """Raise when a table of this shape is above the limits; every limit passed over is named."""
    faults = []
    if rows > limits.rows:
        faults.append(Fault("too_many_rows", {"found": rows, "limit": limits.rows}))
    if columns > limits.columns:
        faults.append(Fault("too_many_columns", {"found": columns, "limit": limits.columns}))
    if not faults and rows * columns > limits.cells:
        faults.append(Fault("too_many_cells", {"found": rows * columns, "limit": limits.cells}))
    if faults:
        raise Faulty(faults)


def refuse_names(names: list[str]) -> None:
    """Raise for columns without a name and for names used twice, all at once."""
    faults = [
        Fault("column_without_name", {"position": position}, row=1)
        for position, name in enumerate(names, start=1)
        if not name
    ]
    for name, times in Counter(name for name in names if name).items():
        if times > 1:
            faults.append(Fault("column_twice", {"times": times}, row=1, column=name[:80]))
    if faults:
        raise Faulty(faults[:20])


def refuse_long_cells(frame: pl.DataFrame, *, limits: Limits) -> None:
    """Raise when a text cell is above `cell_bytes`, or all text together above `decoded_bytes`.

    Lengths are read from the string views, so that a dictionary that repeats one huge string a million times is caught
    without being written out.
    """
    faults, total = [], 0
    for column in frame.iter_columns():
        if column.dtype == pl.String and column.len():
            lengths = column.str.len_bytes()
            total += int(lengths.sum())
            faults.extend(_long_cell(column.name, lengths, limits=limits))
    if faults:
        raise Faulty(faults[:20])
    refuse_large(size=total, limit=limits.decoded_bytes)


def _long_cell(name: str, lengths: pl.Series, *, limits: Limits) -> list[Fault]:
    at = lengths.arg_max()
    if at is None or lengths[at] <= limits.cell_bytes:
        return []
    return [
        Fault(
            "cell_too_long", {"found": int(lengths[at]), "limit": limits.cell_bytes}, row=at + 2, column=name
        )
    ]
