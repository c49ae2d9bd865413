"""Helpers for tests of reading, validation and leaks: bytes of tables and what faults say."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
import pytest

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.fault_codes import FAULTS
from dure.engines.scoring.reading import DEFAULT_LIMITS, Limits, read_bytes


def csv_bytes(
    rows: Iterable[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def zip_bytes(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def packed(data: bytes, how: str) -> bytes:
    if how == "gzip":
        return gzip.compress(data, 1)
    return zip_bytes({"p.csv": data, "__MACOSX/._p.csv": b"\0\1"}) if how == "zip" else data


def faults_of(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[Fault]:
    """Read a table that must be refused; every fault must have a sentence that its params fill."""
    with pytest.raises(Faulty) as refused:
        read_bytes(data, limits=limits)
    faults = refused.value.faults
    assert faults
    said(faults)
    return faults


def said(faults: list[Fault]) -> list[str]:
    return [FAULTS[fault.code] % fault.params for fault in faults]


def codes(faults: list[Fault]) -> set[str]:
    return {fault.code for fault in faults}


def generator(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)
