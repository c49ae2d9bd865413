"""An instructor hands a course in, the farm checks its labs, versions are published, files changed on pages."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from dure.engines.courses import RESERVED
from dure.foundation.limited import child
from dure.foundation.models import Notice
from dure.learn.models import Course, CourseVersion, LabCheck
from dure.people.models import Person
from tests.factories import people
from tests.factories.course_files import COURSE, HIDDEN, LAB_SOURCE, PUBLIC, packed
from tests.factories.courses import author
from tests.factories.farm import run_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]


@pytest.fixture
def instructor() -> Person:
    return author()


@pytest.fixture
def client(instructor: Person) -> Client:
    return people.client_of(instructor)


def hand_in(client: Client, instructor: Person, **changed: str | None) -> int:
    upload = packed(**changed)
    upload.name = "tiny.zip"
    home = instructor.memberships.get().organisation
    return client.post("/courses/new", {"organisation": home.pk, "file": upload}).status_code


def test_a_good_course_is_checked_published_and_opened(client: Client, instructor: Person) -> None:
    assert hand_in(client, instructor) == 302
    version = CourseVersion.objects.get()
    assert version.state == "checking"
    assert client.post("/courses/tiny/versions/1/act", {"action": "publish"}).status_code == 409
    run_all()
    assert [check.program for check in LabCheck.objects.all()] == [
        "reference",
        "stub",
        "always true",
        "reads tests",
        "forges a report",
    ]
    version.refresh_from_db()
    assert (version.state, version.findings) == ("ready", [])
    assert Notice.objects.get(person=instructor).kind == "learn.version_checked"
    assert client.post("/courses/tiny/versions/1/act", {"action": "grade_again"}).status_code == 403
    assert client.post("/courses/tiny/state", {"action": "open"}).status_code == 403
    assert client.post("/courses/tiny/versions/1/act", {"action": "publish"}).status_code == 302
    assert client.post("/courses/tiny/state", {"action": "open"}).status_code == 302
    course = Course.objects.get()
    assert (course.state, course.title_en, course.current) == ("open", "Tiny course", version)
    assert "Tiny course" in Client(headers={"Accept-Language": "en"}).get("/courses").content.decode()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (
            {"units/01-first/lab/lab.py": LAB_SOURCE.replace("return a * b", "return a + b")},
            "lab_reference_fails",
        ),
        ({"units/01-first/lab/hidden.py": "def any_box():\n    return True\n"}, "lab_stub_passes"),
        ({"units/01-first/lab/public.py": "import nothing_there\n" + PUBLIC}, "lab_tests_broken"),
    ],
)
def test_a_lab_that_does_not_hold_cannot_be_published(
    client: Client, instructor: Person, changed: dict[str, str], code: str
) -> None:
    hand_in(client, instructor, **changed)
    run_all()
    version = CourseVersion.objects.get()
    assert version.state == "failed"
    assert code in {finding["code"] for finding in version.findings}
    assert client.post("/courses/tiny/versions/1/act", {"action": "publish"}).status_code == 409
    assert "units/01-first/lab" in client.get("/courses/tiny/versions").content.decode()


def test_every_fault_is_told_and_nothing_is_made(client: Client, instructor: Person) -> None:
    broken = {"course.yaml": COURSE.replace("hours: 2", "hours: many"), "units/01-first/lesson.en.md": None}
    assert hand_in(client, instructor, **broken) == 422
    assert not Course.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_zip_is_refused(client: Client, instructor: Person, content: bytes) -> None:
    upload = io.BytesIO(content or b" ")
    upload.name = "x.zip"
    home = instructor.memberships.get().organisation
    response = client.post("/courses/new", {"organisation": home.pk, "file": upload})
    assert response.status_code == 422
    assert not Course.objects.exists()


def test_the_same_folder_twice_is_one_version(client: Client, instructor: Person) -> None:
    hand_in(client, instructor)
    hand_in(client, instructor)
    assert CourseVersion.objects.count() == 1


def at_once(monkeypatch: pytest.MonkeyPatch, *uploads: Person) -> list[int]:
    """Hand the same new course in for each of them; nobody writes before all have read."""
    all_have_read, read = Barrier(len(uploads), timeout=30), child.call

    def meet(function: str, **given: Any) -> Any:
        found = read(function, **given)
        all_have_read.wait()
        return found

    def upload(by: Person) -> int:
        try:
            return hand_in(people.client_of(by), by)
        finally:
            connection.close()

    monkeypatch.setattr(child, "call", meet)
    with ThreadPoolExecutor(len(uploads)) as pool:
        return sorted(pool.map(upload, uploads))


def test_two_uploads_of_one_new_course_at_once_make_one_version(
    instructor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_once(monkeypatch, instructor, instructor) == [302, 302]
    version = CourseVersion.objects.get()
    assert version.course.authors.get() == instructor
    assert version.checks.count() == 5


def test_of_two_instructors_at_once_one_has_the_id_and_the_other_reads_why(
    instructor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_once(monkeypatch, instructor, author()) == [302, 403]
    assert CourseVersion.objects.count() == 1


PAGES_BESIDE_COURSES = {
    found[1]
    for pattern in get_resolver("dure.learn.urls").url_patterns
    if (found := re.match(r"courses/([a-z0-9-]+)(?:/|$)", str(pattern.pattern)))
}


def test_no_course_can_be_called_as_a_page_of_ours_is() -> None:
    """A new page beside the courses has to be named in RESERVED, or a course of that name could never be reached."""
    assert "new" in PAGES_BESIDE_COURSES
    assert PAGES_BESIDE_COURSES <= RESERVED


def test_an_id_that_is_a_page_is_refused_in_words(client: Client, instructor: Person) -> None:
    assert hand_in(client, instructor, **{"course.yaml": COURSE.replace("id: tiny", "id: new")}) == 422
    assert not Course.objects.exists()


def test_a_folder_within_a_folder_is_found(client: Client, instructor: Person) -> None:
    inner, outer = zipfile.ZipFile(packed()), io.BytesIO()
    with zipfile.ZipFile(outer, "w") as made:
        for name in inner.namelist():
            made.writestr(f"my-course/{name}", inner.read(name))
    outer.seek(0)
    outer.name = "tiny.zip"
    home = instructor.memberships.get().organisation
    assert client.post("/courses/new", {"organisation": home.pk, "file": outer}).status_code == 302


def test_a_file_changed_on_a_page_makes_a_new_version(client: Client, instructor: Person) -> None:
    hand_in(client, instructor)
    address = "/courses/tiny/versions/1/files/units/02-second/lesson.en.md"
    assert "That is all." in client.get(address).content.decode()
    assert client.post(address, {"text": "# The end\r\n\r\nThat was all.\r\n"}).status_code == 302
    assert CourseVersion.objects.count() == 2
    assert "That was all." in client.get(address.replace("/1/", "/2/")).content.decode()
    assert "That is all." in client.get(address).content.decode()
    assert client.post(address, {"text": "# The end\n\nThat is all.\n"}).status_code == 302
    assert CourseVersion.objects.count() == 2


def test_what_has_faults_stays_in_the_form(client: Client, instructor: Person) -> None:
    hand_in(client, instructor)
    address = "/courses/tiny/versions/1/files/units/01-first/quiz.yaml"
    response = client.post(address, {"text": "items: [oh"})
    assert response.status_code == 422
    assert "items: [oh" in response.content.decode()
    assert CourseVersion.objects.count() == 1


def test_only_authors_see_versions_and_files(client: Client, instructor: Person) -> None:
    hand_in(client, instructor)
    run_all()
    client.post("/courses/tiny/versions/1/act", {"action": "publish"})
    client.post("/courses/tiny/state", {"action": "open"})
    learner = people.client_of(people.person())
    for path in (
        "versions",
        "versions/1/files",
        "versions/1/archive",
        "versions/1/files/units/01-first/lab/hidden.py",
    ):
        assert learner.get(f"/courses/tiny/{path}").status_code == 403, path
        assert Client().get(f"/courses/tiny/{path}").status_code == 403, path
    assert learner.post("/courses/tiny/state", {"action": "close"}).status_code == 403
    other = people.client_of(author())
    assert other.get("/courses/tiny/versions/1/archive").status_code == 403
    assert other.post("/courses/tiny/versions", {"file": packed()}).status_code == 403


def test_another_instructor_cannot_take_an_id(client: Client, instructor: Person) -> None:
    hand_in(client, instructor)
    other = author()
    upload = packed(**{"units/02-second/lesson.en.md": "# Mine\n\nNow.\n"})
    upload.name = "tiny.zip"
    home = other.memberships.get().organisation
    assert (
        people.client_of(other).post("/courses/new", {"organisation": home.pk, "file": upload}).status_code
        == 403
    )
    assert CourseVersion.objects.count() == 1


def test_who_is_no_instructor_reads_why(instructor: Person) -> None:
    person = people.person(language="en")
    people.member(person, instructor.memberships.get().organisation)
    client = people.client_of(person)
    assert "Ask the secretariat for the role" in client.get("/courses/new").content.decode()
    assert hand_in(client, person) == 403


def test_a_broken_hidden_test_is_found_even_where_the_public_ones_hold(
    client: Client, instructor: Person
) -> None:
    hand_in(client, instructor, **{"units/01-first/lab/hidden.py": HIDDEN.replace("a * b)", "a * b + 1)")})
    run_all()
    (finding,) = CourseVersion.objects.get().findings
    assert finding["params"]["test"] == "any_box"


def test_the_archive_comes_back_as_it_went_in(client: Client, instructor: Person, tmp_path: Path) -> None:
    hand_in(client, instructor)
    path = tmp_path / "back.zip"
    path.write_bytes(b"".join(client.get("/courses/tiny/versions/1/archive").streaming_content))  # type: ignore[attr-defined]  # a file
    back, sent = zipfile.ZipFile(path), zipfile.ZipFile(packed())
    assert {name: back.read(name) for name in back.namelist()} == {
        name: sent.read(name) for name in sent.namelist()
    }
