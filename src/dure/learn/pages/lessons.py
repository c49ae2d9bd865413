"""A unit's page: its lesson with the questions in it, and its lab."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from dure.farm import api as farm
from dure.foundation.access import Hidden
from dure.foundation.faults import Faulty
from dure.foundation.pages import person_of, render, signed_in
from dure.learn import access
from dure.learn.actions import enrolments
from dure.learn.cohorts import due
from dure.learn.labs import sources
from dure.learn.pages.answers import given_in
from dure.learn.pages.courses import frame
from dure.learn.queries import courses as queries
from dure.learn.queries import labs, lessons


@require_GET
def unit_page(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The lesson. Everybody who sees the course reads it; answering and labs are for those who take part."""
    course = access.access_course(person_of(request), slug)
    context = frame(request, course, "unit")
    version, language = context["version"], str(get_language() or "ko")
    found = version.taught.unit(unit) if version else None
    if found is None:
        raise Hidden(unit)
    steps = queries.syllabus(version, context["enrolment"], language)
    deadlines = due.deadlines_of(context["enrolment"])
    at = next(number for number, step in enumerate(steps) if step.unit.id == unit)
    context |= {
        "lesson": lessons.lesson(version, found, context["enrolment"], language, deadlines),
        "deadlines": deadlines,
        "steps": steps,
        "step": steps[at],
        "before": steps[at - 1] if at else None,
        "after": steps[at + 1] if at + 1 < len(steps) else None,
        "number": at + 1,
    }
    if found.lab is not None and context["enrolment"] is not None:
        context["lab"] = labs.lab_of(context["enrolment"], found, language, context["lesson"].due)
        context["notebook"] = farm.lab_link(sources.KIND, f"{slug}/{unit}")
    return render(request, "learn/course/unit.html", context)


@require_POST
def read(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The lesson is read; on to the next one."""
    person = signed_in(request)
    enrolment = access.access_enrolment(person, slug)
    enrolments.read(by=person, enrolment=enrolment, unit=unit)
    units = [one.id for one in enrolment.version.taught.units]
    after = units[units.index(unit) + 1 :]
    if not after:
        return redirect("learn:course", slug=slug)
    return redirect("learn:unit", slug=slug, unit=after[0])


@require_POST
def answer(request: HttpRequest, slug: str, unit: str, item: str) -> HttpResponse:
    """An answer to a question: the question as it stands then, in its place on the page."""
    person = signed_in(request)
    enrolment = access.access_enrolment(person, slug)
    faulty = None
    try:
        enrolments.answer(by=person, enrolment=enrolment, item=item, given=given_in(request))
    except Faulty as found:
        faulty = found
    if not request.headers.get("HX-Request") and faulty is None:
        return redirect(f"{reverse('learn:unit', args=[slug, unit])}#quiz-{item}")
    asked = lessons.question(enrolment, item, str(get_language() or "ko"))
    context = {
        "question": asked,
        "course": enrolment.course,
        "enrolment": enrolment,
        "faults": faulty.faults if faulty else [],
    }
    return render(request, "learn/course/question_part.html", context, status=422 if faulty else 200)
