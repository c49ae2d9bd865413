"""JSON lines: one flat object per line."""

import json
from collections.abc import Mapping
from typing import Any, cast

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.bounds import refuse_long_cells, refuse_names, refuse_shape
from dure.engines.scoring.reading.limits import Limits

SHOWN = 10
BATCH = 2_000
LOWEST, HIGHEST = -(2**63), 2**63 - 1


def looks_like_json(text: bytes) -> bool:
    """Whether the first character that is not white begins a JSON object or array."""
    return text[:4096].lstrip()[:1] in {b"{", b"["}


def read_json_lines(text: bytes, *, limits: Limits) -> pl.DataFrame:
    """Read UTF-8 JSON lines; (lines, keys of the first line) with Int64, Float64, Boolean and String columns.

    Blank lines at the end are passed over. Lists and objects as values become JSON text (boxes, masks); a key that a line
    lacks is null. Raises `Faulty` with the line of every broken one (first ten): `json_broken`, `json_not_object`,
    `json_unknown_key`.
    """
    if text.lstrip().startswith(b"["):
        raise Faulty([Fault("json_array")])
    lines = text.rstrip().split(b"\n")
    names = _names(lines[0], limits=limits)
    refuse_shape(rows=len(lines), columns=len(names), limits=limits)
    columns: dict[str, list[Any]] = {name: [] for name in names}
    _collect(lines, columns)
    frame = pl.DataFrame([_series(name, values) for name, values in columns.items()])
    refuse_long_cells(frame, limits=limits)
    return frame


def _names(line: bytes, *, limits: Limits) -> list[str]:
    if len(line) > limits.cell_bytes * 16:
        raise Faulty([Fault("cell_too_long", {"found": len(line), "limit": limits.cell_bytes}, row=1)])
    first = _parsed(line)
    if isinstance(first, Fault):
        raise Faulty([_at(first, row=1, total=1)])
    names = list(first)
    refuse_shape(rows=1, columns=len(names), limits=limits)
    if not names:
        raise Faulty([Fault("empty_file")])
    refuse_names(names)
    return names


def _collect(lines: list[bytes], columns: dict[str, list[Any]]) -> None:
    """Append every line's values to the columns; raise with all broken lines."""
    wrong: list[tuple[int, Fault]] = []
    total = 0
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        records = _together(batch, columns) or [_fitting(line, columns) for line in batch]
        faults = [(row, one) for row, one in enumerate(records, start=start + 1) if isinstance(one, Fault)]
        total += len(faults)
        wrong.extend(faults[: SHOWN - len(wrong)])
        if not total:
            _append(cast("list[dict[str, Any]]", records), columns)
    if wrong:
        raise Faulty([_at(fault, row=row, total=total) for row, fault in wrong])


def _together(batch: list[bytes], columns: Mapping[str, list[Any]]) -> list[dict[str, Any] | Fault] | None:
    """Parse many lines at once, which is twice as fast; None where any line is not as it should be."""
    try:
        records = json.loads(b"[" + b",".join(batch) + b"]")
    except (ValueError, RecursionError):
        return None
    known = columns.keys()
    fits = len(records) == len(batch) and all(
        isinstance(one, dict) and one.keys() <= known for one in records
    )
    return records if fits else None


def _append(records: list[dict[str, Any]], columns: dict[str, list[Any]]) -> None:
    for name, values in columns.items():
        values.extend([record.get(name) for record in records])


def _fitting(line: bytes, columns: Mapping[str, list[Any]]) -> dict[str, Any] | Fault:
    record = _parsed(line)
    if isinstance(record, Fault) or record.keys() <= columns.keys():
        return record
    unknown = next(key for key in record if key not in columns)
    return Fault("json_unknown_key", {"key": unknown[:80]})


def _parsed(line: bytes) -> dict[str, Any] | Fault:
    """Parse one line. RecursionError: a line of ten thousand brackets; ValueError: broken, or a number of 5,000 digits."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Fault("json_broken")
    return record if isinstance(record, dict) else Fault("json_not_object")


def _at(fault: Fault, *, row: int, total: int) -> Fault:
    return Fault(fault.code, {**fault.params, "total": total}, row=row)


def _series(name: str, values: list[Any]) -> pl.Series:
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {bool}:
        return pl.Series(name, values, pl.Boolean)
    if kinds == {int} and all(value is None or LOWEST <= value <= HIGHEST for value in values):
        return pl.Series(name, values, pl.Int64)
    if kinds == {float} or (
        kinds == {int, float} and all(value is None or abs(value) < 2**53 for value in values)
    ):
        return pl.Series(name, [None if value is None else float(value) for value in values], pl.Float64)
    return pl.Series(name, [_text(value) for value in values], pl.String)


def _text(value: Any) -> str | None:
    """Text of a value in a column of mixed kinds; empty text is null, as in CSV."""
    if value is None or isinstance(value, str):
        return (value.encode("utf-8", "replace").decode() or None) if value else None
    return json.dumps(value, ensure_ascii=False)
