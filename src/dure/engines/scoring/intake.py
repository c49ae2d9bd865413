"""Taking in files from strangers: what runs in the limited child process (paths and JSON values in, JSON values out).

A table that passes is written again as our own plain Parquet, so that nothing after the door ever parses a stranger's bytes.
"""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import polars as pl

from dure.engines.faults import Faulty
from dure.engines.scoring.joining import check_answers
from dure.engines.scoring.narrowing import without
from dure.engines.scoring.reading import DEFAULT_LIMITS, read_table
from dure.engines.scoring.schema import from_plain, infer_schema, to_plain
from dure.engines.scoring.validation import validate_predictions


def take_predictions(
    *,
    path: str,
    out: str,
    schema: dict[str, Any],
    answers: str | None = None,
    begun_with: str | None = None,
) -> dict[str, Any]:
    """Validate the file at `path` against the ids of the answers (Parquet) and write it to `out` as Parquet.

    Without answers its own ids are right, and only its form is looked at. `begun_with` are the answers (Parquet) with which it all
    began, where rows were taken out since: these a file may hold.
    Returns `{"rows": n}`; raises Faulty with every fault.
    """
    shape = from_plain(schema)
    frame = read_table(Path(path), limits=DEFAULT_LIMITS)
    ids = _own_ids(frame, shape.id_columns) if answers is None else _ids(answers, shape.id_columns)
    spare = None if begun_with is None else _taken_out(ids, Path(begun_with))
    if faults := validate_predictions(frame, schema=shape, ids=ids, spare=spare):
        raise Faulty(faults)
    wanted = [*shape.id_columns, *(column.name for column in shape.columns)]
    _write(frame.select(wanted), Path(out), compression="uncompressed")
    return {"rows": frame.height}


def _taken_out(ids: pl.DataFrame, begun_with: Path) -> pl.DataFrame:
    asked = pl.read_parquet(begun_with, columns=ids.columns)
    return without(asked, ids, ids.columns)


def _own_ids(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    return frame.select(name for name in columns if name in frame.columns).unique()


@lru_cache(maxsize=2)
def _ids(answers: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """The ids of the answers, kept for the next file: a path of the blob store always holds the same."""
    return pl.read_parquet(answers, columns=list(columns))


def _write(frame: pl.DataFrame, out: Path, *, compression: Literal["lz4", "uncompressed"] = "lz4") -> None:
    """Through memory: a disk without room is then an OSError, where polars would have its own.

    Predictions are left uncompressed: packing a million rows takes as long as reading them did.
    """
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression=compression, statistics=False)
    out.write_bytes(buffer.getbuffer())


def take_table(*, path: str, out: str) -> dict[str, Any]:
    """Read any table and write it to `out` as Parquet. Returns its size, its columns and its first rows as text."""
    frame = read_table(Path(path), limits=DEFAULT_LIMITS)
    _write(frame, Path(out))
    head = frame.head(5).cast(pl.String).fill_null("").rows()
    return {"rows": frame.height, "columns": frame.columns, "head": [list(row) for row in head]}


def guess_schema(*, sample: str, answers: str, group_column: str | None = None) -> dict[str, Any]:
    """The schema of a sample submission and the answers, both already taken in as Parquet."""
    return to_plain(
        infer_schema(pl.read_parquet(sample), answers=pl.read_parquet(answers), group_column=group_column)
    )


def take_answers(*, path: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Check answers (Parquet) against the schema. Returns `{"rows": n}`; raises Faulty with every fault."""
    frame = pl.read_parquet(path)
    if faults := check_answers(frame, from_plain(schema)):
        raise Faulty(faults)
    return {"rows": frame.height}
