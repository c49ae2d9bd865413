"""Whatever dialect, encoding and wrapping a table comes in, it is read to the same values."""

import csv
import gzip
import io
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.reading import DEFAULT_LIMITS, Limits, read_bytes, read_table
from dure.engines.scoring.reading.csv_text import is_plainly_quoted, sniff_delimiter
from tests.engines.scoring.tables import codes, csv_bytes, faults_of, packed, parquet_bytes, zip_bytes

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=12)
KOREAN = st.text("가나다라힣 abcXYZ,;|\t\"'\n", min_size=1, max_size=12)
NAMES = st.lists(st.text("abcdefgh가나", min_size=1, max_size=5), min_size=2, max_size=5, unique=True)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp949", "euc-kr"]


@st.composite
def tables(draw: st.DrawFn, *, cells: st.SearchStrategy[str]) -> tuple[list[str], list[list[str]]]:
    names = draw(NAMES)
    # a first cell that is no number and no delimiter keeps the dialect knowable and the columns text
    row = st.lists(cells.map(lambda text: "x" + text), min_size=len(names), max_size=len(names))
    return names, draw(st.lists(row, min_size=2, max_size=6))


@settings(max_examples=120, deadline=None)
@given(
    table=tables(cells=KOREAN),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(ENCODINGS),
    how=st.sampled_from(["bare", "gzip", "zip"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_survives_dialect_encoding_and_packing(
    table: tuple[list[str], list[list[str]]], delimiter: str, encoding: str, how: str, end: str
) -> None:
    names, rows = table
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    data = packed(out.getvalue().encode(encoding), how)
    frame = read_bytes(data)
    assert frame.columns == names
    assert [list(row) for row in frame.rows()] == rows


NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.integers(-(10**19), 10**19).map(str),
    st.floats().map(repr),
    st.decimals(-1000, 1000, places=3).map(str),
    st.sampled_from(
        ["007", "-05", "+5", "-0", "0.50", "00.5", ".5", "5.", "1e-05", "1e400", "9007199254740993", ""]
    ),
    st.text("0123456789+-.eE \t\r\u00a0x", max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(
    rows=st.lists(st.lists(NUMBERS, min_size=1, max_size=3), min_size=1, max_size=8),
    kinds=st.lists(st.sampled_from(["1", "0.5", "2e3", "-7"]), min_size=1, max_size=3),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_file_of_plain_numbers_reads_as_one_with_quotes(
    rows: list[list[str]], kinds: list[str], delimiter: str, end: str
) -> None:
    """A quote anywhere has every cell read as text first; without one numbers may be read at once, to the same values."""
    names = ["a", "b", "c"][: len(kinds)]
    lines = [delimiter.join(row) for row in [kinds, kinds, *rows, kinds]]
    plain = end.join([delimiter.join(names), *lines]).encode()
    quoted = end.join([delimiter.join(f'"{name}"' for name in names), *lines]).encode()
    assert _read(plain) == _read(quoted)


def _read(data: bytes) -> object:
    try:
        frame = read_bytes(data)
    except Faulty as faulty:
        return [(fault.code, fault.row) for fault in faulty.faults]
    return frame.schema, [[repr(value) for value in row] for row in frame.rows()]


def test_a_million_digits_in_one_cell_are_refused_among_numbers_too() -> None:
    data = b"id,value\n1,0.5\n2,0." + b"1" * (DEFAULT_LIMITS.cell_bytes + 1) + b"\n"
    assert codes(faults_of(data)) == {"cell_too_long"}


@settings(max_examples=100, deadline=None)
@given(table=tables(cells=TEXT))
def test_any_unicode_text_survives(table: tuple[list[str], list[list[str]]]) -> None:
    names, rows = table
    frame = read_bytes(csv_bytes([names, *rows]))
    assert [list(row) for row in frame.rows()] == rows


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)), min_size=1, max_size=8),
    st.sampled_from(["csv", "parquet", "json"]),
)
def test_numbers_survive_every_format(rows: list[tuple[int, float]], kind: str) -> None:
    frame = pl.DataFrame(rows, schema={"id": pl.Int64, "p": pl.Float64}, orient="row")
    if kind == "parquet":
        data = parquet_bytes(frame)
    elif kind == "json":
        data = "\n".join(json.dumps({"id": one, "p": two}) for one, two in rows).encode()
    else:
        data = csv_bytes([("id", "p"), *((one, repr(two)) for one, two in rows)])
    found = read_bytes(data)
    assert found["id"].to_list() == [one for one, _ in rows]
    assert found["p"].to_list() == [two for _, two in rows]


@settings(max_examples=200, deadline=None)
@given(st.text('a,;"\n', max_size=30))
def test_plain_quoting_agrees_with_the_strict_csv_module(text: str) -> None:
    """Text that passes as plainly quoted parses strictly, and every field that holds a quote was quoted."""
    if is_plainly_quoted(text.encode(), delimiter=","):
        again = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        out = "".join(field for record in again for field in record)
        assert text.count('"') >= 2 * out.count('"')


def test_large_quoted_text_is_cut_at_records_not_lines() -> None:
    rows = [(str(at), f'line {at}\nof "{at}", end') for at in range(40_000)]
    frame = read_bytes(csv_bytes([("id", "text"), *rows]))
    assert frame["text"].to_list() == [text for _, text in rows]


@pytest.mark.parametrize(
    ("cells", "dtype", "values"),
    [
        (["1", "2", ""], pl.Int64, [1, 2, None]),
        (["1", "2.5", "1e3"], pl.Float64, [1.0, 2.5, 1000.0]),
        ([" 1", "2 ", "3"], pl.Int64, [1, 2, 3]),
        (["007", "8", "9"], pl.String, ["007", "8", "9"]),
        (["0", "-1", "10"], pl.Int64, [0, -1, 10]),
        (["0.5", "-0.5", "1"], pl.Float64, [0.5, -0.5, 1.0]),
        (["+8210", "2", "3"], pl.String, ["+8210", "2", "3"]),
        (["12345678901234567890123", "1", "2"], pl.String, ["12345678901234567890123", "1", "2"]),
        (["=1+1", "@SUM(A1)", "-2+3"], pl.String, ["=1+1", "@SUM(A1)", "-2+3"]),
        (["1,5", "x", "2"], pl.String, ["1,5", "x", "2"]),
        (["true", "false", "true"], pl.String, ["true", "false", "true"]),
    ],
)
def test_cells_get_the_type_that_all_share_and_lose_nothing(
    cells: list[str], dtype: pl.DataType, values: list[object]
) -> None:
    frame = read_bytes(csv_bytes([("n", "v"), *(("r", cell) for cell in cells)]))
    assert frame["v"].dtype == dtype
    assert frame["v"].to_list() == values


def test_stray_quotes_in_bare_cells_are_text() -> None:
    frame = read_bytes(b'id,size\n1,5" pipe\n2,7" and 8"\n')
    assert frame["size"].to_list() == ['5" pipe', '7" and 8"']


def test_blank_lines_at_the_ends_are_passed_over_and_old_line_ends_read() -> None:
    assert read_bytes(b"\n\na,b\r\n1,2\r\n\r\n\r\n").rows() == [(1, 2)]
    assert read_bytes(b"a,b\r1,2\r3,4\r").rows() == [(1, 2), (3, 4)]
    assert read_bytes(b"a,b\n1,2\n\n3,4\n").rows() == [(1, 2), (None, None), (3, 4)]


def test_one_column_and_no_rows_are_tables() -> None:
    assert read_bytes(b"id\n1\n2\n").rows() == [(1,), (2,)]
    assert read_bytes(b"id,p\n").shape == (0, 2)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (b"id;p\n1;0,5\n2;0,7\n", ";"),
        (b'"a,x";"b,y"\n"1,2";"3,4"\n', ";"),
        (b"a\tb c\n1\t2,3\n", "\t"),
        (b"a|b\n1|2\n", "|"),
        (b"a,b;c\n1,2\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_the_text_regular(text: bytes, delimiter: str) -> None:
    assert sniff_delimiter(text) == delimiter


def test_every_ragged_row_is_named() -> None:
    faults = faults_of(b"a,b\n1,2\n1,2,3\n4,5\n1,2,3,4\n")
    assert [(fault.code, fault.row, fault.params["found"]) for fault in faults] == [
        ("ragged_row", 3, 3),
        ("ragged_row", 5, 4),
    ]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b'a,b\n1,2\n3,"4\n5,6\n', "quote_not_closed", 3),
        (b'a,b\n1,2\n3,"4"x\n5,6\n', "quote_misplaced", 3),
        (b"a,a\n1,2\n", "column_twice", 1),
        (b",p\n1,2\n", "column_without_name", 1),
        (b"a,b\n1,\xff\xff\n", "encoding_unknown", None),
        (b"a,b\n1,\x00\n", "nul_bytes", None),
        ("a,b\n1,2\n".encode("utf-16-le"), "nul_bytes", None),
        (b"", "empty_file", None),
        (b"\n\n", "empty_file", None),
        (b"\xef\xbb\xbf", "empty_file", None),
        (b"<!DOCTYPE html><html>", "format_not_supported", None),
        (b"BZh91AY", "format_not_supported", None),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str, row: int | None) -> None:
    assert [(fault.code, fault.row) for fault in faults_of(data)] == [(code, row)]


