"""The first rows of a table as it was handed in, in its own format: what submitted code meets before the whole."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

TEXTS = (".csv", ".tsv")
LINES = (".jsonl", ".ndjson")


def cut(*, path: str, out: str, filename: str, rows: int) -> bool:
    """Write the first rows (and a header, where the format has one) to `out`; False for a file that is no table we can cut."""
    name, source, target = filename.lower(), Path(path), Path(out)
    if name.endswith(TEXTS):
        return _cut_text(source, target, rows, delimiter="\t" if name.endswith(".tsv") else ",")
    if name.endswith(LINES):
        with source.open("rb") as stream:
            target.write_bytes(b"".join(islice(stream, rows)))
        return True
    if name.endswith(".parquet"):
        buffer = io.BytesIO()
        pl.scan_parquet(source).head(rows).collect().write_parquet(buffer)
        target.write_bytes(buffer.getvalue())
        return True
    return False


def _cut_text(source: Path, target: Path, rows: int, *, delimiter: str) -> bool:
    """Whole records, also where a quoted cell holds line ends; the bytes stay as they are."""
    kept: list[str] = []

    def lines() -> Iterator[str]:
        with source.open(encoding="latin-1", newline="") as stream:
            for line in stream:
                kept.append(line)
                yield line

    try:
        for _record in islice(csv.reader(lines(), delimiter=delimiter), rows + 1):
            pass
    except csv.Error:
        return False
    target.write_bytes("".join(kept).encode("latin-1"))
    return True
