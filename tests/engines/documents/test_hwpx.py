"""HWPX read back by another's program, which checks the package and its schemas besides."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document

from dure.engines.documents import Column, Document, Language, PageBreak, Paragraph, Span, Table, to_hwpx
from tests.engines.documents import samples


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("sample", [samples.agreement, samples.annual_report])
def test_the_package_and_its_schemas_are_right(
    sample: Callable[[Language], Document], language: Language
) -> None:
    made = to_hwpx(sample(language))
    assert [issue for issue in validate_package(made).issues if issue.level == "error"] == []
    assert validate_document(io.BytesIO(made)).issues == ()


def test_another_reads_what_we_wrote() -> None:
    found = HwpxDocument.open(io.BytesIO(to_hwpx(samples.agreement("ko"))))
    text = found.text.plain()
    said = ["제1조(목적)", "① 이 협약에서 사용하는", "2. “성과”란", "별표 1. 자원의 제공", "3부를 작성하고"]
    assert [one for one in said if one not in text] == []
    assert "가속기 시간" in text


def test_text_stays_text_and_a_link_says_where_it_leads() -> None:
    prose = Paragraph(("<hp:p> & ", Span("여기", link="https://dure.example"), "\n다음 줄"))
    table = Table((Column("a<b"),), (("=1&2",),))
    with zipfile.ZipFile(io.BytesIO(to_hwpx(Document("제목", "ko", (prose, PageBreak(), table))))) as archive:
        body = archive.read("Contents/section0.xml").decode()
        assert archive.namelist()[0] == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert "&lt;hp:p&gt; &amp; " in body
    assert "여기 (https://dure.example)" in body
    assert "<hp:lineBreak/>다음 줄" in body
    assert 'pageBreak="1"' in body
    assert 'repeatHeader="1"' in body


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_hwpx(samples.annual_report("ko")) == to_hwpx(samples.annual_report("ko"))
