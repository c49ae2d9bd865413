"""Skills suggested from free text: what is found where, at which level, and what is left alone."""

import time
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import skills
from dure.engines.skills.aliases import key_of
from dure.engines.skills.hints import level_of_years
from tests.engines.skills.advertisements import ENGLISH, KOREAN


def found(text: str) -> set[str]:
    return {one.slug for one in skills.suggested(text)}


def wide(text: str) -> str:
    """The same in full width, as Korean input methods can write it."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


def only(text: str) -> skills.Suggestion:
    (one,) = skills.suggested(text)
    return one


def test_every_alias_belongs_to_a_skill_and_every_skill_has_one_in_each_language() -> None:
    known = skills.packaged_aliases().slugs
    named = {slug for slugs in known.values() for slug in slugs}
    assert named == skills.slugs()
    hangul = {
        slug
        for key, slugs in known.items()
        if any("가" <= letter <= "힣" for letter in key)
        for slug in slugs
    }
    latin = {slug for key, slugs in known.items() if key.isascii() for slug in slugs}
    assert not skills.slugs() - latin
    assert not skills.slugs() - hangul
    assert len(known) < 2_000


def test_a_name_of_two_skills_must_be_declared() -> None:
    loaded = yaml.safe_load(
        "{aliases: {sql: [One], git: [o-n e]}, ambiguous: {}, exact: [], near: {}, endings: [업무], particles: [을]}"
    )
    with pytest.raises(ValueError, match="stands twice"):
        skills.dictionary(loaded)


def test_what_is_exact_or_needs_company_is_a_known_name() -> None:
    known = skills.packaged_aliases()
    assert {*known.exact, *known.near} <= set(known.slugs)


def test_a_declared_name_suggests_each_of_its_skills() -> None:
    assert found("허깅페이스 사용 경험") == {"nlp", "llm-finetuning"}


@pytest.mark.parametrize(
    "text",
    [
        "슬럼프",
        "슬럼가",
        "검사 음성 인식표",
        "초음성인식",
        "음성군 인식",
        "비전",
        "스파크 플러그",
        "파이썬족",
        "나무파이썬",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "음성인식",
        "음성 인식을",
        "음성인식에서는",
        "음성인식모델을",
        "음성 인식 엔지니어",
        "AI음성인식",
        "(음성인식)",
        unicodedata.normalize("NFD", "음성인식이"),
        wide("ASR"),
        "STT를",
        "Speech-to-Text",
    ],
)
def test_one_skill_in_many_spellings(text: str) -> None:
    assert found(text) == {"speech-recognition"}


@pytest.mark.parametrize(
    "text",
    ["R&D", "R-CNN", "R's", "R", "등급 R", "VR과 Python", "plan B, then Python.R", "C", "C++", "C#", "Go"],
)
def test_a_letter_is_no_language(text: str) -> None:
    assert "statistics-basics" not in found(text)


@pytest.mark.parametrize("text", ["Python/R", "R, SQL", "파이썬 또는 R을", "R과 Python", "R 언어"])
def test_a_letter_in_company_is_one(text: str) -> None:
    assert "statistics-basics" in found(text)


def test_places_are_of_the_text_as_written() -> None:
    text = unicodedata.normalize("NFD", "한글 ") + f"ﬁne-tuning과 {wide('PyTorch')}를"
    places = {one.slug: [text[start:end] for start, end in one.places] for one in skills.suggested(text)}
    assert places == {"llm-finetuning": ["ﬁne-tuning"], "deep-learning": [wide("PyTorch")]}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("SQL 기초", 1),
        ("SQL", 2),
        ("SQL 중급", 2),
        ("SQL에 능숙한 분", 3),
        ("SQL 전문가", 4),
        ("SQL(상)", 3),
        ("SQL 2년 이상", 2),
        ("SQL 경력 5년", 3),
        ("SQL 10년 이상", 4),
        ("basic SQL", 1),
        ("Basic qualifications: SQL", 2),
        ("proficient in SQL", 3),
        ("expert in SQL", 4),
        ("Lead the SQL team", 4),
        ("reduce lead time with SQL", 2),
        ("하이브리드 근무, SQL", 2),
        ("5+ years of SQL", 3),
    ],
)
def test_the_level_is_what_words_nearby_ask_for(text: str, level: int) -> None:
    one = only(text)
    assert one.level == level
    assert one.level_said == (
        text not in {"SQL", "Basic qualifications: SQL", "reduce lead time with SQL", "하이브리드 근무, SQL"}
    )


def test_levels_are_taken_from_their_own_clause() -> None:
    levels = {one.slug: one.level for one in skills.suggested("Python 전문가 수준, SQL 기초\nGit")}
    assert levels == {"python-basics": 4, "sql": 1, "git": 2}
    assert [level_of_years(years) for years in (0, 1, 2, 3, 6, 7, 30)] == [2, 2, 2, 3, 3, 4, 4]


def test_must_or_nice_comes_from_the_sentence_and_else_from_the_heading() -> None:
    text = "[자격 요건]\n- 파이썬\n- Git 경험 우대\n■ 우대사항\n- SQL\n- 도커는 필수\n담당 업무:\n- Slurm"
    assert {one.slug: one.need for one in skills.suggested(text)} == {
        "python-basics": "must",
        "git": "nice",
        "sql": "nice",
        "mlops": "must",
        "gpu-computing": None,
    }
    english = "Requirements:\nPython\nPreferred qualifications\nSQL\nDocker is not required."
    assert [one.need for one in skills.suggested(english)] == ["must", "nice", "nice"]
    assert [one.need for one in skills.suggested("필수: Python / 우대: SQL")] == ["must", "nice"]


def test_sentences_of_one_author_are_read_as_they_were_meant() -> None:
    """The dictionary and the sentences have the same author: this is about mechanics only (see advertisements.py)."""
    assert (len(KOREAN), len(ENGLISH)) == (30, 20)
    pairs = [(found(text), meant) for text, meant in KOREAN + ENGLISH]
    right = sum(len(got & meant) for got, meant in pairs)
    precision = right / sum(len(got) for got, _ in pairs)
    recall = right / sum(len(meant) for _, meant in pairs)
    missed = [text for text, meant in KOREAN + ENGLISH if found(text) != meant]
    assert min(precision, recall) >= 0.95, f"precision {precision:.3f}, recall {recall:.3f}: {missed}"


def test_the_catalogue_recognises_itself() -> None:
    """Names of skills that are general words (공정성, 불확실성) are no aliases on purpose; nine in ten are."""
    every = skills.packaged().skills.values()
    for language in ("ko", "en"):
        lost = [one.slug for one in every if one.slug not in found(getattr(one.name, language))]
        assert len(lost) <= len(every) / 10, lost


def test_long_texts_are_read_in_time_and_only_so_far() -> None:
    text = "파이썬 딥러닝 experience with neural networks and 음성인식 " * 2_000
    before = time.process_time()
    assert len(skills.suggested(text)) == 3
    assert time.process_time() - before < 5
    assert skills.suggested(" " * skills.MOST_READ + "SQL") == []


@given(st.text(max_size=200))
def test_any_text_has_an_answer_with_places_inside_it(text: str) -> None:
    for one in skills.suggested(text):
        assert 1 <= one.level <= 4
        assert all(0 <= start < end <= len(text) for start, end in one.places)


def test_keys_forget_case_spaces_and_hyphens() -> None:
    assert key_of("Fine-Tuning") == key_of(f"{wide('fine')} tuning")
