"""Files made to exhaust, confuse or escape are refused, quickly and with a reason."""

import gzip
import io
import resource
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.reading import DEFAULT_LIMITS, Limits, read_bytes
from dure.engines.scoring.reading.parquet import check_parquet
from tests.engines.scoring.tables import codes, csv_bytes, faults_of, parquet_bytes, said, zip_bytes

MEBI = 1024 * 1024
SMALL = Limits(decoded_bytes=4 * MEBI)
TABLE = csv_bytes([("id", "p"), *((at, at / 7) for at in range(200))])
PARQUET = parquet_bytes(pl.DataFrame({"id": range(200), "s": ["x" * (at % 5) for at in range(200)]}))
ZIPPED = zip_bytes({"p.csv": TABLE})


@pytest.fixture
def _little_memory() -> Iterator[None]:
    """A bomb that went off would end in MemoryError instead of taking the machine along."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 1024 * MEBI, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.usefixtures("_little_memory")
@pytest.mark.parametrize("how", ["gzip", "zip"])
def test_a_bomb_stops_at_the_limit(how: str) -> None:
    zeros = bytes(64 * MEBI)
    bomb = gzip.compress(zeros, 9) if how == "gzip" else zip_bytes({"p.csv": zeros})
    assert len(bomb) < MEBI
    assert codes(faults_of(bomb, limits=SMALL)) == {"unpacks_too_large"}


def outcome(data: bytes) -> set[str]:
    """What reading ends in: "read", or the codes of the faults, each of which must have a sentence."""
    try:
        read_bytes(data, limits=SMALL)
    except Faulty as refused:
        said(refused.faults)
        return codes(refused.faults)
    return {"read"}


def test_a_size_that_lies_in_the_zip_header_changes_nothing() -> None:
    at = ZIPPED.rfind(b"PK\x01\x02")
    for claimed in (1, 2**31):
        lying = bytearray(ZIPPED)
        struct.pack_into("<I", lying, at + 24, claimed)
        assert outcome(bytes(lying)) in ({"read"}, {"archive_damaged"})


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.csv": TABLE, "b.csv": TABLE}, "archive_many_files"),
        ({}, "archive_empty"),
        ({"__MACOSX/._a": b"x"}, "archive_empty"),
        ({"a.zip": ZIPPED}, "archive_nested"),
        ({"a.csv": gzip.compress(TABLE)}, "archive_nested"),
        ({"../a.csv": TABLE}, "archive_path"),
        ({"/etc/a.csv": TABLE}, "archive_path"),
        ({"c:/a.csv": TABLE}, "archive_path"),
        ({"a\\..\\b.csv": TABLE}, "archive_path"),
        ({"[Content_Types].xml": b"<x/>", "xl/a.xml": b""}, "format_not_supported"),
        ({"a.csv": b"7z\xbc\xaf\x27\x1c" + TABLE}, "format_not_supported"),
    ],
)
def test_zips_of_anything_but_one_plain_file_are_refused(files: dict[str, bytes], code: str) -> None:
    assert code in codes(faults_of(zip_bytes(files)))


def test_gzip_in_gzip_is_nested() -> None:
    assert codes(faults_of(gzip.compress(gzip.compress(TABLE)))) == {"archive_nested"}


def test_links_encrypted_entries_and_odd_compression_are_refused() -> None:
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert codes(faults_of(out.getvalue())) == {"archive_link"}
    nameless = bytearray(zip_bytes({"a": TABLE}))
    struct.pack_into("<HH", nameless, nameless.rfind(b"PK\x01\x02") + 28, 0, 1)
    assert codes(faults_of(bytes(nameless))) == {"archive_path"}
    locked = bytearray(ZIPPED)
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    assert codes(faults_of(bytes(locked))) == {"archive_encrypted"}
    assert codes(faults_of(zip_bytes({"a.csv": TABLE}, method=zipfile.ZIP_BZIP2))) == {"archive_method"}


def test_a_zip_of_a_hundred_thousand_names_is_refused_by_the_length_of_its_list() -> None:
    data = zip_bytes({f"{at}.csv": b"" for at in range(8_000)})
    assert codes(faults_of(data)) == {"archive_many_files"}


def test_ten_thousand_columns_are_refused() -> None:
    names = [f"c{at}" for at in range(10_000)]
    assert codes(faults_of(csv_bytes([names, names]))) == {"too_many_columns"}
    assert codes(faults_of(parquet_bytes(pl.DataFrame({name: [1] for name in names[:3_000]})))) == {
        "too_many_columns"
    }
    line = "{" + ",".join(f'"{name}":1' for name in names) + "}"
    assert codes(faults_of(line.encode())) == {"too_many_columns"}


def test_one_line_of_fifty_megabytes_is_refused() -> None:
    assert codes(faults_of(b"x" * 50 * MEBI)) == {"cell_too_long"}
    assert codes(faults_of(b"id,t\n1," + b"x" * 50 * MEBI)) == {"cell_too_long"}
    assert codes(faults_of(b'{"a":"' + b"x" * 50 * MEBI + b'"}')) == {"cell_too_long"}


@pytest.mark.usefixtures("_little_memory")
def test_short_rows_of_a_wide_table_count_as_full_ones() -> None:
    data = csv_bytes([[f"c{at}" for at in range(1_900)]]) + b"1\n" * 200_000
    assert codes(faults_of(data)) == {"too_many_cells"}


def test_rows_beyond_the_limit_are_refused_in_every_format() -> None:
    limits = Limits(rows=100)
    lines = b'{"a":1}\n' * 200
    for data in (TABLE, PARQUET, lines):
        assert codes(faults_of(data, limits=limits)) == {"too_many_rows"}


@pytest.mark.usefixtures("_little_memory")
@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_one_huge_text_repeated_by_a_dictionary_is_never_written_out(dtype: type[pl.DataType]) -> None:
    repeated = pl.Series("a", ["x" * 400_000]).gather([0] * 2_000)
    categories = repeated.cast(pl.Categorical).to_frame() if dtype == pl.Categorical else repeated.to_frame()
    assert codes(faults_of(parquet_bytes(categories), limits=Limits(decoded_bytes=64 * MEBI))) == {
        "too_large"
    }


def test_a_truncated_parquet_file_is_refused() -> None:
    for cut in (4, 8, 20, len(PARQUET) // 2, len(PARQUET) - 1):
        assert codes(faults_of(PARQUET[:cut])) == {"parquet_damaged"}


def test_a_footer_that_lies_about_rows_is_refused() -> None:
    size = int.from_bytes(PARQUET[-8:-4], "little")
    # 200 as a zig-zag varint is 0x90 0x03: claim 72 and 16,328 rows instead, everywhere it stands
    for claim in (b"\x90\x01", b"\x90\xff"[:1] + b"\x7f"):
        footer = PARQUET[-8 - size : -8].replace(b"\x90\x03", claim)
        assert footer != PARQUET[-8 - size : -8]
        assert codes(faults_of(PARQUET[: -8 - size] + footer + PARQUET[-8:])) == {"parquet_damaged"}


def test_parquet_pages_are_counted_not_believed() -> None:
    """The footer's own sums are right here; the bound holds for what the page headers make decoders allocate."""
    wide = parquet_bytes(pl.DataFrame({"a": pl.repeat(0.5, 300_000, eager=True)}))
    check_parquet(wide, limits=DEFAULT_LIMITS)
    random = parquet_bytes(pl.DataFrame({"a": pl.Series(range(300_000)).hash()}))
    assert codes(faults_of(random, limits=Limits(decoded_bytes=MEBI))) == {"too_large"}


