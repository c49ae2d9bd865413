"""Who follows a class: the gradebook, a learner, one's own people, whom to ask, and what leaves as a file."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dure.foundation import clock, files
from dure.foundation.ids import uuid7
from dure.learn.actions import enrolments, events, versions
from dure.learn.models import Course, Enrolment, Grading, Lab, LabAttempt, LearningEvent
from dure.people.models import Membership, Organisation
from tests.factories import people
from tests.factories.course_files import LESSON_EN, LESSON_KO, QUIZ, laid
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db
PAGE = "/courses/tiny/learners"
REST = "/api/v1/courses/tiny/learners"
Verb = LearningEvent.Verb


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def teacher(course: Course) -> Client:
    return people.client_of(course.authors.get())


def learner(course: Course, name: str, *, organisation: Organisation | None = None) -> Enrolment:
    person = people.person(name_en=name, name_ko=name)
    return enrolments.start(by=person, course=course, organisation=organisation)


def answered(enrolment: Enrolment, item: str, *, right: bool = True) -> None:
    events.record(enrolment, Verb.ANSWERED, f"quiz/{item}", right=right, points=1.0, given=["1"])


def graded(enrolment: Enrolment, points: float, *, of: float = 4) -> None:
    events.record(enrolment, Verb.GRADED, "lab/01-first", points=points, of=of, attempt=str(uuid7()))


def text(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def names(client: Client, query: str) -> list[str]:
    rows = client.get(f"{REST}{query}").json()["items"]
    return [row["name"] for row in rows]


def test_the_gradebook_shows_points_by_unit_and_totals(course: Course, teacher: Client) -> None:
    kim = learner(course, "Kim Haneul")
    answered(kim, "pick")
    answered(kim, "many")
    graded(kim, 3)
    page = text(teacher)
    assert "Kim Haneul" in page
    row = teacher.get(REST).json()["items"][0]
    assert row["units"] == {
        "01-first": {"questions": 3.0, "lab": 3.0},
        "02-second": {"read": False},
    }
    assert (row["quizzes"], row["labs"], row["version"], row["state"]) == (
        round(100 * 3 / 7, 2),
        75.0,
        1,
        "active",
    )
    assert row["uid"] == str(kim.uid)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("done", ["A", "C", "B"]),
        ("-done", ["B", "C", "A"]),
        ("last", ["A", "C", "B"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_learners_are_sorted(course: Course, teacher: Client, sort: str, expected: list[str]) -> None:
    _a, b, c = (learner(course, name) for name in "ABC")
    answered(c, "pick")
    answered(b, "pick")
    answered(b, "many")
    assert names(teacher, f"?sort={sort}") == expected


def test_learners_are_found_by_where_they_are_in_a_unit(course: Course, teacher: Client) -> None:
    _none, some, whole = (learner(course, name) for name in ("None", "Some", "Whole"))
    answered(some, "pick", right=False)
    for item in ("pick", "many", "count", "word", "sort", "prints"):
        answered(whole, item)
    graded(whole, 4)
    events.record(whole, Verb.READ, "unit/01-first")
    assert names(teacher, "?unit=01-first&state=untouched") == ["None"]
    assert names(teacher, "?unit=01-first&state=begun") == ["Some"]
    assert names(teacher, "?unit=01-first&state=done") == ["Whole"]
    assert names(teacher, "?unit=02-second&state=untouched") == ["None", "Some", "Whole"]
    assert names(teacher, "?unit=gone&state=done") == []


def test_learners_of_an_older_version_stand_beside_their_own_items(
    course: Course, teacher: Client, tmp_path: Path
) -> None:
    old = learner(course, "Old hand")
    answered(old, "pick")
    folder = laid(
        tmp_path / "second",
        **{
            "units/01-first/quiz.yaml": QUIZ.replace("id: pick,", "id: other,"),
            "units/01-first/lesson.ko.md": LESSON_KO.replace("quiz pick", "quiz other"),
            "units/01-first/lesson.en.md": LESSON_EN.replace("quiz pick", "quiz other"),
        },
    )
    versions.take_shipped(folder, organisation=course.organisation, authors=list(course.authors.all()))
    course.refresh_from_db()
    new = learner(course, "Newcomer")
    assert new.version_id != old.version_id
    rows = {row["name"]: row for row in teacher.get(REST).json()["items"]}
    assert (rows["Old hand"]["version"], rows["Newcomer"]["version"]) == (1, 2)
    assert rows["Old hand"]["units"]["01-first"]["questions"] == 1.0
    page = text(teacher, f"{PAGE}/{old.uid}")
    assert "Which is right?" in page or "어느 것이 맞나요?" in page


@pytest.mark.parametrize(
    ("who", "status"), [("secretariat", 200), ("auditor", 200), ("operator", 403), ("", 403)]
)
def test_only_those_who_answer_for_a_course_read_all_its_learners(
    course: Course, who: str, status: int
) -> None:
    kim = learner(course, "Kim Haneul")
    client = people.client_of(people.person(roles=[who] if who else []))
    addresses = (PAGE, f"{PAGE}/{kim.uid}", f"{PAGE}/export", REST, f"{REST}/export", f"{REST}/at-risk")
    for address in addresses:
        response = client.get(address)
        assert response.status_code == status, address
        assert status == 200 or b"Haneul" not in response.content
    assert Client().get(PAGE).status_code == 403
    assert people.client_of(kim.person).get(f"{PAGE}/{kim.uid}").status_code == 403


def test_a_learner_of_another_course_is_not_there(course: Course, teacher: Client) -> None:
    assert teacher.get(f"{PAGE}/{uuid7()}").status_code == 404


@pytest.fixture
def sponsor() -> Organisation:
    return people.organisation(slug="sponsor", name_en="Sponsor works", name_ko="후원")


def test_a_sponsor_reads_how_far_its_own_people_are_and_nothing_else(
    course: Course, sponsor: Organisation
) -> None:
    own = learner(course, "Own person", organisation=sponsor)
    answered(own, "pick")
    learner(course, "Somebody else")
    other = people.organisation(slug="other-firm")
    learner(course, "Of another", organisation=other)
    boss = people.person(language="en")
    people.member(boss, sponsor, Membership.Role.REPRESENTATIVE)
    client = people.client_of(boss)
    page = text(client, f"{PAGE}?organisation=sponsor")
    assert "Own person" in page
    assert "Somebody else" not in page
    assert "Of another" not in page
    assert "Which is right?" not in page
    assert str(own.uid) not in page
    for address in (PAGE, f"{PAGE}/{own.uid}", f"{PAGE}/export?organisation=sponsor", f"{PAGE}/events"):
        assert client.get(address).status_code == 403, address
    assert client.get(f"{PAGE}?organisation=other-firm").status_code == 403
    assert client.get(f"{PAGE}?organisation=no-such-firm").status_code == 404
    row = client.get(f"{REST}?organisation=sponsor").json()["items"]
    assert [(one["name"], one["units"]) for one in row] == [("Own person", {})]
    assert "organisation=sponsor" in text(client, "/courses/tiny")


def test_a_mere_member_of_the_sponsor_reads_nothing(course: Course, sponsor: Organisation) -> None:
    learner(course, "Own person", organisation=sponsor)
    colleague = people.person()
    people.member(colleague, sponsor)
    client = people.client_of(colleague)
    assert client.get(f"{PAGE}?organisation=sponsor").status_code == 403
    assert "organisation=sponsor" not in text(client, "/courses/tiny")


def test_a_learner_reads_who_sees_how_far_they_are(course: Course, sponsor: Organisation) -> None:
    own = learner(course, "Own person", organisation=sponsor)
    free = learner(course, "Free person")
    told = "representatives of your organisation"
    for enrolment, expected in ((own, True), (free, False)):
        client = people.client_of(enrolment.person)
        client.cookies["dure_language"] = "en"
        assert (told in text(client, "/courses/tiny")) is expected


@pytest.fixture
def attempt(course: Course) -> LabAttempt:
    kim = learner(course, "Kim Haneul")
    blob = files.put_bytes(b"def area(a, b):\n    return '<b>mine</b>'\n")
    made = LabAttempt.objects.create(enrolment=kim, unit="01-first", kind="hand_in", source=blob)
    lab = Lab.objects.get(version=course.current)
    results = [
        {"id": "two_by_three", "points": 0, "of": 1, "passed": False, "said": "6 was expected", "raised": "", "stopped": ""}
    ]  # fmt: skip
    Grading.objects.create(
        attempt=made, lab=lab, job=uuid7(), state="broken", results=results, judge_log="ImportError: nothing_there"
    )  # fmt: skip
    return made


def test_instructors_read_results_what_the_judge_logged_and_the_code_as_a_file(
    teacher: Client, attempt: LabAttempt
) -> None:
    page = text(teacher, f"{PAGE}/{attempt.enrolment.uid}")
    assert "6 was expected" in page
    assert "ImportError: nothing_there" in page
    assert "mine" not in page
    response = teacher.get(f"/lab-attempts/{attempt.uid}/source")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response).startswith(b"def area")


def test_the_auditor_reads_results_and_neither_code_nor_the_judges_log(attempt: LabAttempt) -> None:
    auditor = people.client_of(people.person(roles=["auditor"]))
    page = text(auditor, f"{PAGE}/{attempt.enrolment.uid}")
    assert "6 was expected" in page
    assert "ImportError" not in page
    assert "/source" not in page
    assert auditor.get(f"/lab-attempts/{attempt.uid}/source").status_code == 404
    stranger = people.client_of(people.person())
    assert stranger.get(f"/lab-attempts/{attempt.uid}/source").status_code == 404


def test_whom_to_ask_stands_above_with_the_reason_and_what_to_do(course: Course, teacher: Client) -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        learner(course, "Silent one")
    stuck = learner(course, "Stuck one")
    for _try in range(5):
        graded(stuck, 1)
    learner(course, "Fine one")
    teacher.cookies["dure_language"] = "en"
    page = text(teacher)
    assert "Nothing for 20 days" in page
    assert "Lab “First unit”: handed in 5 times without passing" in page
    assert "Call, and agree on the next step" in page
    assert names(teacher, "?at_risk=1") == ["Silent one", "Stuck one"]
    found = teacher.get(f"{REST}/at-risk").json()["items"]
    assert {one["name"]: [reason["code"] for reason in one["reasons"]] for one in found} == {
        "Silent one": ["long_quiet"],
        "Stuck one": ["stuck"],
    }


def rows_of_csv(client: Client, address: str) -> list[list[str]]:
    content = client.get(address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def rows_of_workbook(client: Client, address: str) -> list[list[object]]:
    book = load_workbook(io.BytesIO(client.get(address).content))
    sheet = book.worksheets[0]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_no_name_runs_as_a_formula_in_an_export_and_points_are_numbers(
    course: Course, teacher: Client
) -> None:
    evil = learner(course, '=HYPERLINK("http://example.org")')
    answered(evil, "pick")
    for base in (PAGE, REST):
        heading, line = rows_of_csv(teacher, f"{base}/export?form=csv")
        assert line[0].startswith("'=")
        sheet = rows_of_workbook(teacher, f"{base}/export?form=xlsx")
        assert str(sheet[1][0]).startswith("'=")
        assert sheet[1][5] == 1
        assert len(heading) == len(line) == len(sheet[0]) == 10 + 3
    assert teacher.get(f"{PAGE}/export?form=exe").status_code == 404
    assert rows_of_csv(teacher, f"{PAGE}/export?form=csv&unit=01-first&state=done")[1:] == []


def test_events_leave_as_statements_under_the_name_of_the_enrolment(course: Course, teacher: Client) -> None:
    kim = learner(course, "Kim Haneul")
    answered(kim, "pick", right=False)
    graded(kim, 3)
    for address in (f"{PAGE}/events", f"{REST}/events"):
        response = teacher.get(address)
        body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
        started, answer, lab = (json.loads(line) for line in body.splitlines())
        assert "Haneul" not in body
        assert "@" not in body.replace("@example", "")
        assert started["actor"]["account"]["name"] == str(kim.uid)
        assert started["verb"]["id"] == "http://adlnet.gov/expapi/verbs/initialized"
        assert answer["object"]["id"].endswith("/courses/tiny#quiz/pick")
        assert answer["result"] == {"success": False, "response": "1"}
        assert lab["result"] == {"score": {"raw": 3, "min": 0, "max": 4, "scaled": 0.75}}
        for role in ("auditor", ""):
            other = people.client_of(people.person(roles=[role] if role else []))
            assert other.get(address).status_code == 403


def test_pages_cost_the_same_for_few_and_for_many(course: Course, teacher: Client) -> None:
    def filled(count: int) -> Enrolment:
        for _ in range(count):
            answered(learner(course, "Somebody"), "pick")
        return Enrolment.objects.earliest("pk")

    first = filled(2)
    pages: list[str] = [PAGE, f"{PAGE}?at_risk=1", f"{PAGE}/{first.uid}", f"{PAGE}/export", REST]
    few = [queries_of(lambda path=path: teacher.get(path)) for path in pages]  # type: ignore[misc]
    filled(30)
    many = [queries_of(lambda path=path: teacher.get(path)) for path in pages]  # type: ignore[misc]
    assert few == many
    assert max(many) <= 12, dict(zip(pages, many, strict=True))


def queries_of(ask: Callable[[], object]) -> int:
    ask()
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def test_an_empty_class_has_a_page_too(teacher: Client) -> None:
    teacher.cookies["dure_language"] = "en"
    assert "Nobody has begun yet" in text(teacher)
