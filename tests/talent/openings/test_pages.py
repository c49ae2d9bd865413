"""Openings on pages: who offers, who sees, and filters that each change what is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, workflow
from dure.people.models import Organisation
from dure.talent.models import Opening
from dure.talent.openings import filters
from tests.factories import openings, people

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def firm() -> Organisation:
    return openings.verified()


def typed(**changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    until = clock.now() + timedelta(days=10)
    return {
        "title_ko": "예지보전 엔지니어",
        "title_en": "Engineer",
        "text_ko": "파이썬이 필요합니다.",
        "text_en": "Proficient Python is required. MLOps would be a plus.",
        "seats": "2",
        "regions": ["KR-11", "CA"],
        "remote": "partly",
        "language_0": "ko",
        "language_level_0": "4",
        "deadline": f"{until:%Y-%m-%dT%H:%M}",
        "steps_ko": "서류 심사\n면접",
        "steps_en": "Review\nInterview",
        "pay_from": "3000000",
        "pay_currency": "KRW",
        "pay_per": "month",
    } | changed


def test_a_coordinator_writes_one_confirms_skills_and_opens_it(firm: Organisation, client: Client) -> None:
    browser = people.client_of(openings.speaker(firm, "coordinator"))
    blank = browser.get("/openings/new?kind=internship").content.decode()
    assert "What you will learn" in blank
    answer = browser.post("/openings/new?kind=internship", typed(organisation=firm.pk))
    made = Opening.objects.get()
    assert answer["Location"] == f"/openings/{made.uid}/requirements"
    assert (made.kind, made.state, made.languages, made.regions) == (
        "internship",
        "draft",
        {"ko": 4},
        ["KR-11", "CA"],
    )
    assert made.steps == [{"ko": "서류 심사", "en": "Review"}, {"ko": "면접", "en": "Interview"}]
    assert client.get(f"/openings/{made.uid}").status_code == 404
    browser.post(f"/openings/{made.uid}/act", {"action": "open"})
    page = client.get(f"/openings/{made.uid}", headers={"accept-language": "en"}).content.decode()
    for words in (
        "Seoul, Canada",
        "Korean B2",
        "3,000,000 KRW a month",
        "Interview",
        "verified by the secretariat on",
        "KST",
    ):
        assert words in page
    assert "Engineer" in client.get("/openings", headers={"accept-language": "en"}).content.decode()


def test_skills_of_the_text_are_asked_for_only_once_confirmed(firm: Organisation) -> None:
    browser = people.client_of(openings.speaker(firm))
    made = openings.opening(
        firm, is_open=False, text_en="Proficient Python is required. MLOps would be a plus."
    )
    url = f"/openings/{made.uid}/requirements"
    page = browser.get(url).content.decode()
    assert "<mark>Python</mark>" in page
    assert not made.requirements.exists()
    browser.post(url, {"skill": "python-basics", "level": "3", "is_must": "1"})
    row = made.requirements.get()
    assert (row.skill, row.level, row.is_must) == ("python-basics", 3, True)
    assert "<mark>Python</mark>" not in browser.get(url).content.decode()
    browser.post(url, {"skill": "python-basics", "level": "2", "is_must": "0", "weight": "0.5"})
    row = made.requirements.get()
    assert (row.level, row.is_must, row.weight) == (2, False, 0.5)
    browser.post(url, {"remove": "python-basics"})
    assert not made.requirements.exists()


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(firm: Organisation) -> None:
    browser = people.client_of(openings.speaker(firm))
    given = typed(
        organisation=firm.pk,
        starts_on="2027-03-02",
        ends_on="2027-03-01",
        pay_to="2000000",
        pay_per="",
        title_en="Kept",
    )
    answer = browser.post("/openings/new?kind=job", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "The end lies before the start.",
        "The highest pay is below the lowest.",
        "An amount needs the code of a currency",
        'value="Kept"',
    ):
        assert words in page
    assert not Opening.objects.exists()


def test_forbidden_words_are_marked_where_they_stand_and_what_is_open_stays_free_of_them(
    firm: Organisation,
) -> None:
    browser = people.client_of(openings.speaker(firm))
    made = openings.opening(firm)
    words = "용모 단정한 분을 찾습니다."
    answer = browser.post(f"/openings/{made.uid}/edit", typed(text_ko=words))
    assert answer.status_code == 422
    assert "forbids to ask" in answer.content.decode()
    made.refresh_from_db()
    assert made.text_ko == openings.FIELDS["text_ko"]
    drafted = openings.opening(firm, is_open=False)
    browser.post(f"/openings/{drafted.uid}/edit", typed(text_ko=words))
    page = browser.get(f"/openings/{drafted.uid}/edit").content.decode()
    assert "<mark>" in page
    assert "Fair Hiring Procedure Act" in page


def test_what_is_over_is_not_changed(firm: Organisation) -> None:
    made = openings.opening(firm)
    by = openings.speaker(firm)
    workflow.perform(made, "withdraw", by=by, data={"reason": "Over."})
    browser = people.client_of(by)
    assert "This opening is over." in browser.get(f"/openings/{made.uid}/edit").content.decode()
    assert browser.post(f"/openings/{made.uid}/edit", typed()).status_code == 403
    assert browser.post(f"/openings/{made.uid}/requirements", {"remove": "x"}).status_code == 403
    assert "Over." in browser.get(f"/openings/{made.uid}").content.decode()


def test_rivals_and_plain_members_offer_nothing(firm: Organisation) -> None:
    made = openings.opening(firm)
    plain = people.person(language="en")
    people.member(plain, firm)
    for someone in (plain, openings.speaker(people.organisation())):
        browser = people.client_of(someone)
        assert browser.get(f"/openings/{made.uid}").status_code == 200
        assert browser.get(f"/openings/{made.uid}/edit").status_code == 403
        assert browser.post(f"/openings/{made.uid}/act", {"action": "close"}).status_code == 403
        assert browser.post("/openings/new?kind=job", typed(organisation=firm.pk)).status_code in (200, 422)
    assert Opening.objects.count() == 1


FILTERS = [
    ({"kind": "mentor"}, {"kind": "mentor"}),
    ({"region": "KR-26"}, {"regions": ["KR-26", "KR-11"]}),
    ({"region": "CA"}, {"regions": ["CA"]}),
    ({"remote": "fully"}, {"remote": "fully"}),
    ({"language": "en"}, {"languages": {"en": 3}}),
    ({"skill": "data-leakage"}, {"must": {"data-leakage": 2}}),
    ({"words": "lighthouse"}, {"text_en": "Keep a lighthouse."}),
    ({"words": "등대지기"}, {"title_ko": "등대지기 모집"}),
]


@pytest.mark.parametrize(("asked", "fits"), FILTERS, ids=[str(case[0]) for case in FILTERS])
def test_each_filter_changes_what_is_found(
    asked: dict[str, str], fits: dict[str, Any], client: Client
) -> None:
    other, wanted = openings.opening(title_en="Other"), openings.opening(**{"title_en": "Wanted", **fits})
    assert set(filters.found(people.person(), filters.Filters())) == {other, wanted}
    assert list(filters.found(people.person(), filters.Filters(**asked))) == [wanted]
    page = client.get("/openings", asked, headers={"accept-language": "en"}).content.decode()
    assert str(wanted.uid) in page
    assert str(other.uid) not in page


def test_organisation_state_and_mine_change_what_is_found(firm: Organisation) -> None:
    mine, draft = openings.opening(firm), openings.opening(firm, is_open=False)
    other, closed = openings.opening(), openings.opening()
    workflow.perform(closed, "close", by=people.person(roles=["secretariat"]))
    by = openings.speaker(firm)

    def found(**asked: str) -> set[Opening]:
        return set(filters.found(by, filters.Filters(**asked)))

    assert found() == {mine, other}
    assert found(organisation=firm.slug) == {mine}
    assert found(show="all") == {mine, draft, other, closed}
    assert found(mine="1") == {mine, draft}
    assert set(filters.found(people.person(), filters.Filters(show="all"))) == {mine, other, closed}


def test_the_number_of_queries_does_not_grow(
    firm: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = people.client_of(openings.speaker(firm))
    first = openings.opening(firm, must={"data-leakage": 2})
    urls = [
        "/openings",
        f"/openings/{first.uid}",
        f"/openings/{first.uid}/requirements",
        f"/openings/{first.uid}/edit",
    ]
    for url in urls:
        browser.get(url)
    for _ in range(9):
        openings.opening(must={"data-leakage": 2})
    for url in urls:
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = browser.get(url)
        assert answer.status_code == 200
