"""Pages of those who follow a class: the gradebook, a learner, the people of one's own organisation, and what leaves as a file."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from dure.foundation import files
from dure.foundation.pages import page_of, render, signed_in
from dure.learn import access, gradebook_files, risk_words, rules, xapi
from dure.learn.cohorts.access import access_class
from dure.learn.models import Cohort, Course
from dure.learn.pages import gradebook_heads
from dure.learn.pages.courses import frame
from dure.learn.queries import gradebook as queries
from dure.learn.queries import learner, learners_at_risk, sponsors
from dure.learn.queries.gradebook_asked import asked_in
from dure.people import api as people

PER_PAGE = 50
NAMED = 10
"""So many learners at risk stand above the gradebook; the rest are a filter away."""
ATTEMPTS = 10


def language() -> str:
    return str(get_language() or "ko")


@require_GET
def learners_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The gradebook, or that of a cohort; with an organisation its people, and for its representative how far they are."""
    person, wanted = signed_in(request), request.GET.get("organisation", "")
    if not wanted:
        course, cohort = access_class(person, slug, request.GET.get("cohort", ""))
        return _gradebook(request, course, None, cohort)
    course, organisation = access.access_sponsored(person, slug, wanted)
    if rules.may_read_learners(person, course):
        return _gradebook(request, course, organisation)
    return _sponsored(request, course, organisation)


def _gradebook(
    request: HttpRequest,
    course: Course,
    organisation: people.Organisation | None,
    cohort: Cohort | None = None,
) -> HttpResponse:
    shapes = queries.shapes_of(course)
    found = learners_at_risk.at_risk(course, shapes, cohort=cohort)
    asked = asked_in(request.GET, course, shapes, organisation=organisation, cohort=cohort, found=found)
    shown = queries.columns(shapes, language())
    titles = queries.titles(shapes.values(), language())
    page = page_of(request, queries.learners(course, shapes, asked), per_page=PER_PAGE)
    named = learners_at_risk.named(found[:NAMED])
    context = frame(request, course, "learners") | {
        "asked": asked,
        "organisation": organisation,
        "cohort": cohort,
        "columns": shown,
        "heads": gradebook_heads.heads(asked.sort),
        "groups": gradebook_heads.groups(shown),
        "titles": titles,
        "page": page,
        "rows": queries.rows_of(page.object_list, shapes, shown),
        "at_risk": [
            (one.enrolment, [risk_words.said(reason, titles) for reason in one.reasons]) for one in named
        ],
        "more_at_risk": len(found) - len(named),
        "kinds": risk_words.counted(found),
        "kept": request.GET.urlencode(),
    }
    return render(request, "learn/author/gradebook.html", context)


def _sponsored(request: HttpRequest, course: Course, organisation: people.Organisation) -> HttpResponse:
    page = page_of(request, sponsors.people_of(course, organisation), per_page=PER_PAGE)
    context = frame(request, course, "learners") | {
        "organisation": organisation,
        "page": page,
        "seats": sponsors.seats(course, organisation),
    }
    return render(request, "learn/author/sponsored.html", context)


@require_GET
def learner_page(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A learner's items as their own version has them, and all their attempts."""
    person = signed_in(request)
    enrolment = access.access_learner(person, slug, uid)
    page = page_of(request, learner.attempts_of(enrolment), per_page=ATTEMPTS)
    units, deadlines = learner.units_of(enrolment, language())
    context = frame(request, enrolment.course, "learner") | {
        "learner": enrolment,
        "reads_all": bool(rules.may_read_learners(person, enrolment.course)),
        "units": units,
        "page": page,
        "attempts": [learner.told(one, enrolment, deadlines, language()) for one in page.object_list],
    }
    return render(request, "learn/author/learner.html", context)


@require_GET
def source(request: HttpRequest, uid: UUID) -> FileResponse:
    """The code of an attempt, as a file: what a learner wrote is never a page of ours."""
    attempt = access.access_attempt(signed_in(request), uid)
    return files.download(attempt.source_id, filename=f"{attempt.unit}-{attempt.uid}.py")


@require_GET
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The gradebook as it is filtered and sorted, as CSV or XLSX."""
    person = signed_in(request)
    course, cohort = access_class(person, slug, request.GET.get("cohort", ""))
    form = request.GET.get("form", "csv")
    return gradebook_files.answer(person, course, request.GET, form=form, cohort=cohort)


@require_GET
def events(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Everything that happened in the course as JSON lines, for its authors."""
    return xapi.answer(access.access_authored(signed_in(request), slug))
