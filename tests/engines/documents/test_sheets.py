"""Figures for a spreadsheet: a sheet for each table, numbers that can be summed, and no cell that could run."""

import io
from datetime import date, datetime

from openpyxl import load_workbook

from dure.engines.documents import Bar, Column, Document, Figures, Table, to_csv, to_xlsx
from tests.engines.documents import samples


def test_each_table_has_a_sheet_with_numbers_as_numbers() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(samples.annual_report("ko"))))
    assert book.sheetnames == ["2026년 연차 보고서", "한눈에 보기", "기관별 제공 시간", "2026년 과제"]
    sheet = book["2026년 과제"]
    assert [cell.value for cell in sheet[1]][3:] == ["예산(천원)", "집행률", "여성"]
    assert [cell.value for cell in sheet[8]][2:] == [datetime(2026, 8, 1), 86_415, 0.535, "비공개"]  # noqa: DTZ001 - a day
    assert (sheet["D8"].number_format, sheet["E8"].number_format) == ("#,##0", "0.0%")
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.max_row) == ("A2", True, 91)


def test_no_cell_starts_a_formula() -> None:
    risky = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")
    table = Table(tuple(Column(f"={at}") for at in range(5)), (risky,), "=cmd")
    document = Document(
        "=제목", "ko", (table, Figures("=그림", (Bar("=막대", 1),), unit="=시간")), subtitle="=부제"
    )
    book = load_workbook(io.BytesIO(to_xlsx(document)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t"))] == []
    assert all(f"'{text}" in to_csv(table).decode() for text in risky)


def test_sheets_whose_names_cannot_stand_get_others() -> None:
    tables = tuple(
        Table((Column("가"),), ((1,),), caption) for caption in ("예산/집행[안]", "예산 집행 안", "표" * 40)
    )
    names = load_workbook(io.BytesIO(to_xlsx(Document("예산 집행 안", "ko", tables)))).sheetnames
    assert names == ["예산 집행 안", "예산 집행 안 2", "예산 집행 안 3", "표" * 31]


def test_a_table_as_csv_keeps_bare_values() -> None:
    table = Table((Column("날"), Column("몫", "percent"), Column("빈칸")), ((date(2026, 1, 2), 0.25, None),))
    assert to_csv(table).decode("utf-8-sig") == "날,몫,빈칸\r\n2026-01-02,0.25,\r\n"