def test_json_lines_keep_nested_values_as_text_and_gaps_as_null() -> None:
    lines = [{"id": 1, "boxes": [[0, 1]], "ok": True}, {"id": 2, "ok": False}]
    frame = read_bytes("\n".join(map(json.dumps, lines)).encode())
    assert frame.rows() == [(1, "[[0, 1]]", True), (2, None, False)]


def test_every_broken_json_line_is_named() -> None:
    data = b'{"id":1}\n{"id":\n[1]\n{"id":2,"more":3}\n' + b"[" * 100_000
    faults = faults_of(data)
    assert [(fault.code, fault.row) for fault in faults] == [
        ("json_broken", 2),
        ("json_not_object", 3),
        ("json_unknown_key", 4),
        ("json_broken", 5),
    ]
    assert codes(faults_of(b'[{"id":1}]')) == {"json_array"}


def test_the_name_of_the_file_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "looks-like.csv"
    path.write_bytes(packed(parquet_bytes(pl.DataFrame({"id": [1], "p": [0.5]})), "zip"))
    assert read_table(path, limits=DEFAULT_LIMITS).rows() == [(1, 0.5)]
    with pytest.raises(Faulty, match="file_too_large"):
        read_table(path, limits=Limits(file_bytes=10))


def test_parquet_types_become_those_of_the_other_readers() -> None:
    frame = pl.DataFrame(
        {
            "c": pl.Series(["a", "", None], dtype=pl.Categorical),
            "u": pl.Series([1, 2, 3], dtype=pl.UInt64),
            "s": pl.Series([1, 2, 3], dtype=pl.UInt8),
            "f": pl.Series([0.5, 1.5, None], dtype=pl.Float32),
            "t": pl.Series([0, 1, 2]).cast(pl.Date),
        }
    )
    found = read_bytes(parquet_bytes(frame))
    assert found.dtypes == [pl.String, pl.Int64, pl.Int64, pl.Float64, pl.String]
    assert found["c"].to_list() == ["a", None, None]
    assert found["t"][1] == "1970-01-02"


def test_members_of_one_gzip_follow_each_other() -> None:
    data = gzip.compress(b"a,b\n1,2\n") + gzip.compress(b"3,4\n") + b"\0" * 8
    assert read_bytes(data).rows() == [(1, 2), (3, 4)]


def test_a_folder_in_a_zip_is_no_second_file() -> None:
    assert read_bytes(zip_bytes({"out/": b"", "out/p.csv": b"a,b\n1,2\n", "out/._p.csv": b"x"})).rows() == [
        (1, 2)
    ]
