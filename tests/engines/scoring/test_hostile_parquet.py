"""Delta-encoded pages that say more than they hold: refused by their own counts, before anything is decoded."""

import io
import time
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.reading import DEFAULT_LIMITS, Limits, read_bytes
from dure.engines.scoring.reading.delta import repeated_bytes
from dure.engines.scoring.reading.parquet import check_parquet
from dure.engines.scoring.reading.thrift import Reader
from tests.engines.scoring.parquet_parts import (
    DELTA_BINARY_PACKED,
    DELTA_BYTE_ARRAY,
    DELTA_LENGTH_BYTE_ARRAY,
    INT64,
    constant,
    once_then,
    one_text_repeated,
    parquet_file,
)
from tests.engines.scoring.tables import codes, faults_of, said

MEBI = 1024 * 1024
LONG = b"x" * 1_000_000
ROWS = 1_000
HUGE = 2**40


def test_what_is_written_by_hand_here_is_parquet() -> None:
    numbers = parquet_file(ROWS, DELTA_BINARY_PACKED, constant(ROWS, 5), kind=INT64)
    assert read_bytes(numbers)["a"].to_list() == [5] * ROWS
    texts = parquet_file(ROWS, DELTA_LENGTH_BYTE_ARRAY, constant(ROWS, 3) + b"abc" * ROWS)
    assert read_bytes(texts)["a"].to_list() == ["abc"] * ROWS
    same = parquet_file(ROWS, DELTA_BYTE_ARRAY, one_text_repeated(ROWS, b"abc"))
    assert read_bytes(same)["a"].to_list() == ["abc"] * ROWS


@pytest.mark.parametrize("rows", [ROWS, 100_000])
def test_one_text_repeated_by_its_prefix_is_never_written_out(rows: int) -> None:
    """A megabyte that stands for a gigabyte, and for a hundred."""
    bomb = parquet_file(rows, DELTA_BYTE_ARRAY, one_text_repeated(rows, LONG))
    assert len(bomb) < 2 * MEBI
    with pytest.raises(Faulty) as refused:
        check_parquet(bomb, limits=DEFAULT_LIMITS)
    assert codes(refused.value.faults) == {"too_large"}


def test_the_same_bomb_of_an_ordinary_writer_is_refused() -> None:
    table = pa.table({"a": ["x" * 400_000] * 200})
    out = io.BytesIO()
    pq.write_table(
        table, out, compression="zstd", use_dictionary=False, column_encoding={"a": "DELTA_BYTE_ARRAY"}
    )
    assert len(out.getvalue()) < 10_000
    assert codes(faults_of(out.getvalue(), limits=Limits(decoded_bytes=64 * MEBI))) == {"too_large"}
    assert read_bytes(out.getvalue())["a"].str.len_bytes().sum() == 200 * 400_000


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (DELTA_BINARY_PACKED, constant(ROWS, 5, claimed=HUGE)),
        (DELTA_BINARY_PACKED, constant(ROWS, 5, block=4 * HUGE)),
        (DELTA_BINARY_PACKED, bytes(12)),
        (DELTA_BINARY_PACKED, constant(ROWS, 5, block=132)),
        (DELTA_LENGTH_BYTE_ARRAY, constant(ROWS, 3, claimed=HUGE) + b"abc" * ROWS),
        (DELTA_LENGTH_BYTE_ARRAY, constant(ROWS, HUGE) + b"abc" * ROWS),
        (DELTA_LENGTH_BYTE_ARRAY, constant(ROWS, -5) + b"abc" * ROWS),
        (DELTA_BYTE_ARRAY, once_then(ROWS, 0, 3) + constant(ROWS, 0, claimed=HUGE) + b"abc"),
        (DELTA_BYTE_ARRAY, once_then(ROWS, 0, 10**9) + once_then(ROWS, 3, 0) + b"abc"),
        (DELTA_BYTE_ARRAY, constant(ROWS, -1) + once_then(ROWS, 3, 0) + b"abc"),
        (DELTA_BYTE_ARRAY, constant(ROWS, 2) + once_then(ROWS, 3, 0) + b"abc"),
        (DELTA_BYTE_ARRAY, b"\x80" * 20),
        (DELTA_BYTE_ARRAY, b""),
    ],
)
def test_counts_and_lengths_beyond_the_page_are_refused(encoding: int, body: bytes) -> None:
    kind = INT64 if encoding == DELTA_BINARY_PACKED else 6
    begin = time.monotonic()
    assert codes(faults_of(parquet_file(ROWS, encoding, body, kind=kind))) == {"parquet_damaged"}
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    ("codec", "code"), [(1, "parquet_damaged"), (3, "parquet_encoding"), (6, "parquet_damaged")]
)
def test_a_page_that_does_not_unpack_to_its_size_is_refused(codec: int, code: str) -> None:
    body = constant(ROWS, 5)
    data = parquet_file(ROWS, DELTA_BINARY_PACKED, body, kind=INT64, codec=codec)
    assert codes(faults_of(data)) == {code}


@settings(max_examples=300, deadline=None)
@given(
    body=st.sampled_from([one_text_repeated(200, b"abc"), constant(200, 9), once_then(200, 0, 2)]),
    places=st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), min_size=1, max_size=4),
    encoding=st.sampled_from([DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY]),
)
def test_flipped_bytes_of_delta_pages_are_read_or_refused(
    body: bytes, places: list[tuple[int, int]], encoding: int
) -> None:
    data = bytearray(body)
    for place, byte in places:
        data[place % len(data)] = byte
    kind = INT64 if encoding == DELTA_BINARY_PACKED else 6
    assert outcome(parquet_file(200, encoding, bytes(data), kind=kind)) <= {
        "read",
        "parquet_damaged",
        "too_large",
    }


def outcome(data: bytes) -> set[str]:
    try:
        read_bytes(data)
    except Faulty as refused:
        said(refused.faults)
        return codes(refused.faults)
    return {"read"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab", max_size=60), min_size=1, max_size=400))
def test_repeated_bytes_are_exactly_what_a_writer_left_out(texts: list[str]) -> None:
    """An ordinary writer's page decodes to its own suffixes and the repeated beginnings, no byte more."""
    shared = [0, *(_shared(one, two) for one, two in pairwise(texts))]
    lengths = np.array(shared)
    body = _packed(lengths) + _packed(np.array([len(text) for text in texts]) - lengths)
    body += "".join(text[cut:] for text, cut in zip(texts, shared, strict=True)).encode()
    assert repeated_bytes(body, encoding=DELTA_BYTE_ARRAY, values=len(texts)) == sum(shared)


def _shared(one: str, two: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )


def _packed(numbers: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> bytes:
    """Delta-packed by pyarrow: the body of its page, behind the header."""
    out = io.BytesIO()
    table = pa.table(
        [pa.array(numbers, pa.int64())], schema=pa.schema([pa.field("n", pa.int64(), nullable=False)])
    )
    pq.write_table(
        table,
        out,
        compression="none",
        use_dictionary=False,
        column_encoding={"n": "DELTA_BINARY_PACKED"},
        write_statistics=False,
    )
    column = pq.read_metadata(io.BytesIO(out.getvalue())).row_group(0).column(0)
    start = column.data_page_offset
    chunk = out.getvalue()[start : start + column.total_compressed_size]
    header = Reader(chunk)
    header.struct()
    return chunk[header.at :]
