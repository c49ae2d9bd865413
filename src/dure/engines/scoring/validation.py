"""What is wrong with a prediction file: everything at once, each with its row and column."""

import difflib
from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.matching import Match, as_text, keys, match, without_spare
from dure.engines.scoring.schema import Column, Schema

SHOWN = 10
LABEL_LENGTH = 200
"""Characters of a label. Labels become fixed-width arrays: one of a million characters would widen every row."""
FIRST_ROW = 2
"""The header is line 1, so the first row of the table is line 2. A quoted cell with line ends counts as one line, as in a
spreadsheet."""
NUMERIC = frozenset({"number", "probability", "quantile"})
Params = dict[str, str | int | float]


def validate_predictions(
    frame: pl.DataFrame,
    *,
    schema: Schema,
    ids: pl.DataFrame,
    spare: pl.DataFrame | None = None,
    tolerance: float = 1e-3,
) -> list[Fault]:
    """Return every fault of an (n, k) prediction file; an empty list means that it can be scored.

    `ids` holds the id columns of the answers, one row for each id; `spare` those of rows that were taken out of the answers
    meanwhile, which a file may hold or lack. At most ten faults of a kind and column are listed, each
    with `total`. `tolerance` is how far probabilities of a row may sum from 1 and quantiles may fall.
    """
    faults = column_faults(frame, schema)
    if not frame.height:
        return [*faults, Fault("no_rows")]
    if all(name in frame.columns for name in schema.id_columns):
        faults += id_faults(frame, schema=schema, ids=ids, spare=spare)
    present = [column for column in schema.columns if column.name in frame.columns]
    bad = [fault for column in present for fault in cell_faults(frame[column.name], column)]
    wrong = {fault.column for fault in bad}
    clean = {column.name for column in present} - wrong
    return [
        *faults,
        *bad,
        *quantile_faults(frame, schema, clean, tolerance),
        *sum_faults(frame, schema, clean, tolerance),
    ]


def column_faults(frame: pl.DataFrame, schema: Schema) -> list[Fault]:
    """Return a fault for each column that is missing (with the nearest name that is not asked for) or not asked for."""
    asked = [*schema.id_columns, *(column.name for column in schema.columns)]
    extra = [name for name in frame.columns if name not in asked]
    missing = [_missing(name, extra) for name in asked if name not in frame.columns]
    unknown = [Fault("column_unknown", row=1, column=_shown(name)) for name in extra[:SHOWN]]
    return [*missing, *unknown]


def _missing(name: str, extra: list[str]) -> Fault:
    plain = {other.lower().replace("_", "").replace(" ", ""): other for other in extra}
    near = difflib.get_close_matches(name.lower().replace("_", "").replace(" ", ""), plain, n=1, cutoff=0.6)
    if near:
        return Fault("column_misnamed", {"near": _shown(plain[near[0]])}, row=1, column=name)
    return Fault("column_missing", row=1, column=name)


def id_faults(
    frame: pl.DataFrame, *, schema: Schema, ids: pl.DataFrame, spare: pl.DataFrame | None = None
) -> list[Fault]:
    """Return faults for the number of rows and for ids that are empty, missing, duplicate or unknown."""
    most = ids if spare is None else pl.concat([ids, spare.select(ids.columns)])
    expected, given = keys(most, schema.id_columns), keys(frame, schema.id_columns)
    found = without_spare(match(expected, given), needed=ids.height)
    if found.is_complete:
        return []
    column = schema.id_columns[0] if len(schema.id_columns) == 1 else None
    faults = []
    if not ids.height <= frame.height <= most.height:
        faults.append(Fault("row_count", {"found": frame.height, "expected": ids.height}))
    faults += _listed("id_empty", found.empty, lambda _: {}, column=column)
    faults += _missing_ids(expected, found, column=column)
    faults += _duplicate_ids(given, found, column=column)
    return faults + _listed("id_unknown", found.unknown, lambda row: {"id": _id(given, row)}, column=column)


def _missing_ids(expected: pl.Series, found: Match, *, column: str | None) -> list[Fault]:
    at = np.flatnonzero(found.positions < 0)
    if not at.size:
        return []
    examples = ", ".join(_id(expected, int(one)) for one in at[:SHOWN])
    return [Fault("id_missing", {"count": int(at.size), "examples": examples}, column=column)]


def _duplicate_ids(given: pl.Series, found: Match, *, column: str | None) -> list[Fault]:
    firsts = dict(zip(found.duplicate[:SHOWN].tolist(), found.firsts[:SHOWN].tolist(), strict=True))
    return _listed(
        "id_duplicate",
        found.duplicate,
        lambda row: {"id": _id(given, row), "first_row": firsts[row] + FIRST_ROW},
        column=column,
    )


def _id(ids: pl.Series, row: int) -> str:
    return _shown(str(ids[row]).replace("\x1f", ", "))


def cell_faults(values: pl.Series, column: Column) -> list[Fault]:
    """Return the faults of one column's cells: empty, of the wrong kind, out of range, of an unknown category."""
    faults = []
    if not column.nullable and values.null_count():
        faults += _listed("cell_empty", _at(values.is_null()), lambda _: {}, column=column.name)
    if column.kind in NUMERIC:
        return faults + _number_faults(values, column)
    return faults + _label_faults(values, column) if column.kind == "label" else faults


