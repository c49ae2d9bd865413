"""What is wrong with a document is said at once, each with its place; what is right is left alone."""

from typing import Any

import pytest

from dure.engines import documents
from dure.engines.documents import (
    FAULTS,
    Bar,
    Clause,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Listing,
    Paragraph,
    Signatory,
    SignatureSlots,
    Span,
    Subclause,
    Table,
    faults_of,
    to_html,
)
from dure.engines.faults import Faulty
from tests.engines.documents import samples

CLAUSE = Clause(1, "목적", (Subclause("이 협약은 다음과 같다."),))
WRONG: dict[str, tuple[Any, str]] = {
    "document_empty": (Paragraph(" "), "blocks[0].prose"),
    "document_too_much": (Listing(("가",) * 501), "blocks[0].items"),
    "document_text_long": (Heading("가" * 501), "blocks[0].text"),
    "document_text_control": (Paragraph("갑\u202e을"), "blocks[0].prose"),
    "document_heading_level": (Heading("제목", 4), "blocks[0].level"),
    "document_row_width": (Table((Column("가"), Column("나")), (("하나",),)), "blocks[0].rows[0]"),
    "document_number": (Table((Column("수", "decimal"),), ((float("nan"),),)), "blocks[0].rows[0].수"),
    "document_digits": (Figures("시간", (Bar("갑", 1),), digits=7), "blocks[0]"),
    "document_bar_negative": (Figures("시간", (Bar("갑", -1),)), "blocks[0].bars[0]"),
    "document_link": (Paragraph((Span("여기", link="javascript:alert(1)"),)), "blocks[0].prose"),
    "document_article_number": (Clause(0, "목적", CLAUSE.paragraphs), "blocks[0].number"),
}


def test_the_samples_are_right() -> None:
    papers = (samples.agreement("ko"), samples.agreement("en"), samples.annual_report("ko"))
    assert [faults_of(paper) for paper in papers] == [[], [], []]


def test_every_fault_is_found_at_its_place_and_all_at_once() -> None:
    for code, (block, place) in WRONG.items():
        found = faults_of(Document("제목", "ko", (block,)))
        assert [(fault.code, fault.place) for fault in found] == [(code, place)]
    whole = Document("제목", "fr", (*(block for block, _ in WRONG.values()), CLAUSE, CLAUSE))  # type: ignore[arg-type]
    codes = {fault.code for fault in faults_of(whole)}
    assert codes == set(FAULTS)


@pytest.mark.parametrize("write", [documents.to_html, documents.to_pdf, documents.to_hwpx, documents.to_xlsx])
def test_no_writer_writes_what_is_wrong(write: Any) -> None:
    with pytest.raises(Faulty):
        write(Document("", "ko", ()))


def test_an_article_may_be_inserted_behind_another() -> None:
    branches = (CLAUSE, Clause(1, "정의", CLAUSE.paragraphs, 2), Clause(1, "적용 범위", CLAUSE.paragraphs, 3))
    assert faults_of(Document("협약", "ko", branches)) == []
    assert "제1조의2(정의)" in to_html(Document("협약", "ko", branches))


def test_what_others_wrote_can_be_made_printable() -> None:
    assert documents.without_unseen("갑\u202e을\x0b\n병") == "갑을\n병"


def test_empty_values_beside_names_and_unsigned_slots_are_right() -> None:
    blocks = (KeyValues((("비고", ""),)), SignatureSlots((Signatory("갑"),)))
    assert faults_of(Document("제목", "ko", blocks)) == []
