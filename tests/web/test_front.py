"""The front door answers everyone, with as many queries for a hundred problems as for three."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, notices
from dure.foundation.notices import Todo
from dure.learn.actions import enrolments, events
from dure.learn.cohorts import places
from dure.learn.models import ClassSession, Enrolment, LearningEvent
from dure.people.models import Person
from dure.problems.models import Problem, TeamMember
from tests.factories.cohorts import cohort
from tests.factories.course_files import COURSE
from tests.factories.courses import open_course
from tests.factories.front import STORIES, Alliance, alliance, open_challenge, talent_with_work
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, begun_challenge

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def test_front_page_and_health_answer_a_stranger(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/health").json() == {"status": "ok"}


def test_a_stranger_sees_what_is_open_and_who_is_ahead(client: Client) -> None:
    alliance()
    page = client.get("/", headers={"accept-language": "ko"}).content.decode()
    for story in STORIES:
        assert story[0] in page
    assert "한빛제철" in page
    assert page.count('class="track"') == 15
    assert "전체 가운데 얼마나 맞혔는지 봅니다. 높을수록 좋습니다." in page


def test_a_stranger_does_not_see_what_is_not_public(client: Client) -> None:
    made = alliance()
    Problem.objects.filter(pk=made.problems[0].pk).update(audience="members")
    Problem.objects.filter(pk=made.problems[1].pk).update(state="posted")
    page = client.get("/").content.decode()
    assert STORIES[0][0] not in page
    assert STORIES[1][0] not in page
    assert STORIES[2][0] in page


def test_a_solved_need_names_no_challenge_that_never_opened(client: Client) -> None:
    need = accepted_need()
    hidden, _host = begun_challenge(problem=need, slug="still-a-secret")
    Problem.objects.filter(pk=need.pk).update(state="solved", solved_at=clock.now())
    page = client.get("/").content.decode()
    assert f"/problems/{need.uid}" in page
    assert hidden.slug not in page


def test_a_person_sees_first_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    someone = talent_with_work(alliance())
    monkeypatch.setattr(notices, "_providers", [lambda _person: [Todo("Look at the draft", "/x", "asked")]])
    page = client_of(someone).get("/", headers={"accept-language": "ko"}).content.decode()
    assert page.index("Look at the draft") < page.index("내 팀") < page.index("열린 문제")


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_number_of_queries_is_small_and_does_not_grow(
    *, signed_in: bool, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = alliance()
    someone = talent_with_work(made)
    client = client_of(someone) if signed_in else Client()
    client.get("/")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/")
    before = len(few.captured_queries)
    assert before > 3
    much_more(made, someone)
    with django_assert_max_num_queries(before):
        client.get("/")


def much_more(made: Alliance, someone: Person) -> None:
    """Many more problems, members and submissions-to-be; the person is in more teams and owns more needs."""
    owner = person()
    Problem.objects.bulk_create(
        Problem(owner=owner, state="open", audience="public", number=100 + n, title_ko=f"문제 {n}")
        for n in range(50)
    )
    for n in range(3):
        mine = Problem.objects.create(owner=someone, state="open", audience="public", number=200 + n)
        challenge = open_challenge(mine, slug=f"more-{n}", metric="mae", members=made.organisations, days=3)
        team = challenge.teams.all()[0]
        TeamMember.objects.create(challenge=challenge, team=team, person=someone)


def test_language_is_chosen_by_the_button_and_kept(client: Client) -> None:
    answer = client.post("/language/setlang/", {"language": "en", "next": "/"}, follow=True)
    assert '<html lang="en">' in answer.content.decode()
    assert '<html lang="en">' in client.get("/").content.decode()


def test_home_shows_the_courses_one_is_in_the_middle_of(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    someone = person(language="en")
    client = client_of(someone)
    assert "Courses I am in the middle of" not in client.get("/").content.decode()
    for number in range(3):
        text = COURSE.replace("id: tiny", f"id: tiny-{number}")
        course = open_course(tmp_path / str(number), **{"course.yaml": text})
        enrolments.start(by=someone, course=course)
    events.record(Enrolment.objects.get(course__slug="tiny-1"), LearningEvent.Verb.READ, "unit/01-first")
    Enrolment.objects.filter(course__slug="tiny-2").update(state="left")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get("/").content.decode()
    assert page.index("/courses/tiny-1/go-on") < page.index("/courses/tiny-0/go-on")
    assert "tiny-2" not in page
    assert "11 %" in page


def test_home_shows_the_next_sessions_of_ones_own_cohorts(tmp_path: Path) -> None:
    course = open_course(tmp_path)
    led = cohort(course)
    someone, other = person(language="en"), person(language="en")
    places.apply(by=someone, cohort=led)
    now = clock.now()
    for title, hours, gone in (("Kick-off", 2, None), ("Last week", -99, None), ("Called off", 3, now)):
        ClassSession.objects.create(
            cohort=led,
            kind="online",
            title_ko=title,
            title_en=title,
            starts_at=now + timedelta(hours=hours),
            ends_at=now + timedelta(hours=hours + 1),
            called_off_at=gone,
        )
    for reader, sees in ((someone, True), (course.authors.get(), True), (other, False)):
        page = client_of(reader).get("/").content.decode()
        assert ("Kick-off" in page) is sees
        assert "Last week" not in page
        assert "Called off" not in page
