"""A page's part: meaning in elements, and text that stays text."""

import xml.etree.ElementTree as ET

from dure.engines.documents import (
    Column,
    Document,
    Heading,
    Paragraph,
    Signatory,
    SignatureSlots,
    Span,
    Table,
    to_html,
)
from tests.engines.documents import samples

HOSTILE = "<script>alert('x')</script> & \"y\""


def test_the_headings_follow_the_level_of_the_page() -> None:
    made = to_html(Document("보고서", "ko", (Heading("개요"), Heading("세부", 3))), level=2)
    assert made.startswith('<article class="prose" lang="ko"><h2>보고서</h2>')
    assert "<h3>개요</h3><h5>세부</h5>" in made


def test_no_text_becomes_an_element() -> None:
    table = Table((Column(HOSTILE),), ((HOSTILE,),), HOSTILE)
    prose = Paragraph((Span(HOSTILE, strong=True, link="https://dure.example/?a=1&b='%22"),))
    made = to_html(
        Document(HOSTILE, "en", (prose, table, SignatureSlots((Signatory(HOSTILE),))), subtitle=HOSTILE)
    )
    assert "<script" not in made
    assert 'href="https://dure.example/?a=1&amp;b=&#x27;%22"' in made


def test_the_articles_and_figures_are_well_formed_and_read_in_order() -> None:
    for made in (to_html(samples.agreement("ko")), to_html(samples.annual_report("en"))):
        said = "".join(ET.fromstring(made.replace("<br>", "<br/>")).itertext())  # noqa: S314 - made just above
        assert len(said) > 1_000
    agreement = to_html(samples.agreement("ko"))
    assert "<h3>제2조(정의)</h3><p>① 이 협약에서" in agreement
    assert "<li>1. “연산 자원”이란" in agreement
    report = to_html(samples.annual_report("en"))
    assert '<th scope="col" class="num">Spent</th>' in report
    assert '<td><time datetime="2026-02-01">2026-02-01</time></td>' in report
    assert '<i style="width:100.0%">' in report
    assert "<tfoot><tr><th>Total</th>" in to_html(samples.agreement("en"))
