"""REST: how a course's learners do, whom to ask, and what leaves as a file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router, Schema

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn import access, gradebook_files, risk_words, rules, xapi
from dure.learn.cohorts.access import access_class
from dure.learn.models import Cohort, Course, Enrolment
from dure.learn.queries import gradebook as queries
from dure.learn.queries import learners_at_risk, sponsors
from dure.learn.queries.gradebook_asked import asked_in
from dure.people import api as people

router = Router()


class LearnersAskedIn(Schema):
    """`sort` is `name`, `done` or `last`, with `-` the other way round; `unit` goes with `state`: done, begun or untouched.

    `at_risk` leaves those to ask how it goes, `organisation` (its slug) the people of that one, `cohort` (its uid) those in it.
    """

    sort: Text = "name"
    unit: Text = ""
    state: Text = ""
    at_risk: bool = False
    organisation: Text = ""
    cohort: Text = ""


class CourseLearnerOut(Schema):
    """A learner; percentages are of the version's points.

    `units` has for each unit of their version `questions` and `lab` in points (null before a try), or `read` where it has neither;
    `questions_late` or `lab_late` is there, and true, where something that counts was handed in after its date.
    A representative gets no `units` and no `uid`.
    """

    uid: UUID | None
    name: str
    organisation: str
    version: int
    state: str
    done: float
    quizzes: float
    labs: float
    started_at: datetime
    last_at: datetime | None
    units: dict[str, dict[str, float | bool | None]]


class RiskReasonOut(Schema):
    """Why to ask: `quiet`, `long_quiet`, `stuck` or `behind`, and the sentence."""

    code: str
    message: str


class LearnerAtRiskOut(Schema):
    """A learner to ask how it goes."""

    uid: UUID
    name: str
    reasons: list[RiskReasonOut]


@router.get(
    "/courses/{slug}/learners",
    response={200: PageOut[CourseLearnerOut], **ERRORS},
    summary="Learners of your course",
)
def list_learners(
    request: HttpRequest,
    slug: str,
    asked: Query[LearnersAskedIn],
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    """A representative may ask only for an organisation of theirs, and reads totals."""
    person = person_of(request)
    if not asked.organisation:
        course, cohort = access_class(person, slug, asked.cohort)
        return _all(request, course, asked, None, cohort)
    course, organisation = access.access_sponsored(person, slug, asked.organisation)
    if rules.may_read_learners(person, course):
        return _all(request, course, asked, organisation)
    return page_out(request, sponsors.people_of(course, organisation), _own_person)


def _all(
    request: HttpRequest,
    course: Course,
    asked: LearnersAskedIn,
    organisation: people.Organisation | None,
    cohort: Cohort | None = None,
) -> dict[str, Any]:
    shapes = queries.shapes_of(course)
    wanted = asked_in(asked.dict(), course, shapes, organisation=organisation, cohort=cohort)
    shown = queries.columns(shapes, "en")
    rows = queries.learners(course, shapes, wanted)
    answer = page_out(request, rows, lambda one: one)
    return answer | {
        "items": [_learner(row, shown) for row in queries.rows_of(answer["items"], shapes, shown)]
    }


def _learner(row: queries.Row, shown: list[queries.Column]) -> dict[str, Any]:
    units: dict[str, dict[str, float | bool | None]] = {}
    for column, cell in zip(shown, row.cells, strict=True):
        unit, part = column.place
        if cell is not None:
            value = cell.is_done if part == "lesson" else cell.points
            name = {"quiz": "questions", "lesson": "read"}.get(part, part)
            units.setdefault(unit, {})[name] = value
            if cell.is_late:
                units[unit][f"{name}_late"] = True
    return _common(row.enrolment) | {"uid": row.enrolment.uid, "version": row.number, "units": units}


def _own_person(enrolment: Enrolment) -> dict[str, Any]:
    return _common(enrolment) | {"uid": None, "version": enrolment.version.number, "units": {}}


def _common(enrolment: Enrolment) -> dict[str, Any]:
    standing, organisation = enrolment.standing, enrolment.organisation
    return {
        "name": enrolment.person.name,
        "organisation": organisation.slug if organisation else "",
        "state": enrolment.state,
        "started_at": enrolment.started_at,
        **{name: getattr(standing, name) for name in ("done", "quizzes", "labs", "last_at")},
    }


@router.get(
    "/courses/{slug}/learners/at-risk",
    response={200: PageOut[LearnerAtRiskOut], **ERRORS},
    summary="Learners to ask how it goes",
)
def list_at_risk(request: HttpRequest, slug: str, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    """The most urgent first, each with every reason."""
    course = access.access_learners(person_of(request), slug)
    shapes = queries.shapes_of(course)
    titles = queries.titles(shapes.values(), str(get_language() or "ko"))
    found = learners_at_risk.at_risk(course, shapes)
    answer = page_out(request, found, lambda one: one)
    named = learners_at_risk.named(answer["items"])
    return answer | {"items": [_at_risk(one, titles) for one in named]}


def _at_risk(one: learners_at_risk.Named, titles: dict[str, str]) -> dict[str, Any]:
    reasons = [
        {"code": risk_words.kind_of(reason), "message": risk_words.said(reason, titles)}
        for reason in one.reasons
    ]
    return {"uid": one.enrolment.uid, "name": one.enrolment.person.name, "reasons": reasons}


@router.get(
    "/courses/{slug}/learners/export",
    response={200: None, **ERRORS},
    summary="Learners of your course as CSV or XLSX",
)
def export_learners(
    request: HttpRequest, slug: str, asked: Query[LearnersAskedIn], form: str = "csv"
) -> HttpResponse:
    """`form` is csv or xlsx; filters and order as for the list."""
    person = person_of(request)
    course, cohort = access_class(person, slug, asked.cohort)
    return gradebook_files.answer(person, course, asked.dict(), form=form, cohort=cohort)


@router.get(
    "/courses/{slug}/learners/events",
    response={200: None, **ERRORS},
    summary="What happened in your course, as xAPI statements",
)
def export_events(request: HttpRequest, slug: str) -> Any:
    """JSON lines, oldest first. The actor of a statement is the enrolment's `uid`."""
    return xapi.answer(access.access_authored(person_of(request), slug))
