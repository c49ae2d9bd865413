"""REST: a lab's cells, checks and hand-ins."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from pydantic import Field

from dure.engines import courses
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn import access
from dure.learn.cohorts import due
from dure.learn.labs import asking
from dure.learn.models import CellRun, Enrolment, LabAttempt
from dure.learn.queries import labs as queries
from dure.people import api as people

router = Router()
LEARN = people.require_scope("submit")
Cells = Annotated[list[Text], Field(min_length=1, max_length=asking.MOST_CELLS)]


class CellsIn(Schema):
    """The code cells of a lab in their order; `upto` is the last that runs, from 0, all of them if left out."""

    cells: Cells
    upto: int | None = None


class AttemptIn(Schema):
    """The code cells, and whether they are checked against the public tests or handed in to all."""

    cells: Cells
    kind: Literal["check", "hand_in"]


class LabTestOut(Schema):
    """How a test ended. Of a hidden one: its hint when it failed, and the type of an exception."""

    id: str
    visible: bool
    title: str
    passed: bool
    points: float
    of: float
    said: str
    hint: str
    raised: str
    stopped: str


class AttemptOut(Schema):
    """An attempt with its last grading. `log` is what a check printed; of a hand-in there is none. `late`: after its date."""

    uid: UUID
    unit: str
    kind: str
    state: str
    points: float
    of: float
    limit: str
    log: str
    late: bool
    tests: list[LabTestOut]
    made_at: datetime


class CellsOut(Schema):
    """What cells printed so far; `state` is that of their job."""

    uid: UUID
    state: str
    stdout: str
    stderr: str
    limit: str
    seconds: float | None


def _unit(enrolment: Enrolment, name: str) -> courses.Unit:
    unit = enrolment.version.taught.unit(name)
    if unit is None or unit.lab is None:
        raise Hidden(name)
    return unit


def attempt_out(attempt: LabAttempt, deadlines: due.Deadlines) -> dict[str, Any]:
    unit = _unit(attempt.enrolment, attempt.unit)
    assert unit.lab is not None  # noqa: S101 - _unit has looked
    date = due.said(deadlines.dates.get(unit.id))
    view = queries.attempt_view(attempt, unit.lab, str(get_language() or "ko"), date)
    grading = view.grading
    ended = {one["id"]: one for one in grading.results}
    return {
        "uid": attempt.uid,
        "unit": attempt.unit,
        "kind": attempt.kind,
        "state": grading.state,
        "points": grading.points,
        "of": grading.out_of,
        "limit": grading.limit,
        "log": grading.log,
        "late": view.is_late,
        "made_at": attempt.made_at,
        "tests": [
            {
                "id": one.test.id,
                "visible": one.test.where == "public",
                "title": one.title,
                "passed": one.state == "passed",
                "points": ended[one.test.id]["points"],
                "of": ended[one.test.id]["of"],
                "said": one.said,
                "hint": one.hint,
                "raised": one.raised,
                "stopped": one.stopped,
            }
            for one in view.tests
        ],
    }


def _one(attempt: LabAttempt) -> dict[str, Any]:
    return attempt_out(attempt, due.deadlines_of(attempt.enrolment))


@router.post(
    "/courses/{slug}/units/{unit}/attempts",
    response={201: AttemptOut, **ERRORS},
    summary="Check a lab, or hand it in",
    auth=LEARN,
)
def post_attempt(request: HttpRequest, slug: str, unit: str, body: AttemptIn) -> Status[dict[str, Any]]:
    person = person_of(request)
    enrolment = access.access_enrolment(person, slug)
    kind = LabAttempt.Kind(body.kind)
    attempt = asking.ask(by=person, enrolment=enrolment, unit=unit, cells=body.cells, kind=kind)
    return Status(201, _one(access.access_attempt(person, attempt.uid)))


@router.get(
    "/courses/{slug}/units/{unit}/attempts",
    response={200: PageOut[AttemptOut], **ERRORS},
    summary="Your attempts at a lab",
)
def list_attempts(request: HttpRequest, slug: str, unit: str, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    enrolment = access.access_enrolment(person_of(request), slug)
    rows = access.attempts().filter(enrolment=enrolment, unit=unit)
    deadlines = due.deadlines_of(enrolment)
    return page_out(request, rows, lambda one: attempt_out(one, deadlines))


@router.get("/lab-attempts/{uid}", response={200: AttemptOut, **ERRORS}, summary="One attempt")
def get_attempt(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return _one(access.access_attempt(person_of(request), uid))


@router.post(
    "/courses/{slug}/units/{unit}/cells",
    response={201: CellsOut, **ERRORS},
    summary="Run cells of a lab",
    auth=LEARN,
)
def post_cells(request: HttpRequest, slug: str, unit: str, body: CellsIn) -> Status[dict[str, Any]]:
    person = person_of(request)
    enrolment = access.access_enrolment(person, slug)
    last = len(body.cells) - 1
    upto = last if body.upto is None else min(max(body.upto, 0), last)
    return Status(
        201, cells_out(asking.run(by=person, enrolment=enrolment, unit=unit, cells=body.cells, upto=upto))
    )


@router.get("/lab-cells/{uid}", response={200: CellsOut, **ERRORS}, summary="What cells printed")
def get_cells(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return cells_out(access.access_cells(person_of(request), uid))


def cells_out(run: CellRun) -> dict[str, Any]:
    output = queries.output_of(run)
    names = ("state", "stdout", "stderr", "limit", "seconds")
    return {"uid": run.job, **{name: getattr(output, name) for name in names}}
