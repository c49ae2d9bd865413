import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dure.engines.text import index_tokens, normalise, parse_query, tsvector_literal
from dure.engines.text.aliases import ANY_ALIAS, PATTERNS
from dure.engines.text.tokens import LARGEST_VECTOR, LONGEST_TOKEN
from tests.engines.text.postgres import cast_tsquery, cast_tsvector, finds

# Few syllables, so that words meet often; jamo, digits, signs and case beside them.
MIXED = st.text(alphabet="음성인식통교가각ㅋabAB1 _-.+#'\\%:&|!()*²É", max_size=40)
HANGUL_WORD = st.text(alphabet="음성인식통교", min_size=1, max_size=6)


def found(text: str, query: str) -> bool:
    return finds(tsvector_literal(text), normalise(text), parse_query(query))


def holds(text: str, query: str) -> bool:
    """The oracle: each Hangul run stands somewhere in the text, each other word as a whole word."""
    body = normalise(text)
    words = re.findall(r"[가-힣]+|[^\W_가-힣]+", normalise(query))
    others = set(re.findall(r"[^\W_가-힣]+", body))
    return bool(words) and all(word in body if "가" <= word[0] <= "힣" else word in others for word in words)


@given(text=MIXED, query=MIXED)
@example(text="음성 성인 인식", query="음성인식")
@example(text="교통", query="통")
@example(text="GPU를 공유", query="gpu 공유")
def test_finds_what_a_substring_search_finds(text: str, query: str) -> None:
    if not (ANY_ALIAS.search(normalise(query)) or ANY_ALIAS.search(normalise(text))):
        assert found(text, query) == holds(text, query)


@given(before=MIXED, word=HANGUL_WORD, after=MIXED)
def test_a_korean_word_is_found_wherever_it_stands(before: str, word: str, after: str) -> None:
    assert found(before + word + after, word)
    assert found(unicodedata.normalize("NFD", before + word + after), word)
    assert found(before + word + after, unicodedata.normalize("NFD", word))


@given(st.text())
def test_any_text_casts_and_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert sorted(cast_tsvector(tsvector_literal(text))) == index_tokens(text)
    cast_tsquery(parse_query(text).tsquery)
    normalise(text).encode()


@pytest.mark.parametrize(
    "hostile",
    [
        "' | 'a",
        "\\' & b",
        "a:*",
        "!a <-> b",
        "((",
        "'; DROP TABLE x; --",
        "a\x00b",
        "\ud800통",
        "%_%",
        "'통':* & !",
        "" * 3,
    ],
)
def test_hostile_input_is_only_words(hostile: str) -> None:
    query = parse_query(hostile)
    assert all(re.fullmatch(r"[^\W_]+", lexeme) for lexeme, _ in cast_tsquery(query.tsquery))
    assert finds(tsvector_literal(hostile), normalise(hostile), query) != query.is_empty


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("수요예측모형을 세운다", "예측모형", True),
        ("음성 성인 인식", "음성인식", False),
        ("교통 수요", "통", True),
        ("교통", "교", True),
        ("통신", "통", True),
        ("통", "통", True),
        ("고통스러운", "통", True),
        ("LLaMA-3.1 모델", "llama 3.1", True),
        ("GPU를 쓴다", "GPU", True),
        ("snake_case", "case", True),
        ("예측", "예측모형", False),
        ("인식음성", "음성인식", False),
    ],
)
def test_the_traps_met_before(text: str, query: str, expected: bool) -> None:
    assert found(text, query) is expected


def test_a_word_far_inside_a_book_is_found() -> None:
    filler = "가나 " * 20_000
    assert found(filler + "마지막단어", "마지막단어")
    assert found("음성 " * 400 + "음성인식", "음성인식")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("C++를 쓴다", "c++"),
        ("cpp", "C++"),
        ("C++17", "C++"),
        ("C# 개발", "c#"),
        ("C#", "C Sharp"),
        (".NET 8", "dotnet"),
        ("F-1 점수", "F1"),
        ("F1-score", "f1 score"),
        ("K-means 군집", "kmeans"),
        ("k means", "K-means"),
        ("R² 0.9", "r2"),
        ("scikit-learn", "sklearn"),
    ],
)
def test_names_with_signs_are_found_under_every_spelling(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize(
    ("text", "query"), [("C언어", "C++"), ("C++", "C#"), ("example.net", ".NET"), ("abc++", "C++")]
)
def test_an_alias_finds_nothing_else(text: str, query: str) -> None:
    assert not found(text, query)


def test_every_alias_token_is_one_of_its_own_spellings() -> None:
    for token, pattern in PATTERNS.items():
        assert re.fullmatch(pattern, token), token
        assert parse_query(token).terms[0].kind == "alias"


def test_lexemes_and_their_total_are_bounded() -> None:
    long_word = "a" * 5_000
    assert index_tokens(long_word) == ["a" * LONGEST_TOKEN]
    assert found(long_word, long_word[:LONGEST_TOKEN])
    assert found(long_word, "a" * 300)
    assert not found("a" * 65, "a" * 66)
    many = " ".join(f"word{number:07}" for number in range(60_000))
    assert sum(len(token.encode()) for token in index_tokens(many)) <= LARGEST_VECTOR


def test_a_query_is_bounded_and_an_empty_one_finds_nothing() -> None:
    query = parse_query(" ".join(f"w{number}" for number in range(500)))
    assert len(cast_tsquery(query.tsquery)) == 24
    assert parse_query("!! ??").is_empty
    assert not found("anything", "!!")
