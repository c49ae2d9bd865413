"""REST of ethics: assessments, opinions, the board, incidents."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.ethics import access, answering, board, incidents, queries, rules, subjects
from dure.alliance.ethics.answering import ANSWERS
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Long = Annotated[Text, Field(max_length=4000)]
Risk = Literal["", "minimal", "limited", "high"]
Basis = Literal["", "none", "consent", "pseudonymised", "contract", "law"]


class EthicsAssessmentOut(Schema):
    """An assessment; `subject` is the uid of a thing of `kind`."""

    uid: UUID
    state: str
    kind: str
    subject: UUID
    title_ko: str
    title_en: str
    organisation: str | None
    is_demanded: bool
    risk: str
    decided_at: datetime | None
    revisit_on: date | None


class EthicsOpinionOut(Schema):
    """What a member said to the last submission; `by` is a name for the board and the secretariat alone."""

    vote: str
    reason: str
    is_outside: bool
    by: str | None


class EthicsAssessmentDetail(EthicsAssessmentOut):
    """The same with the answers, the decision, the opinions, and what the caller may do now."""

    affected: str
    basis: str
    protection: str
    fairness: str
    oversight: str
    is_human: bool
    review_number: str
    handlers: str
    conditions: str
    reason: str
    opinions: list[EthicsOpinionOut]
    actions: list[OfferOut]


class EthicsAnswersIn(Schema):
    """All answers; empty ones may stay so until it is handed in."""

    risk: Risk = ""
    affected: Long = ""
    basis: Basis = ""
    protection: Long = ""
    fairness: Long = ""
    oversight: Long = ""
    is_human: bool = False
    review_number: Annotated[Text, Field(max_length=120)] = ""
    handlers: Annotated[Text, Field(max_length=2000)] = ""


class EthicsSubjectIn(Schema):
    """What is assessed."""

    kind: Literal["problem", "project", "opening", "round"]
    subject: UUID


class EthicsOpinionIn(Schema):
    """A member's opinion."""

    vote: Literal["approve", "conditions", "refuse"]
    reason: Long


class EthicsActIn(Schema):
    """One of `actions`; `return`, `refuse`, `revisit` need a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Long = ""
    conditions: Long = ""
    revisit_on: date | None = None


class EthicsSeatOut(Schema):
    """A seat on the board."""

    uid: UUID
    name_ko: str
    name_en: str
    is_chair: bool
    is_outside: bool
    since: date
    until: date | None


class EthicsSeatIn(Schema):
    """A seat for whoever has this mail address."""

    person: Annotated[Text, Field(max_length=254)]
    is_chair: bool = False
    is_outside: bool = False
    until: date | None = None


class EthicsIncidentOut(Schema):
    """An incident."""

    uid: UUID
    state: str
    kind: str
    subject: UUID
    title_ko: str
    title_en: str
    severity: str
    happened_on: date
    what: str
    outcome: str


class EthicsIncidentDetail(EthicsIncidentOut):
    """The same with what the caller may do now."""

    actions: list[OfferOut]


class EthicsIncidentIn(EthicsSubjectIn):
    """What happened with a subject that the caller sees."""

    severity: Literal["near", "harm", "serious"]
    happened_on: date
    what: Long


class EthicsIncidentActIn(Schema):
    """One of `actions`; `close` needs an `outcome`, `reopen` a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    outcome: Long = ""
    reason: Long = ""


def assessment_out(one: EthicsAssessment) -> dict[str, Any]:
    names = ("uid", "state", "kind", "subject", "title_ko", "title_en", "is_demanded", "risk")
    found = {name: getattr(one, name) for name in (*names, "decided_at", "revisit_on")}
    return found | {"organisation": one.organisation.slug if one.organisation else None}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_assessment(person, uid)
    named = bool(rules.sits_on_board(person, one) or rules.may_demand(person))
    opinions = [opinion_out(said, named=named) for said in queries.opinions(person, one)]
    said = {name: getattr(one, name) for name in (*ANSWERS, "conditions", "reason")}
    return assessment_out(one) | said | {"opinions": opinions, "actions": offers_out(request, one)}


def opinion_out(one: EthicsOpinion, *, named: bool) -> dict[str, Any]:
    by = str(one.by) if named else None
    return {"vote": one.vote, "reason": one.reason, "is_outside": one.is_outside, "by": by}


def seat_out(one: EthicsMember) -> dict[str, Any]:
    names = ("uid", "is_chair", "is_outside", "since", "until")
    said = {name: getattr(one, name) for name in names}
    return said | {"name_ko": one.person.name_ko, "name_en": one.person.name_en}


