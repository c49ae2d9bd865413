"""REST of the incubation: batches, applying, startups, the jury's points, checkpoints."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import access, applying, batches, judging, pitching, queries, walking
from dure.alliance.models import Commitment, IncubationBatch, StartupCase, StartupCheckpoint
from dure.foundation import workflow
from dure.foundation.access import Hidden, Role, demand, has_role
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=160)]
Line = Annotated[Text, Field(max_length=300)]
Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=8000)]
Address = Annotated[Text, Field(max_length=254)]


class IncubationBatchIn(Schema):
    """A batch; `rubric` has in each line the words in Korean, in English and the most points, with bars between."""

    title_ko: Title = ""
    title_en: Title = ""
    call_ko: Long = ""
    call_en: Long = ""
    apply_until: date
    starts_on: date
    demo_on: date
    ends_on: date
    seats: Annotated[int, Field(ge=1, le=200)]
    rubric: Annotated[Text, Field(max_length=4000)] = ""


class IncubationBatchOut(Schema):
    """A batch with how many startups it took in."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    apply_until: date
    starts_on: date
    demo_on: date
    ends_on: date
    seats: int
    taken: int


class IncubationBatchDetail(IncubationBatchOut):
    """With its call, its rubric, and what the caller may do now."""

    call_ko: str
    call_en: str
    rubric: str
    reason: str
    actions: list[OfferOut]


class IncubationActIn(Schema):
    """One of `actions` with what it needs: a `reason`, `until`, `outcome` with `words`, a `log`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""
    until: date | None = None
    outcome: Literal["", "poc", "investment", "end"] = ""
    words: Words = ""
    log: Annotated[Text, Field(max_length=4000)] = ""


class IncubationPersonIn(Schema):
    """Somebody by the mail address of their account."""

    address: Address


class IncubationPersonOut(Schema):
    """A juror or a mentor."""

    uid: UUID
    name_ko: str
    name_en: str


class StartupApplicationIn(Schema):
    """What a founder says of the startup; fields and stage are those of the scouting list."""

    name_ko: Title = ""
    name_en: Title = ""
    line_ko: Line = ""
    line_en: Line = ""
    country: Annotated[Text, Field(max_length=2)] = "KR"
    fields: Annotated[list[Annotated[Text, Field(max_length=16)]], Field(max_length=20)]
    stage: Annotated[Text, Field(max_length=12)]
    site: Line = ""
    pitch: Long
    wants: Words = ""


class StartupOut(Schema):
    """A startup of a batch of which the caller may know."""

    uid: UUID
    batch: UUID
    state: str
    name_ko: str
    name_en: str
    line_ko: str
    line_en: str
    country: str
    fields: list[str]


class StartupDetail(StartupOut):
    """With its file; what only its own people read is empty for others, `is_inside` says which it is."""

    is_inside: bool
    stage: str
    site: str
    pitch: str
    wants: str
    admitted_on: date | None
    until: date | None
    ended_on: date | None
    outcome: str
    outcome_words: str
    reason: str
    mentors: list[IncubationPersonOut]
    actions: list[OfferOut]


class StartupProvisionIn(Schema):
    """What it gets; `commitment` is one that the caller may read."""

    kind: Literal["space", "equipment", "hours", "money", "other"]
    what: Annotated[Text, Field(min_length=1, max_length=300, pattern=r"\S")]
    commitment: UUID | None = None


class StartupProvisionOut(Schema):
    """What it gets."""

    uid: UUID
    kind: str
    what: str


class PitchScoreIn(Schema):
    """Points on each line of the rubric, in its order; or `near`: the caller is too near to judge."""

    points: Annotated[list[int], Field(max_length=40)] = []
    words: Words = ""
    near: bool = False


class PitchOut(Schema):
    """What jurors gave, out of a hundred: `mean_exact` is a fraction. For a juror, the own points alone."""

    count: int
    near: int
    mean: str
    mean_exact: str
    deviation: str
    low: str
    high: str
    own: list[int]


class StartupCheckpointOut(Schema):
    """A month; `revenue` is text so that it stays exact, and empty where it is not known."""

    number: int
    state: str
    due_on: date
    was_late: bool
    log: str
    logged_at: datetime | None
    revenue: str
    currency: str
    staff: int | None
    customers: int | None
    words: str
    actions: list[OfferOut]


class StartupFiguresIn(Schema):
    """The startup's own figures; what is left out is not known."""

    revenue: Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)] | None = None
    currency: Literal["KRW", "CAD", "USD", "EUR"] = "KRW"
    staff: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    customers: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    words: Words = ""


