"""Leak checks over files, for the limited child process: paths and JSON values in, JSON values out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from dure.engines.faults import Faulty
from dure.engines.scoring.leaks import Finding, check_leaks
from dure.engines.scoring.metric import Direction
from dure.engines.scoring.reading import DEFAULT_LIMITS, read_table
from dure.engines.scoring.schema import Schema, from_plain


def report(
    *,
    schema: dict[str, Any],
    answers: str,
    train: Sequence[tuple[str, str]] = (),
    test: Sequence[tuple[str, str]] = (),
    baselines: Mapping[str, float] | None = None,
    target: float | None = None,
    direction: Direction = "higher",
) -> dict[str, Any]:
    """Check what is about to open; `train` and `test` are (name, path) of the files as handed in, `answers` our own Parquet.

    The first file of each part that is a table is looked at. Returns `{"findings": [{code, severity, params, column}]}`; files
    that are no tables are named by `not_a_table`, a test part without the ids by `test_without_ids`.
    """
    shape = from_plain(schema)
    truth = _truth(answers, shape)
    train_table, unread = _first_table(train)
    test_table, more = _first_table(test)
    public, without = _with_ids(test_table, truth, shape)
    found = check_leaks(
        test_public=public,
        answers=truth,
        schema=shape,
        train=train_table,
        baselines=baselines,
        target=target,
        direction=direction,
    )
    return {"findings": [_plain(finding) for finding in (*unread, *more, *without, *found)]}


def _truth(path: str, shape: Schema) -> pl.DataFrame:
    return pl.read_parquet(path, columns=[*shape.id_columns, *(column.name for column in shape.truths)])


def _first_table(files: Sequence[tuple[str, str]]) -> tuple[pl.DataFrame | None, list[Finding]]:
    """The first that can be read, and a finding for each before it that cannot."""
    unread: list[Finding] = []
    for name, path in files:
        try:
            return read_table(Path(path), limits=DEFAULT_LIMITS), unread
        except Faulty:
            unread.append(Finding("not_a_table", "warn", {"filename": name}))
    return None, unread


def _with_ids(
    test: pl.DataFrame | None, truth: pl.DataFrame, shape: Schema
) -> tuple[pl.DataFrame, list[Finding]]:
    """The test part as the checks want it: with the ids; else the ids alone."""
    ids = truth.select(shape.id_columns)
    if test is None:
        return ids, []
    if any(name not in test.columns for name in shape.id_columns):
        return ids, [Finding("test_without_ids", "warn", {"ids": ", ".join(shape.id_columns)})]
    return test, []


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "params": dict(finding.params),
        "column": finding.column,
    }
