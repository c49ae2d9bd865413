"""A guru's roundtable on a phone: the invitation, the agenda, a word on a topic, a secret ballot and another in its place."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.alliance.models import RoundtableGuest, Vote, VoteElector
from dure.foundation import workflow
from dure.people.models import Person
from tests.browser.traveller import Traveller
from tests.factories import agreements, meetings, people, roundtables

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TOPICS = ("병원 사이 연합학습", "작은 공장의 예지 정비", "사투리 음성 모으기")
ADDRESS = "guru@example.org"
SAID = "병원마다 장비가 다르니 작은 시험부터 합시다."


def invited() -> Person:
    """Invited to a roundtable with three topics, on which a vote is open."""
    person = people.person(ADDRESS, name_ko="김구루")
    roundtables.guru(person)
    topics = [roundtables.topic(title_ko=title) for title in TOPICS]
    ahead = meetings.announced(*topics, title_ko="여름 라운드테이블")
    opened = [workflow.perform(topic, "open", by=agreements.secretary()) for topic in topics]
    meetings.vote(*opened, roundtable=ahead, title_ko="올해 함께할 안건")
    return person


def test_a_roundtable_on_a_phone(browser: Browser, live_server: LiveServer) -> None:
    with Traveller(browser, live_server.url, person=invited(), phone=True) as guru:
        _open_the_invitation(guru)
        _answer(guru)
        _say_something(guru)
        _vote(guru)


def _open_the_invitation(guru: Traveller) -> None:
    guru.go("/")
    guru.look("guru-home")
    guru.tap("여름 라운드테이블", role="link")
    guru.look("guru-roundtable")
    agenda = guru.page.locator("section[aria-labelledby=h-agenda]").inner_text()
    assert all(title in agenda for title in TOPICS)
    assert "내 캘린더에 넣기" in guru.words()


def _answer(guru: Traveller) -> None:
    guru.tap("참석합니다")
    assert "지금 답: 참석" in guru.words()
    assert RoundtableGuest.objects.get(person__email=ADDRESS).answer == "yes"


def _say_something(guru: Traveller) -> None:
    guru.tap(TOPICS[0], role="link")
    guru.fill(body=SAID)
    guru.tap("쓰기")
    guru.look("guru-topic")
    assert SAID in guru.words()
    guru.page.go_back()


def _vote(guru: Traveller) -> None:
    """Two ballots; each is shown to its voter once, and nothing that is kept says which is whose."""
    guru.tap("올해 함께할 안건", role="link")
    guru.look("guru-vote")
    first = _cast(guru, TOPICS[0], "첫눈 오는 날 두루미")
    guru.look("guru-receipt")
    guru.tap("투표로 돌아가기", role="link")
    assert "투표했습니다" in guru.words()
    guru.look("guru-voted")
    second = _cast(guru, TOPICS[2], "둘째 날의 두루미")
    assert first != second
    vote = Vote.objects.get()
    assert VoteElector.objects.filter(has_cast=True).count() == 1
    assert first not in str(vote.box)
    assert second not in str(vote.box)


def _cast(guru: Traveller, topic: str, words: str) -> str:
    """The code on the receipt."""
    guru.page.locator("main").get_by_label(topic).tap()
    guru.fill(nonce=words)
    guru.tap("투표하기")
    assert f"내 표의 내용: {topic}" in guru.words()
    assert f"나만의 말: {words}" in guru.words()
    return guru.page.locator("section[aria-labelledby=h-code] code").inner_text()
