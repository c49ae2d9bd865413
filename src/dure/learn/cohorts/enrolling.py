"""Who has a place learns the cohort's version of the course: that is the syllabus which was announced."""

from typing import Any

from dure.foundation import workflow
from dure.learn.actions.events import Verb, record
from dure.learn.models import Cohort, CourseVersion, Enrolment, Place


def enrol(place: Place) -> Enrolment:
    """The enrolment of a place: made with the cohort's version, or brought to it unless the course is completed already."""
    cohort = place.cohort
    made: dict[str, Any] = {"version": cohort.version, "organisation": place.organisation}
    enrolment, fresh = Enrolment.objects.get_or_create(
        person=place.person, course=cohort.course, defaults=made
    )
    if fresh:
        record(enrolment, Verb.STARTED, number=cohort.version.number, digest=cohort.version.digest)
        return enrolment
    return _joined(enrolment, place)


def _joined(enrolment: Enrolment, place: Place) -> Enrolment:
    if enrolment.state == "left":
        enrolment = workflow.perform(enrolment, "return", by=place.person)
    if enrolment.organisation_id is None and place.organisation_id is not None:
        enrolment.organisation = place.organisation
        enrolment.save(update_fields=["organisation"])
    if enrolment.state == "active":
        _bring(enrolment, place.cohort.version)
    return enrolment


def follow_version(cohort: Cohort) -> int:
    """Bring everybody who learns in the cohort to its version; returns how many moved.

    What they earned stays where that version has the same item.
    """
    rows = Enrolment.objects.filter(places__cohort=cohort, places__state="in", state="active")
    moving = list(rows.exclude(version_id=cohort.version_id).order_by("pk"))
    for enrolment in moving:
        _bring(enrolment, cohort.version)
    return len(moving)


def _bring(enrolment: Enrolment, version: CourseVersion) -> None:
    if enrolment.version_id == version.pk:
        return
    enrolment.version = version
    enrolment.save(update_fields=["version"])
    record(enrolment, Verb.MOVED, number=version.number, digest=version.digest)
