"""Pages of courses: the list, a course with its syllabus, beginning it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import workflow
from dure.foundation.access import Hidden
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn import access, figures, rules, telling
from dure.learn.actions import enrolments
from dure.learn.cohorts import due
from dure.learn.cohorts import queries as cohorts
from dure.learn.models import Course, CourseVersion, Enrolment
from dure.learn.paths.teaching import skills_of
from dure.learn.queries import courses as queries
from dure.learn.queries.sponsors import sponsors

COHORTS = 6
"""So many that take people stand on the page of a course."""


@require_GET
def courses_page(request: HttpRequest) -> HttpResponse:
    """All courses the reader may see, and first those one is in the middle of."""
    person = person_of(request)
    page = page_of(request, queries.listed(person, track=request.GET.get("track", "")))
    mine = list(queries.taken(person)[:6]) if person.is_authenticated else []
    return render(
        request,
        "learn/list.html",
        {"page": page, "mine": mine, "may_make": bool(rules.may_be_instructor(person))},
    )


def frame(request: HttpRequest, course: Course, tab: str) -> dict[str, Any]:
    """What the frame around every page of a course needs: the version this person learns or would begin with."""
    person = person_of(request)
    enrolment = access.enrolment_of(person, course)
    version = enrolment.version if enrolment else course.current
    return {
        "course": course,
        "enrolment": enrolment,
        "version": version,
        "tab": tab,
        "may_author": bool(rules.may_author(person, course)),
        "may_start": rules.may_start(person, course),
        "language": get_language(),
    }


@require_GET
def course_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What the course is: for whom, what one can do afterwards, its units, its sources."""
    person = person_of(request)
    course = access.access_course(person, slug)
    context = frame(request, course, "overview") | _followers(person, course)
    version: CourseVersion | None = context["version"]
    if version is not None:
        language = str(get_language() or "ko")
        context |= {
            "taught": version.taught,
            "steps": queries.syllabus(version, context["enrolment"], language),
            "audience": version.taught.audience.within(language),
            "criteria": version.taught.badge.criteria.within(language),
            "badge": version.taught.badge.name.within(language),
            "quizzes": _told_quizzes(context["enrolment"]),
            "skills": skills_of(version.taught),
            "cohorts": list(cohorts.of_course(person, course)[:COHORTS]),
        }
    return render(request, "learn/course/overview.html", context)


def _told_quizzes(enrolment: Enrolment | None) -> float:
    return telling.quizzes_of(enrolment, due.deadlines_of(enrolment)) if enrolment else 0.0


def _followers(person: Any, course: Course) -> dict[str, Any]:
    """Whether this person reads how all learners do, else for which organisations."""
    if rules.may_read_learners(person, course) or not person.is_authenticated:
        return {"may_read_learners": person.is_authenticated, "sponsors": ()}
    return {"may_read_learners": False, "sponsors": sponsors(person, course)}


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, and open the first unit that is not read yet."""
    person = signed_in(request)
    enrolment = enrolments.start(by=person, course=access.access_course(person, slug))
    return redirect("learn:unit", slug=slug, unit=_next_unit(enrolment))


def _next_unit(enrolment: Enrolment) -> str:
    steps = queries.syllabus(enrolment.version, enrolment, "ko")
    return next((step.unit.id for step in steps if not step.is_done), steps[0].unit.id)


@require_GET
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """The first unit in which something is left."""
    enrolment = access.access_enrolment(signed_in(request), slug)
    return redirect("learn:unit", slug=slug, unit=_next_unit(enrolment))


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave, take up again, or move to the newest version."""
    person = signed_in(request)
    enrolment = access.access_enrolment(person, slug)
    action = request.POST.get("action", "")
    if action == "move":
        enrolments.move(by=person, enrolment=enrolment)
        messages.success(request, _("You learn with the newest version now. What you earned stays."))
    else:
        workflow.perform(enrolment, action, by=person)
    return redirect("learn:course", slug=slug)


@require_GET
def figure(request: HttpRequest, slug: str, number: int, unit: str, name: str) -> FileResponse:
    """A figure of a lesson. What people made is never a page of ours: it comes as an attachment, which pictures may."""
    course = access.access_course(person_of(request), slug)
    version = course.versions.filter(number=number).first()
    if version is None:
        raise Hidden(name)
    return figures.figure(version, unit, name)
