"""What people are told of labs: learners when other tests changed their points, authors when tests broke or a check has ended."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.addresses import address
from dure.learn.credentials.telling import CREDENTIALS
from dure.learn.models import Course, CourseVersion, Grading

_kind: Final = notices.kinds_under("learn", CREDENTIALS)
REGRADED: Final = _kind(
    "lab_regraded",
    _("A lab of mine is graded again"),
    _("“%(name)s”: what you handed in was graded again with other tests: %(points)s of %(of)s points."),
)
BROKEN: Final = _kind(
    "lab_broken",
    _("Tests of a lab that I wrote broke"),
    _("“%(name)s”: the tests of %(unit)s broke while they graded. Learners wait for you."),
)
CHECKED: Final = _kind(
    "version_checked",
    _("A course version of mine is checked"),
    _("“%(name)s”: the labs of version %(number)s are checked. See what was found."),
)


def tell_regraded(grading: Grading) -> None:
    """Tell the learner, where an earlier grading of the same attempt gave other points."""
    attempt = grading.attempt
    before = attempt.gradings.filter(state=Grading.State.DONE, pk__lt=grading.pk).order_by("-pk").first()
    if before is None or (before.points, before.out_of) == (grading.points, grading.out_of):
        return
    course = attempt.enrolment.course
    url = address("learn:unit", course.slug, attempt.unit)
    figures = {"points": f"{grading.points:g}", "of": f"{grading.out_of:g}"}
    notices.notify([attempt.enrolment.person], REGRADED, url=url, params={**_named(course), **figures})


def tell_broken(grading: Grading) -> None:
    """Tell the authors: nobody else can mend it."""
    course = grading.attempt.enrolment.course
    url = address("learn:versions", course.slug)
    notices.notify(course.authors.all(), BROKEN, url=url, params={**_named(course), "unit": grading.lab.unit})


def tell_checked(version: CourseVersion) -> None:
    """Tell the authors that the checks of a version have ended."""
    course = version.course
    params = {**_named(course), "number": version.number}
    notices.notify(course.authors.all(), CHECKED, url=address("learn:versions", course.slug), params=params)


def _named(course: Course) -> dict[str, Any]:
    return {"name_ko": course.title_ko or course.slug, "name_en": course.title_en or course.slug}