def test_a_date_beyond_all_calendars_is_refused() -> None:
    far = pl.DataFrame({"day": pl.Series([2**31 - 1], dtype=pl.Int32).cast(pl.Date)})
    assert codes(faults_of(parquet_bytes(far))) == {"parquet_type"}


def test_a_page_that_claims_more_rows_or_an_encoding_of_no_writer_is_refused() -> None:
    data = parquet_bytes(pl.DataFrame({"a": pl.Series(range(1_000)).hash()}))
    # thrift: num_values 1000 (field 1, zig-zag d0 0f), then encoding 0 = PLAIN (field 2)
    header = bytes.fromhex("15d00f1500")
    assert data.count(header) == 1
    more_rows = data.replace(header, bytes.fromhex("15ff7f1500"))
    assert codes(faults_of(more_rows)) == {"parquet_damaged"}
    unused = data.replace(header, bytes.fromhex("15d00f1502"))
    assert codes(faults_of(unused)) == {"parquet_encoding"}


def test_nested_and_encrypted_parquet_are_refused() -> None:
    assert codes(faults_of(parquet_bytes(pl.DataFrame({"id": [1], "a": [[1, 2]]})))) == {"parquet_nested"}
    assert codes(faults_of(PARQUET[:-4] + b"PARE")) == {"parquet_encrypted"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_binary_garbage_is_read_or_refused_with_a_reason(data: bytes) -> None:
    assert outcome(data)


@settings(max_examples=250, deadline=None)
@given(
    seed=st.sampled_from([PARQUET, ZIPPED, gzip.compress(TABLE), TABLE]),
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
    from_end=st.booleans(),
)
def test_flipped_bytes_are_read_or_refused_with_a_reason(
    seed: bytes, places: list[tuple[int, int]], from_end: bool
) -> None:
    data = bytearray(seed)
    for place, byte in places:
        at = place % min(len(data), 600)
        data[len(data) - 1 - at if from_end else at] = byte
    assert outcome(bytes(data))
