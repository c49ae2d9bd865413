"""What calls for a warning, what must not, and that every kind and law has its words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import hiring
from dure.engines.hiring.identifiers import is_iban
from dure.engines.hiring.rules import packaged_rules
from tests.engines.hiring.reported import REPORTED
from tests.engines.hiring.sentences import DOUBTFUL, FORBIDDEN, HARMLESS

ROOT = Path(__file__).parents[3]


def kinds(text: str, side: hiring.Side) -> set[str]:
    return {one.kind for one in hiring.checked_text(text, side=side)}


@pytest.mark.parametrize(("side", "text", "kind"), FORBIDDEN)
def test_what_the_law_forbids_is_found(side: hiring.Side, text: str, kind: str) -> None:
    assert kind in kinds(text, side)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_raise_no_alarm(text: str) -> None:
    assert kinds(text, "opening") | kinds(text, "applicant") == set()


def doubts(text: str) -> set[bool]:
    return {one.is_doubtful for one in hiring.checked_text(text, side="opening")}


@pytest.mark.parametrize(
    "text", [text for side, text, kind in FORBIDDEN if side == "opening" and kind not in ("mail", "phone")]
)
def test_what_is_asked_for_or_preferred_leaves_no_doubt(text: str) -> None:
    assert False in doubts(text)


def test_what_others_reported_leaves_no_doubt_but_for_ordinary_words() -> None:
    unsure = [text for text in REPORTED if doubts(text) == {True}]
    assert unsure == [
        "생산직 남직원",
        "young and vibrant",
        "a young person",
        "our young, positive team",
        "digital natives",
    ]


@pytest.mark.parametrize(("text", "kind"), DOUBTFUL)
def test_subjects_of_the_work_are_doubtful(text: str, kind: str) -> None:
    found = hiring.checked_text(text, side="opening")
    assert {(one.kind, one.is_doubtful) for one in found} == {(kind, True)}


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        ("혼인 여부", False),
        ("- 혼인 여부: ", False),
        ("키 172cm 이상, 경력 2년", False),
        ("혼인 여부 통보 서비스", True),
        ("혼인 여부를 알려 주는 증명서를 제출하세요.", False),
    ],
)
def test_an_item_that_says_nothing_else_is_asked_for(text: str, *, is_doubtful: bool) -> None:
    assert doubts(text) == {is_doubtful}


def test_most_of_what_others_reported_is_found() -> None:
    """What is left is lawful here or a topic of research as well: recent graduates, people over 50, retirees."""
    missed = [text for text in REPORTED if not hiring.checked_text(text, side="opening")]
    assert len(missed) <= len(REPORTED) * 0.2, missed


def test_texts_of_other_authors_raise_hardly_an_alarm() -> None:
    """Documentation and courses were written without these rules in mind: a measure of false alarms that is not our own."""
    pages = [
        path.read_text(encoding="utf-8")
        for folder in ("docs", "courses")
        for path in (ROOT / folder).rglob("*.md")
    ]
    parts = [
        page[at : at + hiring.MOST_READ] for page in pages for at in range(0, len(page), hiring.MOST_READ)
    ]
    contacts = {"mail", "phone"}
    alarms = [
        (one.kind, part[max(0, one.span[0] - 30) : one.span[1] + 30])
        for part in parts
        for one in hiring.checked_text(part, side="opening")
        if one.kind not in contacts
    ]
    characters = sum(map(len, parts))
    assert characters > 500_000
    assert len(alarms) <= characters / 100_000, f"{len(alarms)} in {characters} characters: {alarms}"


def test_both_lists_are_long_enough_to_mean_something() -> None:
    assert len(FORBIDDEN) >= 40
    assert len(HARMLESS) >= 40
    assert {kind for _, _, kind in FORBIDDEN} == set(hiring.WARNINGS)


def test_every_kind_and_law_has_words_and_every_rule_knows_both() -> None:
    rules = packaged_rules().rules
    assert {rule.kind for rule in rules} < set(hiring.WARNINGS)
    assert {rule.law for rule in rules} | {"privacy"} == set(hiring.LAWS)
    assert set(hiring.FORBIDDEN_FIELDS.values()) < set(hiring.WARNINGS)
    assert {rule.force for rule in rules} == {"plain", "wish", "mention"}
    assert {rule.doubt for rule in rules} == {"never", "unasked", "unpreferred", "always"}


def test_spans_are_places_of_the_text_as_written() -> None:
    text = "① 지원 ② 용모 단정, \uff48\uff52@example.com"
    places = {one.kind: text[slice(*one.span)] for one in hiring.checked_text(text, side="opening")}
    assert places == {"looks": "용모", "mail": "\uff48\uff52@example.com"}


def test_a_person_may_say_their_age_and_an_opening_may_not_ask_it() -> None:
    assert kinds("저는 만 25세 이하 부문에서 상을 받은 남성입니다.", "applicant") == set()
    assert kinds("만 25세 이하", "opening") == {"age"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("900101-1234567", True),
        ("900101 - 1234567", True),
        ("900101-1******", True),
        ("200229-3123456", True),
        ("190229-3123456", False),
        ("901301-1234567", False),
        ("9001011234568", True),
        ("9001011234567", False),
        ("900101-9234567", False),
        ("1900101-1234567", False),
    ],
)
def test_resident_numbers_have_a_day_of_birth_and_a_hyphen_or_check_digit(text: str, *, found: bool) -> None:
    assert ("resident_number" in kinds(text, "applicant")) is found


@pytest.mark.parametrize(
    "text",
    ["010-1234-5678", "01012345678", "+82 10-1234-5678", "02-123-4567", "(051) 123-4567", "011.123.4567"],
)
def test_telephone_numbers(text: str) -> None:
    assert kinds(text, "opening") == {"phone"}


def test_accounts_are_known_by_their_bank_or_their_check_digits() -> None:
    assert kinds("account number: 1234567890123", "opening") == {"account"}
    assert kinds("GB82 WEST 1234 5698 7654 32", "opening") == {"account"}
    assert kinds("GB82 WEST 1234 5698 7654 33", "opening") == set()
    assert is_iban("de89370400440532013000")


def test_of_one_kind_no_warnings_overlap_and_later_text_is_not_read() -> None:
    found = hiring.checked_text("준수한 외모 우대, 용모 단정", side="opening")
    assert [one.kind for one in found] == ["looks", "looks"]
    assert found[0].span[1] <= found[1].span[0]
    assert hiring.checked_text(" " * hiring.MOST_READ + "용모", side="opening") == []


@given(st.text(max_size=200), st.sampled_from(["opening", "applicant"]))
def test_any_text_has_an_answer_with_places_inside_it(text: str, side: hiring.Side) -> None:
    for one in hiring.checked_text(text, side=side):
        assert 0 <= one.span[0] < one.span[1] <= len(text)


def test_forbidden_fields_are_known_in_any_spelling() -> None:
    names = [
        "이름",
        "Marital Status",
        "marital_status",
        "키(cm)",
        "키",
        "부모 직업",
        "Date of birth",
        "skills",
        "API 키",
        "weighting",
    ]
    assert hiring.forbidden_fields(names) == {
        "Marital Status": "marriage",
        "marital_status": "marriage",
        "키": "looks",
        "키(cm)": "looks",
        "부모 직업": "family",
        "Date of birth": "age",
    }
