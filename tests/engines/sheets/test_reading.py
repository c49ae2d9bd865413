"""Spreadsheets from strangers: read in every dialect people have, refused when hostile, never more than the bounds."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dure.engines.faults import Faulty
from dure.engines.sheets import csv_bytes, read_table, safe_cell, workbook_bytes
from dure.engines.sheets.reading import MAX_ROWS, Table
from dure.engines.sheets.writing import without_guard

TEXT = "기관명,이메일\n두레전자,a@example.org\n\n한빛대학교,b@example.org\n"
EXPECTED: Table = {
    "headings": ["기관명", "이메일"],
    "rows": [(2, ["두레전자", "a@example.org"]), (4, ["한빛대학교", "b@example.org"])],
}


def written(folder: Path, data: bytes) -> str:
    path = folder / "table"
    path.write_bytes(data)
    return str(path)


def codes(folder: Path, data: bytes) -> list[str]:
    with pytest.raises(Faulty) as caught:
        read_table(written(folder, data))
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_reads_the_same_in_every_encoding_and_dialect(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    data = TEXT.replace(",", delimiter).replace("\n", "\r\n").encode(encoding)
    assert read_table(written(tmp_path, data)) == EXPECTED


def test_a_workbook_gives_text_for_numbers_dates_and_formulas(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[Any]] = [
        ["a", "b", "c"],
        [2208162517, date(2026, 3, 1), 1.5],
        [None, None, None],
        [True, "x ", 7.0],
    ]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    table = read_table(written(tmp_path, out.getvalue()))
    assert table["rows"] == [(2, ["2208162517", "2026-03-01", "1.5"]), (4, ["True", "x", "7"])]


def test_every_fault_of_the_shape_is_told_at_once(tmp_path: Path) -> None:
    data = f"a,b\n1,2,3\n1,2\n{'x' * 4001},2\n".encode()
    with pytest.raises(Faulty) as caught:
        read_table(written(tmp_path, data))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [
        ("ragged_row", 2),
        ("cell_too_long", 4),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n \n", "empty_file"),
        (b"a,b\n", "no_rows"),
        (b"a,b\n,\n", "no_rows"),
        (b"\xd0\xcf\x11\xe0 old excel", "file_kind"),
        (b"%PDF-1.7", "file_kind"),
        (b"a,b\n\xff\xfe\xfd\x80,1\n", "encoding_unknown"),
        (b'a,b\n"open,1\n2,3\n', "quotes_broken"),
        (b"PK\x03\x04 not really", "workbook_broken"),
        (b"a\n" + b"1\n" * (MAX_ROWS + 1), "too_many_rows"),
        (b",".join([b"h"] * 61) + b"\n1\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    assert codes(tmp_path, data) == [code]


def repacked(changes: dict[str, bytes]) -> bytes:
    """A real workbook with some parts put in place of its own."""
    source, out = io.BytesIO(workbook_bytes(["a"], [["1"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


def test_hostile_workbooks_are_refused(tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    assert codes(tmp_path, repacked({sheet: entities})) == ["workbook_broken"]
    assert codes(tmp_path, repacked({sheet: entities.decode().encode("utf-16")})) == ["workbook_broken"]
    assert codes(tmp_path, repacked({sheet: b"<worksheet><sheetData><row"})) == ["workbook_broken"]
    bomb = repacked({"xl/media/bomb.bin": b"\0" * (65 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert codes(tmp_path, bomb) == ["archive_too_large"]
    many = repacked({f"xl/p{number}.bin": b"1" for number in range(501)})
    assert codes(tmp_path, many) == ["archive_too_large"]


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    far = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert codes(tmp_path, repacked({"xl/worksheets/sheet1.xml": far})) == ["no_rows"]


@given(st.text(max_size=40))
def test_no_written_cell_is_a_formula_and_the_text_comes_back(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    if not text.startswith("'"):
        assert without_guard(safe) == text


def test_written_tables_read_back_and_stay_text(tmp_path: Path) -> None:
    row = ["=1+1", "+82-2-123", "두레, 전자", "@x", "-5"]
    headings = ["a", "b", "c", "d", "e"]
    for data in (csv_bytes(headings, [row]), workbook_bytes(headings, [row])):
        assert read_table(written(tmp_path, data)) == {"headings": headings, "rows": [(2, row)]}
    book = load_workbook(io.BytesIO(workbook_bytes(headings, [row])))
    assert {cell.data_type for cell in book.worksheets[0][2]} == {"s"}
