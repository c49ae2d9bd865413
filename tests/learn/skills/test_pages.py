"""What I can do now: the page, REST, and what counts for nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock
from dure.learn.actions import enrolments, events
from dure.learn.models import Course, Enrolment, LearningEvent
from dure.learn.paths import practising
from dure.learn.paths.bank import bank
from dure.people.models import Person
from dure.problems.models import ResultRecord, Team
from tests.factories.course_files import COURSE, FILES
from tests.factories.courses import open_course
from tests.factories.credentials import awarded
from tests.factories.front import alliance
from tests.factories.people import client_of, person
from tests.learn.paths.test_bank import right_answer

pytestmark = pytest.mark.django_db
Verb = LearningEvent.Verb
MOST_QUERIES = 12


@pytest.fixture
def learner() -> Person:
    return person(language="en")


def begin(learner: Person, course: Course) -> Enrolment:
    return enrolments.start(by=learner, course=course)


def graded(enrolment: Enrolment, points: float, *, of: float = 4.0) -> None:
    events.record(enrolment, Verb.GRADED, "lab/01-first", attempt="a", points=points, of=of, tests="t")


def shown(learner: Person, part: str = "shown") -> dict[str, Any]:
    found = client_of(learner).get("/api/v1/me/skills").json()
    return {one["skill"]: one for one in found[part]}


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/me/skills").status_code == 403
    assert client.get("/api/v1/me/skills").status_code in (401, 403)


def test_the_empty_page_says_what_would_stand_there(learner: Person) -> None:
    page = client_of(learner).get("/me/skills").content.decode()
    assert "No evidence yet" in page
    assert "seven tenths" in page


def test_a_graded_lab_shows_its_skill_and_what_is_missing(tmp_path: Path, learner: Person) -> None:
    graded(begin(learner, open_course(tmp_path)), 4)
    page = client_of(learner).get("/me/skills").content.decode()
    assert "Level 1: With guidance" in page
    assert 'href="/courses/tiny/units/01-first/lab/results"' in page
    assert "4 of 4 points, version 1 of the course" in page
    assert "What is missing to level 2" in page
    assert "Finds rows of the same machine or patient on both sides" in page
    assert "No open course leads there yet." in page


def test_where_to_learn_the_next_level_is_named(tmp_path: Path, learner: Person) -> None:
    graded(begin(learner, open_course(tmp_path)), 4)
    more = COURSE.replace("id: tiny", "id: further").replace("data-leakage: 1", "data-leakage: 2")
    open_course(tmp_path / "b", **{"course.yaml": more})
    assert shown(learner)["data-leakage"]["teaches"] == [{"course": "further", "level": 2}]


def test_a_weak_lab_a_question_and_practice_show_nothing(tmp_path: Path, learner: Person) -> None:
    enrolment = begin(learner, open_course(tmp_path))
    graded(enrolment, 2)
    events.record(
        enrolment, Verb.ANSWERED, "quiz/pick", given=["1"], right=True, skill="data-leakage", points=1
    )
    for item in bank().of("data-leakage"):
        practising.answer(by=learner, item=item.id, given=right_answer(item))
    assert shown(learner) == {}
    begun = shown(learner, "begun")["data-leakage"]
    assert (begun["level"], begun["next_level"]) == (0, 1)
    assert begun["criteria"][0].startswith("Separates columns")


def test_what_was_left_stays_shown(tmp_path: Path, learner: Person) -> None:
    enrolment = begin(learner, open_course(tmp_path))
    graded(enrolment, 4)
    Enrolment.objects.filter(pk=enrolment.pk).update(state="left")
    assert shown(learner)["data-leakage"]["level"] == 1


def test_a_credential_shows_what_its_course_gains_while_it_stands(
    tmp_path: Path, learner: Person, settings: Any
) -> None:
    settings.DATA = tmp_path
    course = open_course(tmp_path)
    begin(learner, course)
    badge = awarded(learner, course=course, skills=())
    (fact,) = shown(learner)["data-leakage"]["facts"]
    assert (fact["kind"], fact["url"], fact["shows"]) == ("credential", f"/badges/{badge.uid}", 1)
    type(badge).objects.filter(pk=badge.pk).update(state="revoked")
    assert shown(learner) == {}
    type(badge).objects.filter(pk=badge.pk).update(
        state="standing", expires_at=clock.now() - timedelta(days=1)
    )
    assert shown(learner) == {}


def ended(learner: Person, tmp_path: Path, *, reproduced: bool) -> ResultRecord:
    """A result in the challenge in which an open course ends that gains level 3."""
    alliance()
    changed = {
        "course.yaml": COURSE.replace("data-leakage: 1", "data-leakage: 3"),
        "units/02-second/unit.yaml": FILES["units/02-second/unit.yaml"] + "challenge: story-0\n",
    }
    open_course(tmp_path, **changed)
    team = Team.objects.filter(challenge__slug="story-0")[0]
    return ResultRecord.objects.create(
        challenge=team.challenge,
        person=learner,
        team=team,
        metric="mae",
        score=1,
        rank=2,
        teams=9,
        reproduced=reproduced,
    )


@pytest.mark.parametrize(("reproduced", "level"), [(False, 2), (True, 3)], ids=["placed", "run-again"])
def test_a_challenge_shows_what_the_course_that_ends_in_it_is_about(
    tmp_path: Path, learner: Person, *, reproduced: bool, level: int
) -> None:
    ended(learner, tmp_path, reproduced=reproduced)
    found = shown(learner)["data-leakage"]
    assert found["level"] == level
    assert found["facts"][0]["url"] == "/challenges/story-0/leaderboard"
    assert found["facts"][0]["detail"] == "rank 2 of 9"


def test_a_challenge_shows_what_its_host_said_also_where_no_course_ends(
    tmp_path: Path, learner: Person
) -> None:
    challenge = ended(learner, tmp_path, reproduced=False).challenge
    challenge.skills = ["data-quality", "data-leakage"]
    challenge.save()
    found = shown(learner)
    assert {slug: (one["level"], len(one["facts"])) for slug, one in found.items()} == {
        "data-quality": (2, 1),
        "data-leakage": (2, 1),
    }


def test_it_speaks_korean(tmp_path: Path) -> None:
    someone = person(language="ko")
    graded(begin(someone, open_course(tmp_path)), 4)
    page = client_of(someone).get("/me/skills").content.decode()
    assert "지금 할 수 있는 것" in page
    assert "같은 설비나 환자의 행이" in page


def test_the_number_of_queries_does_not_grow(
    tmp_path: Path, learner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ended(learner, tmp_path / "first", reproduced=True)
    client = client_of(learner)
    client.get("/me/skills")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/me/skills")
    for number in range(5):
        text = COURSE.replace("id: tiny", f"id: tiny-{number}")
        graded(begin(learner, open_course(tmp_path / str(number), **{"course.yaml": text})), 4)
    with django_assert_max_num_queries(MOST_QUERIES) as more:
        client.get("/me/skills")
    assert len(more.captured_queries) <= len(few.captured_queries) + 2
