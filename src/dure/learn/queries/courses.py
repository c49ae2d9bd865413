"""Reads of courses for pages and REST."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from dure.engines import courses
from dure.learn.models import Course, CourseVersion, Enrolment


@dataclass(frozen=True, slots=True)
class Step:
    """A unit in a syllabus, with where a learner stands in it."""

    unit: courses.Unit
    title: str
    is_read: bool
    settled: int
    parts: int

    @property
    def is_done(self) -> bool:
        return self.is_read and self.settled == self.parts


def listed(person: Any, *, track: str = "") -> QuerySet[Course]:
    """The courses this person sees, the newest first."""
    found = Course.objects.visible_to(person).select_related("organisation")
    return found.filter(track=track) if track else found


def taken(person: Any) -> QuerySet[Enrolment]:
    """What this person learns or has learned, the last begun first."""
    return Enrolment.objects.filter(person_id=person.pk).select_related("course", "standing", "version")


def syllabus(version: CourseVersion, enrolment: Enrolment | None, language: str) -> list[Step]:
    """The units in their order. No query: the version and the standing hold it all."""
    standing = enrolment.standing if enrolment else None
    read = set(standing.read) if standing else set()
    items = standing.items if standing else {}
    return [_step(unit, read, items, language) for unit in version.taught.units]


def _step(unit: courses.Unit, read: set[str], items: dict[str, Any], language: str) -> Step:
    names = [f"quiz/{item.id}" for item in unit.quiz] + ([f"lab/{unit.id}"] if unit.lab else [])
    settled = sum(bool(items.get(name, {}).get("settled")) for name in names)
    return Step(unit, unit.title.within(language), unit.id in read, settled, len(names))


def versions(course: Course) -> QuerySet[CourseVersion]:
    """All versions with how many learn each."""
    rows = course.versions.annotate(learners=Count("enrolments")).select_related("made_by")
    return rows.defer("content").order_by("-number")
