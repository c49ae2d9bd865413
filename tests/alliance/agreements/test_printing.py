"""An agreement on paper: what stands there in both languages, who signed, and who may have it."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from dure.alliance.agreements import drafting
from dure.alliance.agreements.payments import Payment
from dure.alliance.agreements.printing import pdf_of
from dure.alliance.models import Agreement
from tests.factories import agreements, people

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    """All that is printed, blanks as one."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def paid(agreement: Agreement) -> Agreement:
    """The same with five million won a year later."""
    payer, payee = (str(party.organisation.uid) for party in agreement.standing)
    line = Payment(date(2027, 3, 1), Decimal(5_000_000), "KRW", payer, payee, "연구비", "Research funds")
    return drafting.add_payment(agreement, by=agreements.secretary(), payment=line)


def test_both_languages_stand_there_and_which_decides() -> None:
    firm, school = people.organisation(name_ko="가나테크"), people.organisation(name_ko="다라대학교")
    made = paid(agreements.draft(firm, school, authoritative="en"))
    korean, english = (words_of(pdf_of(made, made.revision, code)) for code in ("ko", "en"))
    for said in (korean, english):
        for part in (
            "가나테크",
            "5,000,000 KRW",
            "제1조 (목적)",
            "함께 연구합니다.",
            "They do research together.",
        ):
            assert part in said
        assert "한국어본 (번역)" in said
        assert "English text (authoritative)" in said
        assert made.revision.sha256 in said.replace(" ", "")
    assert korean.index("함께 연구합니다.") < korean.index("They do research together.")
    assert english.index("They do research together.") < english.index("함께 연구합니다.")
    assert "협력 분야" in korean
    assert "Fields of cooperation" in english


def test_signatures_stand_there_and_a_place_for_who_has_not_signed() -> None:
    made = agreements.in_signing(people.organisation(), people.organisation())
    before = words_of(pdf_of(made, made.revision, "en"))
    assert before.count("Signature") >= 3, "the heading and a place for each of two"
    assert "Not every party has signed" in before
    signed = agreements.sign(made)
    first = pdf_of(signed, signed.revision, "en")
    assert "Not every party has signed" not in words_of(first)
    assert words_of(first).count("proven by password") == 2
    assert first == pdf_of(Agreement.objects.get(pk=made.pk), signed.revision, "en")


def test_one_that_lacks_nearly_everything_is_printed_all_the_same() -> None:
    text = replace(
        agreements.ARTICLE, heading_ko="가" * 900, text_ko="나" * 45_000, heading_en="", text_en=""
    )
    made = agreements.draft(
        cooperation=(), articles=(text,), title_en="", authoritative="ko", effective_to=None
    )
    said = words_of(pdf_of(made, made.revision, "en")).replace(" ", "")
    assert said.count("나") == 45_000
    assert "Article" not in said


@pytest.mark.parametrize(
    "at", ["/agreements/{uid}/revisions/1/agreement.pdf", "/api/v1/agreements/{uid}/revisions/1/pdf"]
)
def test_whoever_may_not_read_it_gets_no_paper(at: str, django_assert_max_num_queries: Any) -> None:
    made = agreements.draft(people.organisation(), people.organisation())
    speaker = agreements.representative_of(made.standing[0].organisation)
    stranger = people.representative(people.organisation())
    address = at.format(uid=made.uid)
    assert people.client_of(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    client = people.client_of(speaker)
    with django_assert_max_num_queries(12):
        found = client.get(f"{address}?language=en")
    assert found["Content-Type"] == "application/pdf"
    assert f"agreement-{made.revision.sha256[:12]}.en.pdf" in found["Content-Disposition"]
    assert "Memorandum on joint research" in words_of(found.content)
