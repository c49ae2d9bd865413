import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.text import highlight, parse_query

TEXT = st.text(alphabet="음성인식통교aB1İ _-.+'", max_size=600)


def marked(body: str, query: str, width: int = 240) -> str:
    return "".join(
        f"[{text}]" if hit else text for text, hit in highlight(body, parse_query(query), width=width)
    )


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("수요예측모형", "예측", "수요[예측]모형"),
        ("GPU를 나눠 쓴다", "gpu", "[GPU]를 나눠 쓴다"),
        ("GPUs", "gpu", "GPUs"),
        ("C++와 c", "C++", "[C++]와 c"),
        ("음성인 것", "음성 성인", "[음성인] 것"),
        ("İ 다음 AI", "ai", "İ 다음 [AI]"),
        ("아무것도", "없는말", "아무것도"),
        ("", "통", ""),
    ],
)
def test_marks_the_hits(body: str, query: str, expected: str) -> None:
    assert marked(body, query) == expected
    assert marked(unicodedata.normalize("NFD", body), query) == unicodedata.normalize("NFC", expected)


def test_shows_the_stretch_with_the_most_hits() -> None:
    body = "통신 " + "나무 " * 200 + "교통 수요와 교통 요금 " + "돌 " * 200
    shown = marked(body, "통", width=60)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "교[통] 수요와 교[통] 요금" in shown


@given(body=TEXT, query=TEXT, width=st.integers(10, 80))
def test_pieces_are_one_bounded_stretch_of_the_text(body: str, query: str, width: int) -> None:
    pieces = highlight(body, parse_query(query), width=width)
    stretch = "".join(text for text, _ in pieces).strip("…")
    assert stretch in unicodedata.normalize("NFC", body)
    assert len(stretch) <= width
    assert all(text for text, _ in pieces)


def test_a_book_is_cut_without_reading_all_of_it() -> None:
    pieces = highlight("가나 " * 500_000, parse_query("가나"))
    assert sum(len(text) for text, _ in pieces) <= 242
