"""Courses in the database for tests."""

from pathlib import Path

from dure.learn.actions import versions
from dure.learn.models import Course
from dure.people.models import Organisation, Person
from tests.factories import people
from tests.factories.course_files import laid


def author(organisation: Organisation | None = None) -> Person:
    """An instructor who belongs to the organisation."""
    made = people.person(roles=["instructor"], language="en")
    people.member(made, organisation or people.organisation())
    return made


def open_course(tmp_path: Path, **changed: str | None) -> Course:
    """The tiny course, published and open."""
    folder = laid(tmp_path / "course", **changed)
    by = author()
    home = by.memberships.get().organisation
    return versions.take_shipped(folder, organisation=home, authors=[by])
