"""What next: pages, REST, and who sees it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.learn.actions import enrolments
from dure.learn.models import LearningEvent, PracticeAnswer
from dure.learn.paths import practising
from dure.learn.paths.bank import bank
from dure.learn.paths.tracks import tracks
from dure.people import api as people
from dure.people.exports import export_of
from tests.factories.courses import open_course
from tests.factories.people import person
from tests.learn.paths.test_bank import right_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client: Client) -> people.Person:
    found = person(language="en")
    client.force_login(found)
    return found


def answer_all(by: people.Person, *, right: bool) -> None:
    for item in bank().items.values():
        given = right_answer(item)
        if not right:
            given = given[::-1] if item.kind == "order" else [wrong_answer(item)]
        assert practising.answer(by=by, item=item.id, given=given).right is right


def wrong_answer(item: Any) -> str:
    options = [str(at) for at, option in enumerate(item.options) if not option.right]
    return options[0] if options else "-1"


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    for address in ("/path", "/path/question", "/api/v1/me/path"):
        assert client.get(address).status_code in (401, 403)


def test_the_first_page_offers_questions_and_claims_nothing(client: Client, learner: people.Person) -> None:
    page = client.get("/path").content.decode()
    assert "Where do you stand?" in page
    assert "Your next step" not in page


def test_an_answer_is_judged_explained_and_leads_on(client: Client, learner: people.Person) -> None:
    page = client.get("/path/question").content.decode()
    assert 'action="/path/questions/python-1"' in page
    assert "there are two different keys" not in page
    page = client.post("/path/questions/python-1", {"given": "2 2"}).content.decode()
    assert "there are two different keys" in page
    assert 'href="/path/question"' in page
    kept = PracticeAnswer.objects.get()
    assert (kept.person, kept.item, kept.skill, kept.given, kept.right) == (
        learner,
        "python-1",
        "python-basics",
        ["2 2"],
        True,
    )
    assert "python-1" not in client.get("/path/question").content.decode()


def test_a_part_of_the_page_is_enough_where_the_browser_asks_for_one(
    client: Client, learner: people.Person
) -> None:
    headers = {"hx-request": "true"}
    part = client.post("/path/questions/python-1", {"given": "3"}, headers=headers).content.decode()
    assert "Not right" in part
    assert "<html" not in part


def test_no_answer_keeps_nothing(client: Client, learner: people.Person) -> None:
    answer = client.post("/path/questions/stats-1", {})
    assert answer.status_code == 422
    assert "Choose or write an answer first." in answer.content.decode()
    assert not PracticeAnswer.objects.exists()
    assert client.post("/path/questions/none", {"given": "1"}).status_code == 404
    assert client.get("/path/question?skill=sql").status_code == 404


def test_the_next_step_says_why(client: Client, learner: people.Person) -> None:
    answer_all(learner, right=False)
    page = client.get("/path").content.decode()
    assert "Your next step" in page
    assert "your answers are least sure in this one" in page
    assert "It rests on nothing else that is asked about here." in page
    assert "It opens the way to: " in page
    assert "Comes after: Data quality, Model validation." in page


def test_when_all_is_firm_there_is_nothing_to_practise(client: Client, learner: people.Person) -> None:
    answer_all(learner, right=True)
    assert "firm in every skill" in client.get("/path").content.decode()
    assert client.get("/path/question").headers["location"] == "/path"
    assert client.get("/api/v1/me/path/question").status_code == 404


def test_answers_in_a_course_order_practice_and_practice_never_counts_in_a_course(tmp_path: Path) -> None:
    course = open_course(tmp_path)
    learner = person()
    enrolment = enrolments.start(by=learner, course=course)
    item = next(item for unit in enrolment.version.taught.units for item in unit.quiz if item.options)
    enrolments.answer(by=learner, enrolment=enrolment, item=item.id, given=right_answer(item))
    assert [(one.skill, one.right, one.item) for one in practising.answers_of(learner)] == [
        (item.skill, True, None)
    ]
    before = LearningEvent.objects.count()
    practising.answer(by=learner, item="python-1", given=["2 2"])
    assert LearningEvent.objects.count() == before


def test_a_learner_takes_it_along_and_deletes_it(client: Client, learner: people.Person) -> None:
    practising.answer(by=learner, item="python-1", given=["2 2"])
    other = person()
    practising.answer(by=other, item="python-1", given=["3"])
    assert b"practice.json" in export_of(learner)
    assert [row["item"] for row in practising.exported(learner)] == ["python-1"]
    assert "are deleted" in client.post("/path/forget", follow=True).content.decode()
    assert list(PracticeAnswer.objects.values_list("person", flat=True)) == [other.pk]
    practising.forget_gone(people.AccountDeleted(person=other.pk))
    assert not PracticeAnswer.objects.exists()


def test_rest_does_all_that_the_pages_do(client: Client, learner: people.Person) -> None:
    asked = client.get("/api/v1/me/path/question?skill=statistics-basics").json()
    assert (asked["item"], asked["kind"]) == ("stats-1", "single")
    assert "right" not in json.dumps(asked)
    sent = json.dumps({"given": ["0"]})
    told = client.post("/api/v1/me/path/questions/stats-1", sent, content_type="application/json").json()
    assert told["right"] is True
    assert told["options"][0]["why_en"] == "One rare case does not pull it away."
    mine = client.get("/api/v1/me/path").json()
    assert mine["step"]["reasons"][0] == "No question about it has been asked yet."
    assert {place["standing"] for place in mine["places"]} == {"unseen", "growing"}
    assert client.delete("/api/v1/me/path/answers").json() == {"deleted": 1}


def test_a_skill_says_which_courses_teach_it(client: Client, tmp_path: Path) -> None:
    course = open_course(tmp_path)
    page = client.get("/skills/data-leakage", headers={"accept-language": "en"}).content.decode()
    assert "Courses that teach it" in page
    assert f'href="/courses/{course.slug}"' in page
    assert "Courses that teach it" not in client.get("/skills/git").content.decode()


def test_a_course_says_which_skills_it_needs_and_gives(client: Client, tmp_path: Path) -> None:
    page = client.get(
        f"/courses/{open_course(tmp_path).slug}", headers={"accept-language": "ko"}
    ).content.decode()
    gains, needs = page.index('href="/skills/data-leakage"'), page.index('href="/skills/python-basics"')
    assert gains < needs
    assert "도움받아 하기" in page


def test_tracks_bind_courses_data_and_problems(client: Client, tmp_path: Path) -> None:
    course = open_course(tmp_path)
    page = client.get("/tracks", headers={"accept-language": "en"}).content.decode()
    assert f'href="/courses/{course.slug}"' in page
    assert "Turbofan engine degradation FD001" in page
    found = client.get("/api/v1/tracks", headers={"accept-language": "ko"}).json()
    assert [track["key"] for track in found] == ["manufacturing", "telecom", "health", "energy", "public"]
    assert found[1]["name"] == "통신"


def test_tracks_name_skills_of_the_catalogue() -> None:
    named = [slug for track in tracks() for slug in track.skills]
    assert people.skills_named(named).keys() == set(named)


def test_pages_ask_the_same_few_questions_whatever_was_answered(
    client: Client, learner: people.Person, django_assert_max_num_queries: Any
) -> None:
    for _round in range(2):
        with django_assert_max_num_queries(10):
            client.get("/path")
        with django_assert_max_num_queries(7):
            client.get("/path/question")
        with django_assert_max_num_queries(7):
            client.get("/tracks")
        answer_all(learner, right=False)
