"""A learner begins a course, reads, answers, and moves to a new version; a stranger only reads."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dure.learn import leaving
from dure.learn.actions import enrolments, events, versions
from dure.learn.models import Course, Enrolment, LearningEvent, Standing
from tests.factories import people
from tests.factories.course_files import LESSON_EN, QUIZ, laid
from tests.factories.courses import author, open_course

pytestmark = pytest.mark.django_db
UNIT = "/courses/tiny/units/01-first"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def learner(course: Course) -> Client:
    person = people.person(language="en")
    client = people.client_of(person)
    assert client.post("/courses/tiny/start").status_code == 302
    return client


def begun() -> Client:
    """Another learner's browser."""
    client = people.client_of(people.person(language="en"))
    client.post("/courses/tiny/start")
    return client


def answer(client: Client, item: str, **given: object) -> str:
    response = client.post(f"{UNIT}/questions/{item}", given, headers={"HX-Request": "true"})
    assert response.status_code in (200, 422), response.content
    return response.content.decode()


def test_a_stranger_reads_and_may_not_answer(course: Course) -> None:
    page = Client().get(UNIT).content.decode()
    assert "<math" in page
    assert "versions/1/figures/01-first/box.svg" in page
    assert "guest" in page or "Sign in" in page or "로그인" in page
    assert Client().post(f"{UNIT}/questions/pick", {"given": "1"}).status_code == 403


def test_nothing_that_is_right_stands_in_the_page_before_it_is_told(learner: Client) -> None:
    page = learner.get(UNIT).content.decode()
    assert "right one" not in page
    assert "wrong one" not in page
    assert "That is why" not in page
    assert "fold" not in page
    assert "12.5" not in page


def test_a_wrong_answer_is_explained_and_tried_again(learner: Client) -> None:
    said = answer(learner, "pick", given="0")
    assert "Not yet" in said
    assert "wrong one" in said
    assert "right one" not in said
    said = answer(learner, "pick", given="1")
    assert "right one" in said
    assert "That is why" in said
    assert learner.post(f"{UNIT}/questions/pick", {"given": "1"}).status_code == 403


def test_no_try_is_left_after_the_last(learner: Client) -> None:
    answer(learner, "count", given="1")
    said = answer(learner, "count", given="2")
    assert "12.5" in said
    assert LearningEvent.objects.filter(verb="answered").count() == 2
    assert learner.post(f"{UNIT}/questions/count", {"given": "12.5"}).status_code == 403
    assert LearningEvent.objects.filter(verb="answered").count() == 2


def test_options_are_put_in_order_by_places(learner: Client) -> None:
    said = answer(learner, "sort", **{"place-0": "1", "place-1": "2", "place-2": "3"})
    assert "Right" in said


def test_two_options_at_one_place_are_no_answer(learner: Client) -> None:
    said = answer(learner, "sort", **{"place-0": "1", "place-1": "1", "place-2": "3"})
    assert "Choose or write an answer first." in said
    assert not LearningEvent.objects.filter(verb="answered").exists()


def test_feedback_that_is_never_told_is_not_told(learner: Client) -> None:
    said = answer(learner, "prints", given="1")
    assert "Received" in said
    assert "Right" not in said


def test_nothing_else_tells_either_and_one_answer_is_all(learner: Client) -> None:
    """Points, percentages, events and the form that closes would all say what the feedback does not."""
    for given, client in (("1", learner), ("2", begun())):
        answer(client, "prints", given=given)
        assert client.post(f"{UNIT}/questions/prints", {"given": "1"}).status_code == 403
        standing = client.get("/api/v1/courses/tiny/standing").json()
        assert standing["quizzes"] == 0
        assert standing["items"]["quiz/prints"] == {"points": None, "of": 1.0, "tries": 1, "settled": True}
        (event,) = (
            one for one in client.get("/api/v1/learning/events").json()["items"] if one["verb"] == "answered"
        )
        assert event["result"] == {"given": [given]}
        person = Enrolment.objects.get(person_id=client.session["_auth_user_id"]).person
        assert "right" not in str(leaving._learning(person))


def test_what_is_told_after_the_due_date_is_told_when_the_course_is_completed(tmp_path: Path) -> None:
    late = QUIZ.replace("id: pick, kind: single,", "id: pick, kind: single, feedback: after_due,")
    open_course(tmp_path, **{"units/01-first/quiz.yaml": late})
    client = begun()
    assert "Received" in answer(client, "pick", given="0")
    assert "wrong one" not in client.get(UNIT).content.decode()
    Enrolment.objects.update(state="completed")
    assert "wrong one" in client.get(UNIT).content.decode()


def test_a_course_is_found_by_what_one_learns_in_it_and_by_those_who_see_it(learner: Client) -> None:
    assert "/courses/tiny" in learner.get("/search", {"q": "Compute an area"}).content.decode()
    Course.objects.update(audience="private")
    other = people.client_of(people.person(language="en"))
    assert "/courses/tiny" not in other.get("/search", {"q": "Compute an area"}).content.decode()


