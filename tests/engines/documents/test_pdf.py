"""PDF read back: the words in both languages, pages that are numbered, tables that go on, and the same bytes each time."""

import hashlib
import io
import subprocess
import sys

import pytest
from pypdf import PdfReader

from dure.engines.documents import (
    Column,
    Document,
    Heading,
    KeyValues,
    Language,
    Paragraph,
    Table,
    letters_without_shape,
    to_pdf,
)
from tests.engines.documents import samples


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ko",
            [
                "제1조(목적)",
                "① 이 협약에서",
                "1. “연산 자원”이란",
                "158,000",
                "(서명 또는 인)",
                "2026. 11. 30.",
            ],
        ),
        (
            "en",
            ["Article 12 (Disputes)", "(1) In this agreement", "(a) “Resources”", "100%", "30 November 2026"],
        ),
    ],
)
def test_an_agreement_says_all_in_its_language(language: Language, said: list[str]) -> None:
    found = read(to_pdf(samples.agreement(language)))
    text = words(" ".join(page.extract_text() for page in found.pages))
    assert [one for one in said if one not in text] == []
    assert str(found.root_object["/Lang"]) == language
    titles = [str(entry.title) for entry in found.outline if not isinstance(entry, list)]
    assert sum(title.startswith(("제", "Article")) for title in titles) == 12


def test_each_page_says_which_it_is_and_of_what() -> None:
    pages = [page.extract_text() for page in read(to_pdf(samples.annual_report("ko"))).pages]
    assert len(pages) > 3
    assert all(f"{at} / {len(pages)}" in page for at, page in enumerate(pages, start=1))
    assert all("2026년 연차 보고서" in page for page in pages)


def test_a_long_table_names_its_columns_on_each_page_and_loses_no_row() -> None:
    rows = tuple((f"과제-{at:03}", at) for at in range(150))
    table = Table((Column("과제"), Column("예산", "integer")), rows)
    pages = [page.extract_text() for page in read(to_pdf(Document("표", "ko", (table,)))).pages]
    assert len(pages) > 2
    assert all("예산" in page for page in pages)
    text = "".join(pages)
    assert [name for name, _ in rows if text.count(name) != 1] == []


def test_what_no_page_can_hold_is_cut() -> None:
    long = "긴 글 " * 990
    blocks = (
        Table((Column("가"), Column("나")), (("짧다", long), ("끝", "끝"))),
        KeyValues((("값", long * 4),)),
        Paragraph("가" * 15_000),
    )
    assert len(read(to_pdf(Document("긴 글", "ko", blocks))).pages) > 8


def test_letters_that_would_be_boxes_are_named_before_anybody_signs() -> None:
    assert letters_without_shape(samples.agreement("ko")) == ""
    names = Paragraph("金 代表, Université Ω П か ①「법」㈜")
    assert letters_without_shape(Document("협약 <&>", "ko", (names,))) == "代表金"


def test_nothing_but_our_own_line_breaks_is_markup() -> None:
    made = to_pdf(Document("<b>& 제목", "ko", (Heading("a < b"), Paragraph("<i>그대로</i>\n다음 줄"))))
    assert "<i>그대로</i>" in read(made).pages[0].extract_text()


def test_the_same_document_gives_the_same_bytes_in_any_process() -> None:
    """A SHA-256 that parties sign must be that of whoever makes the file again."""
    code = (
        "import hashlib; from dure.engines.documents import to_pdf; from tests.engines.documents import samples;"
        "print(hashlib.sha256(to_pdf(samples.agreement('ko'))).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=True, capture_output=True
    )
    assert told.stdout.decode().strip() == hashlib.sha256(to_pdf(samples.agreement("ko"))).hexdigest()
