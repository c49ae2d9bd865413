"""Parquet of any ordinary writer is read to the same values: codecs, encodings, page versions."""

import io
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.scoring.reading import read_bytes

FILES = sorted((Path(__file__).parent / "files").glob("*.parquet"))
ROWS = 40
TABLE = pl.DataFrame(
    {
        "id": range(ROWS),
        "name": [f"가나-{at:04d}" for at in range(ROWS)],
        "p": [at / 7 for at in range(ROWS)],
        "maybe": [None if at % 5 == 0 else f"v{at % 9}" for at in range(ROWS)],
        "yes": [at % 3 == 0 for at in range(ROWS)],
    }
)
DELTA = {
    "id": "DELTA_BINARY_PACKED",
    "name": "DELTA_BYTE_ARRAY",
    "p": "BYTE_STREAM_SPLIT",
    "maybe": "DELTA_LENGTH_BYTE_ARRAY",
    "yes": "RLE",
}


def arrow_bytes(table: pa.Table, *, encoding: dict[str, str] | None, codec: str, version: str) -> bytes:
    out = io.BytesIO()
    dictionary = encoding is None
    pq.write_table(
        table,
        out,
        compression=codec,
        use_dictionary=dictionary,
        column_encoding=encoding,
        data_page_version=version,
    )
    return out.getvalue()


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("encoding", [None, DELTA], ids=["dictionary", "delta"])
def test_every_codec_encoding_and_page_version_is_read(
    codec: str, version: str, encoding: dict[str, str] | None
) -> None:
    table = pa.table(TABLE.to_dict(as_series=False))
    data = arrow_bytes(table, encoding=encoding, codec=codec, version=version)
    assert read_bytes(data).equals(TABLE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_of_other_writers_are_read(path: Path) -> None:
    assert read_bytes(path.read_bytes()).equals(TABLE)


TEXTS = st.lists(st.none() | st.text("ab가", min_size=1, max_size=40), min_size=1, max_size=300)
INTEGERS = st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=300)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, encoding=st.sampled_from(["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"]))
def test_any_text_survives_delta_encoding(texts: list[str | None], encoding: str) -> None:
    table = pa.table({"a": pa.array(texts, pa.string())})
    data = arrow_bytes(table, encoding={"a": encoding}, codec="snappy", version="1.0")
    assert read_bytes(data)["a"].to_list() == texts


@settings(max_examples=60, deadline=None)
@given(INTEGERS)
def test_any_integer_survives_delta_encoding(numbers: list[int | None]) -> None:
    table = pa.table({"a": pa.array(numbers, pa.int64())})
    data = arrow_bytes(table, encoding={"a": "DELTA_BINARY_PACKED"}, codec="zstd", version="2.0")
    assert read_bytes(data)["a"].to_list() == numbers
