"""A table of openings is read whole, or every fault of it is told with its row and column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dure.engines import openings, sheets
from dure.engines.faults import Fault
from dure.engines.hiring import FAULTS as HIRING_FAULTS
from dure.engines.openings import WantedLanguage, WantedSkill
from dure.engines.skills import Words
from dure.people.countries import COUNTRIES

TODAY = date(2026, 12, 1)
WHOLE = {
    "kind": "Internship",
    "title_ko": "음성 인식 인턴",
    "title_en": "Speech internship",
    "text_ko": "음성 인식 모델을 개발합니다.",
    "organisation": "한빛 연구소",
    "seats": "3",
    "regions": "KR-11; 부산광역시; ca",
    "remote": "partly",
    "languages": "en:b2; ko:C1",
    "starts": "2027-03-01",
    "ends": "2027-08-31",
    "weekly_hours": "40",
    "must_skills": "python-basics:2; speech-recognition:1",
    "nice_skills": "git:1; mlops:2:0.5",
    "steps_ko": "서류; 면접",
    "steps_en": "Review; Interview",
    "deadline": "2027-01-31",
    "pay_ko": "월 250만 원",
    "pay_amount": "2,500,000",
    "pay_currency": "krw",
    "pay_period": "month",
}


def read(*rows: Mapping[str, str], headings: list[str] | None = None) -> openings.Reading:
    names = headings or list(dict.fromkeys(name for row in rows for name in row))
    numbered = list(enumerate(rows, start=2))
    return openings.read_openings(names, numbered, countries=COUNTRIES, today=TODAY)


def faults(**changes: str) -> list[tuple[str, str | None]]:
    found = read(WHOLE | changes)
    assert found.openings == {}
    assert {fault.code for fault in found.faults} <= set(openings.FAULTS)
    assert all(fault.row == 2 for fault in found.faults)
    return [(fault.code, fault.column) for fault in found.faults]


def test_a_whole_row_is_an_opening() -> None:
    reading = read(WHOLE)
    assert (reading.faults, reading.warnings) == ((), ())
    opening = reading.openings[2]
    assert (opening.kind, opening.title) == ("internship", Words("음성 인식 인턴", "Speech internship"))
    assert opening.regions == ("KR-11", "KR-26", "CA")
    assert opening.languages == (WantedLanguage("en", "B2"), WantedLanguage("ko", "C1"))
    assert opening.skills == (
        WantedSkill("python-basics", "must", 2),
        WantedSkill("speech-recognition", "must", 1),
        WantedSkill("git", "nice", 1),
        WantedSkill("mlops", "nice", 2, 0.5),
    )
    assert opening.steps == (Words("서류", "Review"), Words("면접", "Interview"))
    assert (opening.starts, opening.ends, opening.deadline) == (
        date(2027, 3, 1),
        date(2027, 8, 31),
        date(2027, 1, 31),
    )
    assert opening.pay == openings.Pay(Words("월 250만 원", ""), Decimal(2_500_000), "KRW", "month")


def test_pay_may_be_a_range() -> None:
    pay = read(WHOLE | {"pay_upto": "3,000,000"}).openings[2].pay
    assert pay is not None
    assert (pay.amount, pay.upto) == (Decimal(2_500_000), Decimal(3_000_000))
    assert ("opening_pay_incomplete", "pay_amount") in faults(pay_upto="3,000,000", pay_amount="")


def test_the_least_row_is_enough() -> None:
    least = {
        "kind": "mentor",
        "title_en": "Mentor",
        "text_en": "Meets a team once a month.",
        "organisation": "Lab",
        "seats": "1",
        "remote": "fully",
        "deadline": "2026-12-01",
    }
    opening = read(least).openings[2]
    assert (opening.regions, opening.pay, opening.skills, opening.steps) == ((), None, (), ())


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("kind", "", "opening_empty"),
        ("kind", "work", "opening_choice"),
        ("title_ko", "가" * 161, "opening_too_long"),
        ("organisation", "  ", "opening_empty"),
        ("seats", "0", "opening_number"),
        ("seats", "many", "opening_number"),
        ("seats", "9" * 100, "opening_number"),
        ("regions", "KR-99", "opening_region_unknown"),
        ("regions", "서울; KR-11", "opening_twice"),
        ("regions", "", "opening_region_missing"),
        ("remote", "sometimes", "opening_choice"),
        ("languages", "en", "opening_language_form"),
        ("languages", "xx:B2", "opening_language_form"),
        ("languages", "en:B2; en:C1", "opening_twice"),
        ("starts", "1 March", "opening_date"),
        ("starts", "2027-02-30", "opening_date"),
        ("ends", "2027-02-01", "opening_ends_early"),
        ("weekly_hours", "53", "opening_number"),
        ("must_skills", "python-basics", "opening_skill_form"),
        ("must_skills", "python-basics:5", "opening_skill_form"),
        ("must_skills", "python-basics:2:0.5", "opening_skill_form"),
        ("must_skills", "cooking:2", "opening_skill_unknown"),
        ("nice_skills", "git:1:2", "opening_skill_form"),
        ("nice_skills", "python-basics:1", "opening_twice"),
        ("steps_en", "Review", "opening_steps_differ"),
        ("deadline", "", "opening_empty"),
        ("deadline", "2026-11-30", "opening_deadline_past"),
        ("pay_amount", "-1", "opening_number"),
        ("pay_upto", "1,000", "opening_number"),
        ("pay_amount", "NaN", "opening_number"),
        ("pay_currency", "won", "opening_pay_incomplete"),
        ("pay_period", "fortnight", "opening_choice"),
    ],
)
def test_a_wrong_cell_is_told_with_its_column(column: str, cell: str, code: str) -> None:
    found = faults(**{column: cell})
    assert code in {found_code for found_code, _ in found}
    assert len(found) == 1
    assert found[0][1] in {column, "pay_amount"}


def test_all_faults_of_all_rows_are_told_at_once_and_right_rows_are_read() -> None:
    wrong = {**WHOLE, "seats": "x", "deadline": "soon", "title_ko": "", "title_en": "", "text_ko": ""}
    reading = read(WHOLE, wrong, WHOLE, WHOLE | {"kind": "x"})
    assert list(reading.openings) == [2, 4]
    assert [(fault.row, fault.column) for fault in reading.faults] == [
        (3, "deadline"),
        (3, "title_ko"),
        (3, "text_ko"),
        (3, "seats"),
        (5, "kind"),
    ]


def test_headings_are_checked_before_any_row() -> None:
    reading = read(WHOLE, headings=["Kind", "seats", "Seats", "성별", "salary"])
    told = {(fault.code, fault.column) for fault in reading.faults}
    assert told == {
        ("hiring_field_forbidden", "성별"),
        ("opening_column_unknown", "salary"),
        ("opening_column_twice", "seats"),
        ("opening_column_missing", "organisation"),
        ("opening_column_missing", "deadline"),
    }
    assert reading.openings == {}
    assert {fault.code for fault in reading.faults} <= {*openings.FAULTS, *HIRING_FAULTS}
    assert Fault("opening_column_missing", {"value": "deadline"}, row=1, column="deadline") in reading.faults


def test_headings_may_be_written_with_spaces_and_capitals() -> None:
    reading = read({name.replace("_", " ").title(): cell for name, cell in WHOLE.items()})
    assert list(reading.openings) == [2]


def test_texts_are_read_for_what_the_law_forbids_and_the_row_still_counts() -> None:
    reading = read(WHOLE | {"text_ko": "용모 단정한 분", "pay_en": "call 010-1234-5678"})
    assert [(noted.row, noted.column, noted.warning.kind) for noted in reading.warnings] == [
        (2, "text_ko", "looks"),
        (2, "pay_en", "phone"),
    ]
    assert list(reading.openings) == [2]


def test_a_file_of_the_documented_columns_is_read(tmp_path: Path) -> None:
    assert set(WHOLE) <= set(openings.COLUMNS)
    file = tmp_path / "openings.csv"
    file.write_bytes(sheets.csv_bytes(list(WHOLE), [list(WHOLE.values())]))
    headings, rows = openings.rows_of(sheets.read_table(str(file)))
    reading = openings.read_openings(headings, rows, countries=COUNTRIES, today=TODAY)
    assert reading == read(WHOLE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KR-50", "KR-50"),
        ("kr-49", "KR-49"),
        ("세종특별자치시", "KR-50"),
        ("강원특별자치도", "KR-42"),
        ("전라북도", "KR-45"),
        ("경기도", "KR-41"),
        ("Seoul", "KR-11"),
        ("CA", "CA"),
        ("평양", None),
        ("", None),
    ],
)
def test_regions_are_known_by_code_and_name(text: str, code: str | None) -> None:
    assert openings.region_of(text, countries=COUNTRIES) == code


def test_korea_has_seventeen_regions_and_codes_have_both_names() -> None:
    assert len(openings.REGIONS) == 17
    for words in (*openings.REGIONS.values(), *openings.LANGUAGES.values()):
        assert words.ko
        assert words.en.isascii()
    assert openings.country_of("KR-11") == "KR"
    assert openings.country_of("CA") == "CA"


def test_the_reference_lists_every_column_and_region_as_it_is_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "opening-table.md").read_text(encoding="utf-8")
    for name, column in openings.COLUMNS.items():
        assert f"| `{name}`{' (required)' if column.required else ''} | {column.form} |" in page
    for code, words in openings.REGIONS.items():
        assert f"| `{code}` | {words.ko} | {words.en} |" in page