def batch_out(one: Any) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", *batches.DAYS, "seats", "taken")
    return {name: getattr(one, name) for name in names}


def batch_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    found = queries.batches(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    more = {name: getattr(found, name) for name in ("call_ko", "call_en", "reason")}
    rubric = {"rubric": pitching.as_text(found.lines)}
    return batch_out(found) | more | rubric | {"actions": offers_out(request, found)}


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


def person_out(person: people.Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("uid", "name_ko", "name_en")}


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
    "/incubation", auth=None, response={200: PageOut[IncubationBatchOut], **ERRORS}, summary="Batches"
)
def get_batches(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.batches(person_of(request), group=group), batch_out)


@router.post(
    "/incubation", auth=HOST, response={201: IncubationBatchDetail, **ERRORS}, summary="Make a batch"
)
def post_batch(request: HttpRequest, body: IncubationBatchIn) -> Any:
    made = batches.create(by=signed_in(request), given=body.dict())
    return Status(201, batch_detail(request, made.uid))


@router.get(
    "/incubation/{uuid:uid}", auth=None, response={200: IncubationBatchDetail, **ERRORS}, summary="A batch"
)
def get_batch(request: HttpRequest, uid: UUID) -> Any:
    return batch_detail(request, uid)


@router.put(
    "/incubation/{uuid:uid}",
    auth=HOST,
    response={200: IncubationBatchDetail, **ERRORS},
    summary="Write a draft of a batch anew",
)
def put_batch(request: HttpRequest, uid: UUID, body: IncubationBatchIn) -> Any:
    person = signed_in(request)
    batches.change(access.access_batch(person, uid), by=person, given=body.dict())
    return batch_detail(request, uid)


@router.post(
    "/incubation/{uuid:uid}/actions",
    auth=HOST,
    response={200: IncubationBatchDetail, **ERRORS},
    summary="Move a batch",
)
def act_on_batch(request: HttpRequest, uid: UUID, body: IncubationActIn) -> Any:
    person = signed_in(request)
    _act(access.access_batch(person, uid), person, body)
    return batch_detail(request, uid)


def _act(row: Any, person: Any, body: IncubationActIn) -> None:
    workflow.perform(row, body.action, by=person, data=body.dict(exclude={"action"}))


@router.post(
    "/incubation/{uuid:uid}/jury",
    auth=HOST,
    response={201: IncubationPersonOut, **ERRORS},
    summary="Name a juror",
)
def post_juror(request: HttpRequest, uid: UUID, body: IncubationPersonIn) -> Any:
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    return Status(201, person_out(batches.name_juror(batch, by=person, address=body.address).person))


@router.get(
    "/incubation/{uuid:uid}/jury",
    auth=HOST,
    response={200: PageOut[IncubationPersonOut], **ERRORS},
    summary="The jury of a batch",
)
def get_jury(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    batch: IncubationBatch = access.access_batch(signed_in(request), uid)
    demand(only_secretariat(signed_in(request)))
    rows = batch.jurors.select_related("person").order_by("pk")
    return page_out(request, rows, lambda one: person_out(one.person))


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
    _act(access.access_case(person, uid), person, body)
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
    _act(access.access_checkpoint(case, number), person, body)
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
