"""The only ways to a row of learn from an address."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from dure.foundation.access import Hidden, Role, demand, has_role
from dure.learn import rules
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import (
    CellRun,
    CoachMessage,
    Course,
    CourseVersion,
    Enrolment,
    Grading,
    LabAttempt,
    Place,
)
from dure.people import api as people


def access_course(person: Any, slug: str) -> Course:
    """The course with this address. Raises Hidden unless the person may see it."""
    rows = Course.objects.visible_to(person).select_related("organisation", "current")
    course = rows.filter(slug=slug).first()
    if course is None:
        raise Hidden(slug)
    return course


def access_authored(person: Any, slug: str) -> Course:
    """The same, for its authors. Raises Hidden or Denied."""
    course = access_course(person, slug)
    rules.demand_author(person, course)
    return course


def access_learners(person: Any, slug: str) -> Course:
    """The course, for who reads how all its learners do. Raises Hidden or Denied."""
    course = access_course(person, slug)
    demand(rules.may_read_learners(person, course))
    return course


def access_learner(person: Any, slug: str, uid: UUID) -> Enrolment:
    """A learner's enrolment in that course, with person, version and standing: coaches read those of their cohorts.

    Raises Hidden or Denied.
    """
    course = access_course(person, slug)
    if not _coaches(person, uid):
        demand(rules.may_read_learners(person, course))
    rows = Enrolment.objects.select_related("person", "organisation", "version", "standing", "course")
    enrolment = rows.defer("version__content").filter(course=course, uid=uid).first()
    if enrolment is None:
        raise Hidden(uid)
    return enrolment


def _coaches(person: Any, uid: UUID) -> bool:
    """Whether this enrolment is that of somebody with a place in a cohort which this person coaches."""
    if not person.is_authenticated:
        return False
    coached = Place.objects.filter(enrolment__uid=uid, state__in=WITH_PLACE, cohort__coaches=person.pk)
    return coached.exists()


def access_sponsored(person: Any, slug: str, organisation: str) -> tuple[Course, people.Organisation]:
    """The course and the organisation whose own people there this person may follow. Raises Hidden or Denied."""
    course, sponsor = access_course(person, slug), people.access_organisation(person, organisation)
    if not rules.may_read_learners(person, course):
        demand(rules.may_sponsor(person, sponsor))
    return course, sponsor


def access_version(person: Any, course: Course, number: int) -> CourseVersion:
    """A version of a course, for its authors. Raises Hidden or Denied."""
    rules.demand_author(person, course)
    version = course.versions.filter(number=number).first()
    if version is None:
        raise Hidden(str(number))
    return version


def enrolment_of(person: Any, course: Course) -> Enrolment | None:
    """This person's enrolment in a course, with its standing."""
    if not person.is_authenticated:
        return None
    rows = Enrolment.objects.select_related("version", "course", "person", "standing")
    return rows.filter(person_id=person.pk, course=course).first()


def access_enrolment(person: Any, slug: str) -> Enrolment:
    """One's own enrolment in the course of this address. Raises Hidden, also for who takes no part."""
    enrolment = enrolment_of(person, access_course(person, slug))
    if enrolment is None:
        raise Hidden(slug)
    return enrolment


def attempts() -> "QuerySet[LabAttempt]":
    """Attempts with all that is told of them."""
    last = Prefetch("gradings", Grading.objects.order_by("-pk"))
    rows = LabAttempt.objects.select_related("enrolment__course", "enrolment__version", "enrolment__person")
    return rows.prefetch_related(last)


def access_attempt(person: Any, uid: UUID) -> LabAttempt:
    """One's own attempt, a learner's in a course that one teaches, or one that one was asked about as a coach. Raises Hidden."""
    attempt = attempts().filter(uid=uid).first()
    if attempt is None or not person.is_authenticated or not _may_read(person, attempt):
        raise Hidden(uid)
    return attempt


def _may_read(person: Any, attempt: LabAttempt) -> bool:
    enrolment = attempt.enrolment
    if enrolment.person_id == person.pk or has_role(person, Role.SECRETARIAT):
        return True
    if enrolment.course.authors.filter(pk=person.pk).exists():
        return True
    return CoachMessage.objects.filter(attempt=attempt, place__cohort__coaches=person.pk).exists()


def access_cells(person: Any, uid: UUID) -> CellRun:
    """A run of one's own cells. Raises Hidden otherwise."""
    rows = CellRun.objects.filter(job=uid, enrolment__person_id=person.pk).select_related("enrolment__course")
    run = rows.first() if person.is_authenticated else None
    if run is None:
        raise Hidden(uid)
    return run
