"""Who may do what with courses: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, demand, first_refusal, has_role
from dure.people import api as people

NOT_AUTHOR = Refused("not_author", _("Only the course's instructors and the secretariat can do this."))
NOT_INSTRUCTOR = Refused(
    "not_instructor",
    _("Only instructors and the secretariat make courses. Ask the secretariat for the role."),
)
NOT_READER = Refused(
    "not_learners_reader",
    _(
        "Only the course's instructors, the secretariat and the auditor read this. Representatives read about their own people."
    ),
)
NOT_OWN = Refused("not_own", _("Only the learner can do this."))
NO_VERSION = Refused("no_version", _("Publish a version first: there is nothing to learn yet."))
NOT_PUBLISHED = Refused("not_published", _("Publish this version first."))
CLOSED = Refused("course_closed", _("This course takes no new learners."))


def may_teach_for(person: Any, organisation: Any, otherwise: Refused) -> Decision:
    """An organisation's representatives, its instructors, and the secretariat. Others get `otherwise`."""
    if has_role(person, Role.INSTRUCTOR) and organisation in people.own_organisations(person):
        return ALLOWED
    return people.may_speak_for(person, organisation, otherwise)


def may_make_courses(person: Any, organisation: Any) -> Decision:
    """Instructors for the organisations they belong to; the secretariat for all."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT):
        return ALLOWED
    belongs = organisation in people.own_organisations(person)
    return ALLOWED if belongs and has_role(person, Role.INSTRUCTOR) else NOT_INSTRUCTOR


def may_be_instructor(person: Any) -> Decision:
    """Whether this person could make a course for any organisation."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.INSTRUCTOR) else NOT_INSTRUCTOR


def may_author(person: Any, course: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT) or course.authors.filter(pk=person.pk).exists():
        return ALLOWED
    return NOT_AUTHOR


def demand_author(person: Any, course: Any) -> None:
    """Raise Denied unless the person writes this course."""
    demand(may_author(person, course))


def may_read_learners(person: Any, course: Any) -> Decision:
    """Authors, the secretariat and the auditor read how a course's learners do."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.AUDITOR) or may_author(person, course) else NOT_READER


def may_sponsor(person: Any, organisation: Any) -> Decision:
    """An organisation's representatives read how far its own people are."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if people.represents(person, organisation) else NOT_READER


def may_author_version(person: Any, version: Any) -> Decision:
    return may_author(person, version.course)


def may_grade_again(person: Any, version: Any) -> Decision:
    """With the tests of a published version: others have not been checked, or nobody has decided for them."""
    return first_refusal(
        may_author(person, version.course), ALLOWED if version.state == "published" else NOT_PUBLISHED
    )


def has_version(course: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if course.current_id is not None else NO_VERSION


def may_start(person: Any, course: Any) -> Decision:
    """Whoever sees an open course may take it; its authors also before."""
    if not person.is_authenticated:
        return SIGN_IN
    if course.current_id is None:
        return NO_VERSION
    return ALLOWED if course.state == "open" or may_author(person, course) else CLOSED


def is_learner(person: Any, enrolment: Any) -> Decision:
    return ALLOWED if person.is_authenticated and person.pk == enrolment.person_id else NOT_OWN