def incident_out(one: EthicsIncident) -> dict[str, Any]:
    return {name: getattr(one, name) for name in EthicsIncidentOut.model_fields}


def incident_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_incident(person_of(request), uid)
    return incident_out(one) | {"actions": offers_out(request, one)}


@router.get(
    "/ethics/assessments",
    auth=HOST,
    response={200: PageOut[EthicsAssessmentOut], **ERRORS},
    summary="Ethics assessments that the caller may read",
)
def get_assessments(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(signed_in(request), group=group), assessment_out)


@router.post(
    "/ethics/assessments",
    auth=HOST,
    response={201: EthicsAssessmentDetail, **ERRORS},
    summary="Begin an ethics assessment",
)
def post_assessment(request: HttpRequest, body: EthicsSubjectIn) -> Any:
    person = signed_in(request)
    made = answering.begin(subjects.find(person, body.kind, body.subject), by=person)
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/ethics/assessments/{uuid:uid}",
    auth=HOST,
    response={200: EthicsAssessmentDetail, **ERRORS},
    summary="An ethics assessment",
)
def get_assessment(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/ethics/assessments/{uuid:uid}",
    auth=HOST,
    response={200: EthicsAssessmentDetail, **ERRORS},
    summary="Write the answers of an ethics assessment",
)
def put_assessment(request: HttpRequest, uid: UUID, body: EthicsAnswersIn) -> Any:
    person = signed_in(request)
    answering.write(access.access_assessment(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post(
    "/ethics/assessments/{uuid:uid}/opinions",
    auth=HOST,
    response={201: EthicsAssessmentDetail, **ERRORS},
    summary="Give an opinion as a member of the board",
)
def post_opinion(request: HttpRequest, uid: UUID, body: EthicsOpinionIn) -> Any:
    person = signed_in(request)
    answering.give_opinion(access.access_assessment(person, uid), by=person, **body.dict())
    return Status(201, detail_out(request, uid))


@router.post(
    "/ethics/assessments/{uuid:uid}/actions",
    auth=HOST,
    response={200: EthicsAssessmentDetail, **ERRORS},
    summary="Move an ethics assessment",
)
def act_on_assessment(request: HttpRequest, uid: UUID, body: EthicsActIn) -> Any:
    person = signed_in(request)
    one = access.access_assessment(person, uid)
    answering.act(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return detail_out(request, uid)


@router.get(
    "/ethics/board", auth=HOST, response={200: PageOut[EthicsSeatOut], **ERRORS}, summary="The ethics board"
)
def get_board(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    signed_in(request)
    return page_out(request, queries.seats(), seat_out)


@router.post(
    "/ethics/board", auth=HOST, response={201: EthicsSeatOut, **ERRORS}, summary="Give a seat on the board"
)
def post_seat(request: HttpRequest, body: EthicsSeatIn) -> Any:
    return Status(201, seat_out(board.appoint(by=signed_in(request), **body.dict())))


@router.delete(
    "/ethics/board/{uuid:uid}", auth=HOST, response={204: None, **ERRORS}, summary="End a seat on the board"
)
def delete_seat(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    board.end(access.access_seat(person, uid), by=person)
    return Status(204, None)


@router.get(
    "/ethics/incidents",
    auth=HOST,
    response={200: PageOut[EthicsIncidentOut], **ERRORS},
    summary="Incidents that the caller may read",
)
def get_incidents(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.incidents(signed_in(request)), incident_out)


@router.post(
    "/ethics/incidents",
    auth=HOST,
    response={201: EthicsIncidentDetail, **ERRORS},
    summary="Report an incident",
)
def post_incident(request: HttpRequest, body: EthicsIncidentIn) -> Any:
    person = signed_in(request)
    subject = subjects.find(person, body.kind, body.subject)
    made = incidents.report(subject, by=person, **body.dict(exclude={"kind", "subject"}))
    return Status(201, incident_detail(request, made.uid))


@router.get(
    "/ethics/incidents/{uuid:uid}",
    auth=HOST,
    response={200: EthicsIncidentDetail, **ERRORS},
    summary="An incident",
)
def get_incident(request: HttpRequest, uid: UUID) -> Any:
    return incident_detail(request, uid)


@router.post(
    "/ethics/incidents/{uuid:uid}/actions",
    auth=HOST,
    response={200: EthicsIncidentDetail, **ERRORS},
    summary="Move an incident",
)
def act_on_incident(request: HttpRequest, uid: UUID, body: EthicsIncidentActIn) -> Any:
    person = signed_in(request)
    one = access.access_incident(person, uid)
    answering.act(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return incident_detail(request, uid)
