"""Tables from strangers: CSV, Parquet or JSON lines, bare or in a gzip or zip of one, known by content and bounded."""

from pathlib import Path

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.csv_text import read_csv
from dure.engines.scoring.reading.encodings import to_utf8
from dure.engines.scoring.reading.json_lines import looks_like_json, read_json_lines
from dure.engines.scoring.reading.limits import DEFAULT_LIMITS, Limits
from dure.engines.scoring.reading.parquet import ENCRYPTED, MAGIC, read_parquet
from dure.engines.scoring.reading.unpacking import unpack

__all__ = ["DEFAULT_LIMITS", "Limits", "read_bytes", "read_table"]


def read_table(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> pl.DataFrame:
    """Read the table in `path`; (rows, columns), names stripped of white space, in the order of the file.

    Columns are Int64, Float64, Boolean or String; empty cells are null. The name of the file means nothing: its content
    decides. Raises `Faulty` with every fault found. Memory stays within a small multiple of `limits.decoded_bytes`; run it
    in a limited process all the same, since the decoders are other people's code.
    """
    with path.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise Faulty([Fault("file_too_large", {"limit": limits.file_bytes})])
    return read_bytes(data, limits=limits)


def read_bytes(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> pl.DataFrame:
    """Read a table from the bytes of its file; as `read_table`."""
    data = unpack(data, limits=limits)
    if not data:
        raise Faulty([Fault("empty_file")])
    if data.startswith((MAGIC, ENCRYPTED)):
        return read_parquet(data, limits=limits)
    if len(data) > limits.decoded_bytes:
        raise Faulty([Fault("too_large", {"limit": limits.decoded_bytes})])
    text = to_utf8(data)
    return read_json_lines(text, limits=limits) if looks_like_json(text) else read_csv(text, limits=limits)
