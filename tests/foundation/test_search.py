"""Search finds what is there, for whom it is there, whatever is typed."""

import unicodedata
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dure.foundation import search
from dure.foundation.access import STRANGER, Audience
from dure.foundation.ids import uuid7
from dure.foundation.models import SearchEntry
from dure.people.api import index_person
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db


def everything(_person: Any) -> "QuerySet[SearchEntry, Any]":
    return SearchEntry.objects.values("uid")


def shared(_person: Any) -> "QuerySet[SearchEntry, Any]":
    return SearchEntry.objects.filter(title_en="shared").values("uid")


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with patch.dict(search.KINDS):
        search.KINDS.pop("skill")  # the catalogue is there from the start, and its words are many
        search.register_kind("open", label="Open", visible_uids=everything)
        search.register_kind("shared", label="Shared", visible_uids=shared)
        yield


def index(body: str, *, kind: str = "open", title: str = "") -> None:
    search.put(kind=kind, uid=uuid7(), title_ko="", title_en=title, url="/x", body=body)


def hits(words: str) -> int:
    return search.find(STRANGER, words).count()


@pytest.mark.parametrize(
    "words", ["음성", "인식", "음성인식", "인식모형", "모형을", "형", "GPU", "gpu를", "수요 예측"]
)
def test_words_are_found_inside_compounds_and_before_particles(words: str) -> None:
    index("고객센터 음성인식모형을 만들고 GPU를 나눕니다. 수요예측도.")
    index("아무 상관 없는 글")
    assert hits(words) == 1


@pytest.mark.parametrize("words", ["성인인", "식음", "음성합성", "없다"])
def test_pairs_that_stand_apart_are_not_a_word(words: str) -> None:
    index("음성 성인 인식")
    assert hits(words) == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_decomposed_hangul_is_the_same_word(form: Any, typed: Any) -> None:
    index(unicodedata.normalize(form, "감염병 예측"))
    assert hits(unicodedata.normalize(typed, "감염병")) == 1


def test_every_kind_says_at_query_time_who_may_find_it() -> None:
    index("콘크리트", kind="shared", title="shared")
    index("콘크리트", kind="shared", title="kept")
    index("콘크리트", kind="unregistered", title="shared")
    assert hits("콘크리트") == 1
    SearchEntry.objects.filter(title_en="kept").update(title_en="shared")
    assert hits("콘크리트") == 2


def test_a_private_profile_is_found_by_nobody_else_not_even_as_a_number() -> None:
    hidden = person(name_ko="홍길동무", audience=Audience.PRIVATE)
    colleague, firm = person(), organisation()
    member(colleague, firm)
    index_person(hidden)
    for reader in (STRANGER, person(), colleague):
        assert search.find(reader, "홍길동무").count() == 0
    assert search.find(hidden, "홍길동무").count() == 1
    hidden.audience = Audience.PUBLIC
    hidden.save()
    assert hits("홍길동무") == 1


def test_indexing_again_replaces_and_removing_removes() -> None:
    uid = uuid7()
    for body in ("처음", "나중"):
        search.put(kind="open", uid=uid, title_ko="제목", title_en="", url="/x", body=body)
    assert (hits("처음"), hits("나중"), hits("제목")) == (0, 1, 1)
    search.remove(kind="open", uid=uid)
    assert hits("나중") == 0


def test_nothing_typed_finds_nothing() -> None:
    index("무엇이든")
    assert [hits(words) for words in ("", "  ", "!!!", "%", "_")] == [0] * 5


def test_a_text_that_postgresql_cannot_hold_is_indexed_all_the_same() -> None:
    index("앞\x00뒤\ud800 " + "긴글 " * 200_000, title="a\x00b")
    assert hits("긴글") == 1


HOSTILE = [
    "'",
    "''",
    "\\",
    "\\'",
    "' & '",
    ":*",
    "!a",
    "a | b",
    "(a",
    "%s",
    "%%",
    "$1",
    "<->",
    "a:*b",
    "\x00",
    "\ud800",
    "😀",
    "ㅎㄱ",
    "';drop table x",
]


class TestHostile(TestCase):
    @given(
        st.one_of(
            st.text(),
            st.lists(st.sampled_from([*HOSTILE, "가", "word"])).map("".join),
            st.text("'\\%_:*&|!()<>가나 a"),
        )
    )
    def test_no_input_breaks_the_query(self, words: str) -> None:
        assert search.find(STRANGER, words).count() >= 0

    @given(st.text("가나다라 ab'\\%", min_size=1, max_size=12))
    def test_a_text_is_found_by_itself(self, text: str) -> None:
        with patch.dict(search.KINDS):
            search.register_kind("open", label="Open", visible_uids=everything)
            index(text)
            expected = any(sign.isalnum() for sign in text)
            assert (search.find(STRANGER, text).count() > 0) == expected
