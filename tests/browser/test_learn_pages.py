"""Pages of courses in all the ways to look at them, and the keyboard's way through a question and a lab."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from dure.farm.local.runner import Runner
from dure.learn.actions import enrolments
from dure.learn.labs import asking
from dure.learn.models import Course, LabAttempt
from dure.people.models import Person
from tests.browser.visit import VARIANTS, open_context, violations, visit, visit_all
from tests.factories.course_files import SOLVED
from tests.factories.courses import open_course
from tests.factories.people import person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sandbox,
    pytest.mark.django_db(transaction=True),
]
UNIT = "/courses/tiny/units/01-first"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def learner(course: Course) -> Person:
    made = person()
    enrolments.start(by=made, course=course)
    return made


@pytest.fixture
def runner() -> Iterator[None]:
    """The farm's runner beside the page, as `dure up` starts it."""
    made = Runner()

    def work() -> None:
        made.run()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    made.stop()
    thread.join(30)


def as_author(course: Course) -> tuple[Person, list[str]]:
    learner = person()
    taken = enrolments.start(by=learner, course=course)
    enrolments.answer(by=learner, enrolment=taken, item="pick", given=["0"])
    asking.ask(by=learner, enrolment=taken, unit="01-first", cells=[SOLVED], kind=LabAttempt.Kind.HAND_IN)
    files = "/courses/tiny/versions/1/files"
    paths = ["/courses/new", "/courses/tiny/versions", files, f"{files}/units/01-first/quiz.yaml"]
    return course.authors.get(), [*paths, "/courses/tiny/learners", f"/courses/tiny/learners/{taken.uid}"]


def as_learner(course: Course) -> tuple[Person, list[str]]:
    made = person()
    enrolments.start(by=made, course=course)
    return made, ["/courses", "/courses/tiny", UNIT, "/courses/tiny/units/02-second"]


@pytest.mark.parametrize("who", [as_author, as_learner], ids=lambda one: one.__name__)
def test_pages_of_courses_keep_their_promises(
    who: Callable[[Course], tuple[Person, list[str]]],
    course: Course,
    browser: Browser,
    live_server: LiveServer,
) -> None:
    visitor, paths = who(course)
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=who.__name__)


def test_a_stranger_reads_a_lesson(course: Course, browser: Browser, live_server: LiveServer) -> None:
    visit_all(browser, base=live_server.url, person=None, paths=[UNIT], name="lesson-stranger")


def test_a_question_and_a_lab_by_keyboard_alone(
    learner: Person, runner: None, browser: Browser, live_server: LiveServer
) -> None:
    """Arrow keys choose, Enter answers; the cell is typed into, run and handed in without a mouse."""
    variant = VARIANTS[1]
    with open_context(browser, variant, base=live_server.url, person=learner) as context:
        page = visit(context, UNIT, name="lesson-keyboard")
        choice = page.locator("#quiz-pick input[value='1']")
        choice.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#quiz-pick .badge")).to_have_text("Right")
        cell = page.locator("#cell-0")
        cell.focus()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text("def area(a, b):\n    return a * b\n")
        page.locator("button[value='run:1']").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#out-1 pre")).to_have_text("6", timeout=20_000)
        page.locator("button[value='hand_in']").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#lab-results")).to_contain_text("4 of 4 points", timeout=20_000)
        assert violations(page) == []
