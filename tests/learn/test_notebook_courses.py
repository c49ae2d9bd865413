"""An instructor uploads a notebook for nbgrader, and has a course and the list of what is left to do."""

import io

import pytest
from django.test import Client

from dure.learn.models import Course, CourseVersion
from dure.people.actions.tokens import create_token
from dure.people.models import Person
from tests.factories import people
from tests.factories.courses import author
from tests.factories.farm import run_all
from tests.factories.notebooks import SQUARES, notebook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]


@pytest.fixture
def instructor() -> Person:
    return author()


def hand_in(by: Person, content: bytes, *, licence: str = "CC-BY-4.0") -> tuple[int, str]:
    upload = io.BytesIO(content)
    upload.name = "Squares.ipynb"
    given = {"organisation": by.memberships.get().organisation_id, "licence": licence, "file": upload}
    answer = people.client_of(by).post("/courses/new", given)
    return answer.status_code, answer.content.decode()


def test_a_notebook_is_taken_checked_and_published(instructor: Person) -> None:
    status, page = hand_in(instructor, notebook(*SQUARES))
    assert status == 200
    assert "cells[2]: Lines that only a notebook understands were made comments." in page
    run_all()
    version = CourseVersion.objects.get()
    assert (version.course.slug, version.state, version.findings) == ("squares", "ready", [])
    client = people.client_of(instructor)
    assert client.post("/courses/squares/versions/1/act", {"action": "publish"}).status_code == 302
    assert "번역 필요" in client.get("/courses/squares/versions/1/files/course.yaml").content.decode()


def test_the_same_notebook_again_shows_the_list_again(instructor: Person) -> None:
    pages = [hand_in(instructor, notebook(*SQUARES))[1] for _ in range(2)]
    assert all("cells[2]: Lines that only a notebook" in page for page in pages)
    assert CourseVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "licence", "said"),
    [
        (b"{", "MIT", "This is no notebook that can be read"),
        (notebook(*SQUARES), "", "Choose under which licence"),
        (b" " * (8 * 1024**2 + 1), "MIT", "8.0 MB"),
        (notebook(*SQUARES[:5]), "MIT", "No test could be taken over."),
    ],
    ids=["broken", "no licence", "huge", "no tests"],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    content: bytes, licence: str, said: str, instructor: Person
) -> None:
    status, page = hand_in(instructor, content, licence=licence)
    assert status == 422
    assert said in page
    assert not Course.objects.exists()


def test_who_is_no_instructor_makes_no_course_of_a_notebook(instructor: Person) -> None:
    person = people.person(language="en")
    people.member(person, instructor.memberships.get().organisation)
    assert hand_in(person, notebook(*SQUARES))[0] == 403


def test_the_rest_door_does_the_same(instructor: Person, client: Client) -> None:
    token = create_token(instructor, name="course", scopes=["host"], days=1).plain
    upload = io.BytesIO(notebook(*SQUARES))
    upload.name = "Squares.ipynb"
    given = {"licence": "CC-BY-4.0", "file": upload}
    answer = client.post("/api/v1/course-notebooks", given, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201
    assert [one["code"] for one in answer.json()["remarks"]][-1] == "nbgrader_words"
