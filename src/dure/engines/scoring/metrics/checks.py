"""What is wrong with the columns handed to a metric, found before it runs: every offending row, up to a cap."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dure.engines.faults import Fault
from dure.engines.scoring.metric import Metric, Role, Rows
from dure.engines.scoring.metrics.columns import Flags, numbers, size, suffixed

Side = Literal["answers", "predictions"]
CAP = 100  # rows named per column and kind of fault
LABEL_LIMIT = 200  # characters: one long label would widen a whole column
NUMBER_LIMIT = 1e100  # squares and their sums stay finite below it


def faults(metric: Metric, rows: Rows) -> list[Fault]:
    """All that keeps `metric` from scoring `rows`; an empty list when nothing does.

    Codes: `column_missing`, `lengths_differ`, `not_a_number` (of a whole column); `missing`, `not_finite`, `out_of_range`,
    `text_too_long` (of a row); from the metrics' own checks `not_binary`, `positive_unknown`, `too_many_classes`,
    `class_without_column`, `probabilities_do_not_sum`, `zero_answer`, `bad_quantile_level`, `quantile_missing`,
    `quantiles_cross`, `bad_boxes`, `bad_mask`, `bad_shape`. A fault of an answer has `place="answers"`. After CAP rows of one
    kind in one column a fault `more_rows` (params `code`, `count`) says how many were left out.
    """
    found = _missing_columns(metric, rows) or _unequal_lengths(rows)
    if found:
        return found
    for side, roles, columns in _sides(metric, rows):
        for role in roles:
            for name, column in columns_of(role, columns).items():
                found += _column_faults(role, name, column, rows, side)
    return found or (metric.check(rows) if metric.check else [])


def at_rows(
    code: str,
    bad: Flags,
    rows: Rows,
    *,
    column: str,
    side: Side = "predictions",
    values: NDArray[Any] | None = None,
    params: Mapping[str, str | int | float] | None = None,
) -> list[Fault]:
    """One fault per flagged row, up to CAP, then one that counts the rest. `values` adds each row's value."""
    places = np.flatnonzero(bad)
    place = "answers" if side == "answers" else None
    found = [
        Fault(code, {**(params or {}), **_value(values, int(at))}, line(rows, int(at), side), column, place)
        for at in places[:CAP]
    ]
    if len(places) > CAP:
        found.append(Fault("more_rows", {"code": code, "count": len(places) - CAP}, None, column, place))
    return found


def line(rows: Rows, at: int, side: Side = "predictions") -> int:
    """The line of row `at` in its file as a person counts it: the header is line 1."""
    if side == "predictions" and rows.lines is not None:
        return int(rows.lines[at])
    return at + 2


def columns_of(role: Role, columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The columns that play a role: the one of its name, or for a `many` role those with a suffix (or a lone one)."""
    many = {f"{role.name}:{key}": column for key, column in suffixed(columns, role.name).items()}
    if role.many and many:
        return many
    return {role.name: columns[role.name]} if role.name in columns else {}


def _sides(
    metric: Metric, rows: Rows
) -> tuple[tuple[Side, tuple[Role, ...], Mapping[str, NDArray[Any]]], ...]:
    return (
        ("answers", metric.truth, rows.truth),
        ("predictions", metric.prediction, rows.prediction),
    )


def _value(values: NDArray[Any] | None, at: int) -> dict[str, str | int | float]:
    if values is None:
        return {}
    value = values[at].item() if isinstance(values[at], np.generic) else str(values[at])
    return {"value": value if isinstance(value, int | float) else str(value)[:80]}


def _missing_columns(metric: Metric, rows: Rows) -> list[Fault]:
    return [
        Fault(
            "column_missing", {"side": side}, column=role.name, place="answers" if side == "answers" else None
        )
        for side, roles, columns in _sides(metric, rows)
        for role in roles
        if not columns_of(role, columns)
    ]


def _unequal_lengths(rows: Rows) -> list[Fault]:
    expected = size(rows)
    columns = [*rows.truth.items(), *rows.prediction.items()]
    return [
        Fault("lengths_differ", {"expected": expected, "found": len(column)}, column=name)
        for name, column in columns
        if len(column) != expected
    ]


def _column_faults(role: Role, name: str, column: NDArray[Any], rows: Rows, side: Side) -> list[Fault]:
    if role.kind in ("number", "probability", "quantile"):
        return _number_faults(role, name, column, rows, side)
    found = at_rows("missing", _missing(column), rows, column=name, side=side)
    if role.kind == "label" and not found:
        limit = {"highest": LABEL_LIMIT}
        found = at_rows("text_too_long", _long(column), rows, column=name, side=side, params=limit)
    return found


def _missing(column: NDArray[Any]) -> Flags:
    if column.dtype.kind == "f":
        return np.asarray(np.isnan(column))
    if column.dtype.kind == "O":
        return np.array([value is None or value != value for value in column], dtype=np.bool_)  # noqa: PLR0124 - NaN
    return np.zeros(column.shape, dtype=np.bool_)


def _long(column: NDArray[Any]) -> Flags:
    if column.dtype.kind == "O":
        return np.array(
            [isinstance(value, str) and len(value) > LABEL_LIMIT for value in column], dtype=np.bool_
        )
    if column.dtype.kind in "UT":
        return np.asarray(np.strings.str_len(column) > LABEL_LIMIT)
    return np.zeros(column.shape, dtype=np.bool_)


def _number_faults(role: Role, name: str, column: NDArray[Any], rows: Rows, side: Side) -> list[Fault]:
    if column.dtype.kind not in "biuf":
        return [Fault("not_a_number", column=name, place="answers" if side == "answers" else None)]
    low, high = (0.0, 1.0) if role.kind == "probability" else (-NUMBER_LIMIT, NUMBER_LIMIT)
    # Plain floats: a float32 column cannot be compared with 1e100.
    if len(column) == 0 or (low <= float(column.min()) and float(column.max()) <= high):
        return []
    wide = numbers(column)
    finite = np.isfinite(wide)
    outside = finite & ((wide < low) | (wide > high))
    limits = {"lowest": low, "highest": high}
    return [
        *at_rows("not_finite", ~finite, rows, column=name, side=side, values=column.astype(np.str_)),
        *at_rows("out_of_range", outside, rows, column=name, side=side, values=column, params=limits),
    ]