def _label_faults(values: pl.Series, column: Column) -> list[Fault]:
    text = as_text(values)
    if longest(text) > LABEL_LENGTH:
        rows = _at(text.str.len_chars() > LABEL_LENGTH)
        return _listed("label_too_long", rows, lambda _: {"limit": LABEL_LENGTH}, column=column.name)
    return [] if column.categories is None else _category_faults(text, column, column.categories)


def longest(text: pl.Series) -> int:
    """Return the number of characters of the longest text; 0 where there is none."""
    lengths = text.str.len_chars()
    at = lengths.arg_max()
    return 0 if at is None else int(lengths[at])


def numbers(values: pl.Series) -> pl.Series:
    """Return values as Float64; what is no number becomes null."""
    if values.dtype.is_numeric():
        return values.cast(pl.Float64)
    return values.cast(pl.String).cast(pl.Float64, strict=False)


def _number_faults(values: pl.Series, column: Column) -> list[Fault]:
    real = numbers(values)
    kinds: list[tuple[str, pl.Series, Params]] = [
        ("cell_not_number", real.is_null() & values.is_not_null(), {})
    ]
    kinds.append(("not_finite", ~real.is_finite(), {}))
    if column.lowest is not None:
        kinds.append(("below_lowest", (real < column.lowest) & real.is_finite(), {"lowest": column.lowest}))
    if column.highest is not None:
        kinds.append(
            ("above_highest", (real > column.highest) & real.is_finite(), {"highest": column.highest})
        )
    if column.decimals is not None:
        rounded = (real - real.round(column.decimals)).abs() > 1e-9 * real.abs().clip(1.0)
        kinds.append(("too_many_decimals", rounded & real.is_finite(), {"decimals": column.decimals}))
    return list(
        chain.from_iterable(_cells(code, values, wrong, extra, column) for code, wrong, extra in kinds)
    )


def _cells(code: str, values: pl.Series, wrong: pl.Series, extra: Params, column: Column) -> list[Fault]:
    if not wrong.any():
        return []
    return _listed(code, _at(wrong), lambda row: {"value": _shown(values[row]), **extra}, column=column.name)


def _category_faults(text: pl.Series, column: Column, categories: Iterable[str]) -> list[Fault]:
    known = list(categories)
    wrong = ~text.is_in(known) & text.is_not_null()
    if not wrong.any():
        return []
    rows = _at(wrong)
    return [
        _category_fault(str(text[int(row)]), known, row=int(row), total=int(rows.size), column=column)
        for row in rows[:SHOWN]
    ]


def _category_fault(value: str, known: list[str], *, row: int, total: int, column: Column) -> Fault:
    folded = {name.strip().casefold(): name for name in known}
    near = difflib.get_close_matches(value.strip().casefold()[:80], folded, n=1, cutoff=0.7)
    params: Params = {"value": _shown(value), "total": total}
    if near:
        named: Params = {**params, "near": _shown(folded[near[0]])}
        return Fault("category_misspelt", named, row=row + FIRST_ROW, column=column.name)
    listed: Params = {**params, "known": ", ".join(_shown(name) for name in known[:SHOWN])}
    return Fault("category_unknown", listed, row=row + FIRST_ROW, column=column.name)


def quantile_faults(frame: pl.DataFrame, schema: Schema, clean: set[str], tolerance: float) -> list[Fault]:
    """Return a fault for rows (first ten) in which a higher quantile lies below a lower one."""
    columns = [column for column in schema.quantiles() if column.name in clean]
    if len(columns) < 2:
        return []
    values = _matrix(frame, columns)
    steps = np.diff(values, axis=1)
    slack = tolerance * 1e-3 * np.maximum(1.0, np.abs(values[:, 1:]))
    rows = np.flatnonzero((steps < -slack).any(axis=1))
    worst = {int(row): int(np.nanargmin(steps[row])) for row in rows[:SHOWN]}
    return _listed(
        "quantiles_not_ascending",
        rows,
        lambda row: {"low": columns[worst[row]].name, "high": columns[worst[row] + 1].name},
        column=None,
    )


def sum_faults(frame: pl.DataFrame, schema: Schema, clean: set[str], tolerance: float) -> list[Fault]:
    """Return a fault for rows (first ten) whose probabilities of all classes do not sum to 1 within `tolerance`."""
    columns = schema.probabilities()
    if len(columns) < 2 or any(column.name not in clean for column in columns):
        return []
    sums = _matrix(frame, columns).sum(axis=1)
    rows = np.flatnonzero(np.abs(sums - 1.0) > tolerance)
    return _listed(
        "probabilities_not_one", rows, lambda row: {"sum": round(float(sums[row]), 6)}, column=None
    )


def _matrix(frame: pl.DataFrame, columns: Iterable[Column]) -> NDArray[np.float64]:
    """Return (n, columns) values; empty cells are NaN, which no comparison finds wrong."""
    return np.column_stack(
        [numbers(frame[column.name]).fill_null(float("nan")).to_numpy() for column in columns]
    )


def _at(wrong: pl.Series) -> NDArray[np.int64]:
    return wrong.fill_null(value=False).arg_true().cast(pl.Int64).to_numpy()


def _listed(
    code: str, rows: NDArray[np.int64], params: Callable[[int], Params], *, column: str | None
) -> list[Fault]:
    """Return a fault for the first rows of a kind, each with the total."""
    total = int(rows.size)
    return [
        Fault(code, {**params(int(row)), "total": total}, row=int(row) + FIRST_ROW, column=column)
        for row in rows[:SHOWN]
    ]


def _shown(value: object) -> str:
    """Return a value short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
