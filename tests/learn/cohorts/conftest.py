"""What most tests of cohorts stand on."""

from pathlib import Path

import pytest

from dure.learn.cohorts import places
from dure.learn.models import Cohort, Course, Place
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def teacher(course: Course) -> Person:
    return course.authors.get()


@pytest.fixture
def led(course: Course) -> Cohort:
    """A cohort that takes people, with two seats for anybody."""
    return cohorts.cohort(course)


@pytest.fixture
def coach(led: Cohort) -> Person:
    return led.coaches.get()


@pytest.fixture
def place(led: Cohort) -> Place:
    """Somebody's place in it."""
    return places.apply(by=people.person(language="en"), cohort=led)