@pytest.mark.parametrize("given", [{}, {"given": ["0", "1"]}, {"given": "9"}, {"given": "x"}])
def test_what_is_no_answer_costs_no_try(learner: Client, given: dict[str, object]) -> None:
    response = learner.post(f"{UNIT}/questions/pick", given)
    assert response.status_code == 422
    assert not LearningEvent.objects.filter(verb="answered").exists()


def test_reading_all_moves_on_and_counts_once(learner: Client) -> None:
    assert learner.post(f"{UNIT}/read").headers["Location"] == "/courses/tiny/units/02-second"
    learner.post(f"{UNIT}/read")
    assert learner.post("/courses/tiny/units/02-second/read").headers["Location"] == "/courses/tiny"
    assert LearningEvent.objects.filter(verb="read").count() == 2
    assert Standing.objects.get().read == ["01-first", "02-second"]


def test_a_learner_stays_on_the_version_begun_until_they_move(
    learner: Client, course: Course, tmp_path: Path
) -> None:
    answer(learner, "pick", given="1")
    changed = {"units/01-first/lesson.en.md": LESSON_EN.replace("# Area", "# Area, better said")}
    by = course.authors.get()
    versions.take_shipped(
        laid(tmp_path / "second", **changed), organisation=course.organisation, authors=[by]
    )
    assert "better said" not in learner.get(UNIT).content.decode()
    assert "newer version" in learner.get("/courses/tiny").content.decode()
    assert "better said" in Client(headers={"Accept-Language": "en"}).get(UNIT).content.decode()
    learner.post("/courses/tiny/act", {"action": "move"})
    assert "better said" in learner.get(UNIT).content.decode()
    assert Standing.objects.get().items["quiz/pick"]["points"] == 1


def test_points_of_an_item_that_is_gone_go_and_come_back(
    learner: Client, course: Course, tmp_path: Path
) -> None:
    answer(learner, "pick", given="1")
    without = {
        "units/01-first/quiz.yaml": QUIZ.replace("id: pick", "id: other"),
        "units/01-first/lesson.en.md": LESSON_EN.replace("quiz pick", "quiz other"),
        "units/01-first/lesson.ko.md": laid(tmp_path / "x")
        .joinpath("units/01-first/lesson.ko.md")
        .read_text()
        .replace("quiz pick", "quiz other"),
    }
    by = course.authors.get()
    versions.take_shipped(
        laid(tmp_path / "second", **without), organisation=course.organisation, authors=[by]
    )
    learner.post("/courses/tiny/act", {"action": "move"})
    assert "quiz/pick" not in Standing.objects.get().items


def test_leaving_and_taking_it_up_again(learner: Client) -> None:
    learner.post("/courses/tiny/act", {"action": "leave"})
    assert learner.post(f"{UNIT}/questions/pick", {"given": "1"}).status_code == 403
    learner.post("/courses/tiny/act", {"action": "return"})
    assert "Right" in answer(learner, "pick", given="1")


def test_events_cannot_be_changed_or_deleted(learner: Client) -> None:
    answer(learner, "pick", given="1")
    for statement in ("update learn_learningevent set verb = 'x'", "delete from learn_learningevent"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_standing_rebuilt_is_the_same(learner: Client) -> None:
    for item, given in (("pick", "0"), ("pick", "1"), ("count", "12.5"), ("word", "kfold")):
        answer(learner, item, given=given)
    learner.post(f"{UNIT}/read")
    before = Standing.objects.values().get()
    events.rebuild(Enrolment.objects.get())
    assert Standing.objects.values().get() == before


def test_a_course_in_preparation_is_hidden(tmp_path: Path) -> None:
    by = author()
    home = by.memberships.get().organisation
    from tests.factories.course_files import packed  # noqa: PLC0415 - used here alone

    versions.take(by=by, stream=packed(), organisation=home)
    assert Client().get("/courses/tiny").status_code == 404
    assert people.client_of(people.person()).get(UNIT).status_code == 404
    assert people.client_of(by).get("/courses/tiny").status_code == 200


def test_starting_twice_is_one_enrolment(learner: Client) -> None:
    learner.post("/courses/tiny/start")
    assert Enrolment.objects.count() == 1
    assert LearningEvent.objects.filter(verb="started").count() == 1


def test_figures_come_as_attachments_and_nothing_else_does(learner: Client) -> None:
    response = learner.get("/courses/tiny/versions/1/figures/01-first/box.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    for name in ("gone.svg", "quiz.yaml", "..%2Flab%2Fhidden.py"):
        assert learner.get(f"/courses/tiny/versions/1/figures/01-first/{name}").status_code == 404


def test_only_learners_of_their_own_enrolment_answer(learner: Client, course: Course) -> None:
    other = people.client_of(people.person(language="en"))
    assert other.post(f"{UNIT}/questions/pick", {"given": "1"}).status_code == 404
    person = people.person()
    enrolment = Enrolment.objects.get()
    with pytest.raises(Exception, match="not_own"):
        enrolments.answer(by=person, enrolment=enrolment, item="pick", given=["1"])
