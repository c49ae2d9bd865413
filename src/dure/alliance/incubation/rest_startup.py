"""REST of a startup in a batch: its file, what it gets, its pitch, its months."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.alliance.incubation import access, applying, judging, queries, walking
from dure.alliance.incubation.rest import act, person_out
from dure.alliance.incubation.rest_shapes import (
    IncubationActIn,
    IncubationPersonIn,
    PitchOut,
    PitchScoreIn,
    StartupApplicationIn,
    StartupCheckpointOut,
    StartupDetail,
    StartupFiguresIn,
    StartupOut,
    StartupProvisionIn,
    StartupProvisionOut,
)
from dure.alliance.models import Commitment, StartupCase, StartupCheckpoint
from dure.foundation.access import Hidden, Role, has_role
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


def startup_out(one: StartupCase) -> dict[str, Any]:
    names = ("uid", "state", "name_ko", "name_en", "line_ko", "line_en", "country", "fields")
    return {name: getattr(one, name) for name in names} | {"batch": one.batch.uid}


KEPT = ("admitted_on", "until", "ended_on", "outcome", "outcome_words", "reason")


def startup_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = signed_in(request)
    one = access.access_case(person, uid)
    is_inside = queries.is_inside(person, one)
    reads = is_inside or queries.is_judging(person, one)
    said = {name: getattr(one, name) if reads else "" for name in ("stage", "site", "pitch", "wants")}
    kept = {name: getattr(one, name) if is_inside else _nothing(name) for name in KEPT}
    mentors = one.mentors.filter(until=None).select_related("person") if is_inside else []
    return startup_out(one) | said | kept | {
        "is_inside": is_inside,
        "mentors": [person_out(mentor.person) for mentor in mentors],
        "actions": offers_out(request, one) if is_inside else [],
    }  # fmt: skip


def _nothing(name: str) -> str | None:
    return None if name.endswith("_on") or name == "until" else ""


def month_out(request: HttpRequest, one: StartupCheckpoint) -> dict[str, Any]:
    names = (
        "number", "state", "due_on", "was_late", "log", "logged_at", "currency", "staff", "customers", "words",
    )  # fmt: skip
    revenue = "" if one.revenue is None else f"{one.revenue:f}"
    return {name: getattr(one, name) for name in names} | {
        "revenue": revenue,
        "actions": offers_out(request, one),
    }


@router.get(
    "/incubation/{uuid:uid}/startups",
    auth=None,
    response={200: PageOut[StartupOut], **ERRORS},
    summary="Startups of a batch",
)
def get_startups(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = person_of(request)
    rows = queries.cases(person, access.access_batch(person, uid)).select_related("batch")
    return page_out(request, rows, startup_out)


@router.post(
    "/incubation/{uuid:uid}/startups",
    auth=HOST,
    response={201: StartupDetail, **ERRORS},
    summary="Apply with a startup",
)
def post_startup(request: HttpRequest, uid: UUID, body: StartupApplicationIn) -> Any:
    """Once for each batch; again writes the application anew while the call is open."""
    person = signed_in(request)
    made = applying.apply(access.access_batch(person, uid), by=person, given=body.dict())
    return Status(201, startup_detail(request, made.uid))


@router.get(
    "/startups/{uuid:uid}", auth=HOST, response={200: StartupDetail, **ERRORS}, summary="A startup of a batch"
)
def get_startup(request: HttpRequest, uid: UUID) -> Any:
    return startup_detail(request, uid)


@router.post(
    "/startups/{uuid:uid}/actions",
    auth=HOST,
    response={200: StartupDetail, **ERRORS},
    summary="Move a startup",
)
def act_on_startup(request: HttpRequest, uid: UUID, body: IncubationActIn) -> Any:
    person = signed_in(request)
    act(access.access_case(person, uid), person, body)
    return startup_detail(request, uid)


@router.post(
    "/startups/{uuid:uid}/mentors",
    auth=HOST,
    response={201: StartupDetail, **ERRORS},
    summary="Name a mentor",
)
def post_mentor(request: HttpRequest, uid: UUID, body: IncubationPersonIn) -> Any:
    person = signed_in(request)
    applying.name_mentor(access.access_inside(person, uid), by=person, address=body.address)
    return Status(201, startup_detail(request, uid))


@router.get(
    "/startups/{uuid:uid}/provisions",
    auth=HOST,
    response={200: PageOut[StartupProvisionOut], **ERRORS},
    summary="What a startup gets",
)
def get_provisions(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    case = access.access_inside(signed_in(request), uid)
    return page_out(request, case.provisions.order_by("pk"), _provision)


@router.post(
    "/startups/{uuid:uid}/provisions",
    auth=HOST,
    response={201: StartupProvisionOut, **ERRORS},
    summary="Write down what a startup gets",
)
def post_provision(request: HttpRequest, uid: UUID, body: StartupProvisionIn) -> Any:
    person = signed_in(request)
    case = access.access_inside(person, uid)
    rows = Commitment.objects.visible_to(person)
    pledged = rows.filter(uid=body.commitment).first() if body.commitment else None
    if body.commitment and pledged is None:
        raise Hidden(body.commitment)
    made = applying.provide(case, by=person, given=body.dict() | {"commitment": pledged})
    return Status(201, _provision(made))


def _provision(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "kind", "what")}


@router.get(
    "/startups/{uuid:uid}/pitch",
    auth=HOST,
    response={200: PitchOut, **ERRORS},
    summary="What the jury gave a pitch",
)
def get_pitch(request: HttpRequest, uid: UUID) -> Any:
    return pitch_out(signed_in(request), access.access_case(signed_in(request), uid))


def pitch_out(person: Any, case: StartupCase) -> dict[str, Any]:
    """All points for the secretariat and auditors, the own for a juror. Raises Hidden for others."""
    reads = queries.is_inside(person, case) and has_role(person, Role.SECRETARIAT, Role.AUDITOR)
    if not reads and not queries.is_judging(person, case):
        raise Hidden(case.uid)
    own = judging.own_of(case, person)
    judged = judging.of_case(case) if reads else None
    found = judged.summary if judged else None
    numbers = {
        "count": found.count if found else 0,
        "mean": str(found.shown_mean) if found else "",
        "mean_exact": str(found.mean) if found else "",
        "deviation": str(found.deviation) if found else "",
        "low": str(found.shown_low) if found else "",
        "high": str(found.shown_high) if found else "",
    }
    return numbers | {"near": judged.near if judged else 0, "own": own.points if own else []}


@router.post(
    "/startups/{uuid:uid}/pitch",
    auth=HOST,
    response={200: PitchOut, 204: None, **ERRORS},
    summary="Give points for a pitch",
)
def post_pitch(request: HttpRequest, uid: UUID, body: PitchScoreIn) -> Any:
    """With `near` the startup is hidden from the caller until it is decided on; then nothing is answered."""
    person = signed_in(request)
    case = access.access_case(person, uid)
    if body.near:
        judging.declare(case, by=person)
        return Status(204, None)
    judging.score(case, by=person, points=body.points, words=body.words)
    return pitch_out(person, case)


@router.get(
    "/startups/{uuid:uid}/checkpoints",
    auth=HOST,
    response={200: PageOut[StartupCheckpointOut], **ERRORS},
    summary="The checkpoints of a startup",
)
def get_checkpoints(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    case = access.access_inside(signed_in(request), uid)
    rows = queries.checkpoints(case).select_related("case")
    return page_out(request, rows, lambda one: month_out(request, _of(case, one)))


def _of(case: StartupCase, one: StartupCheckpoint) -> StartupCheckpoint:
    """The month with its startup, so that its mentors are asked for once."""
    one.case = case
    return one


@router.post(
    "/startups/{uuid:uid}/checkpoints/{int:number}/actions",
    auth=HOST,
    response={200: StartupCheckpointOut, **ERRORS},
    summary="Hold a checkpoint",
)
def act_on_checkpoint(request: HttpRequest, uid: UUID, number: int, body: IncubationActIn) -> Any:
    person = signed_in(request)
    case = access.access_inside(person, uid)
    act(access.access_checkpoint(case, number), person, body)
    return month_out(request, access.access_checkpoint(case, number))


@router.put(
    "/startups/{uuid:uid}/checkpoints/{int:number}",
    auth=HOST,
    response={200: StartupCheckpointOut, **ERRORS},
    summary="The startup's own figures of a month",
)
def put_figures(request: HttpRequest, uid: UUID, number: int, body: StartupFiguresIn) -> Any:
    person = signed_in(request)
    case = access.access_inside(person, uid)
    walking.report(access.access_checkpoint(case, number), by=person, given=body.dict())
    return month_out(request, access.access_checkpoint(case, number))
