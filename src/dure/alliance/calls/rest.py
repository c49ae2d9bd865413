"""REST of calls: the list, one of them, its rubric, moves."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.agreements.access import access_agreement
from dure.alliance.calls import access, editing, queries, rules
from dure.alliance.models import CallCriterion, ResearchCall
from dure.alliance.projects.rest import Track
from dure.foundation import workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=160)]
Long = Annotated[Text, Field(max_length=8000)]
Small = Annotated[int, Field(ge=1, le=20)]


class ResearchCallOut(Schema):
    """A call of which the caller may know."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    tracks: list[str]
    closes_at: datetime | None


class CallCriterionIn(Schema):
    """An item of the rubric: marks from 0 to `scale`, counted with `weight`."""

    name_ko: Title = ""
    name_en: Title = ""
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    scale: Annotated[int, Field(ge=1, le=100)] = 5


class CallCriterionOut(CallCriterionIn):
    """The same with its uid."""

    uid: UUID


class ResearchCallRules(Schema):
    """By which rules it is decided; amounts are whole won, a score goes from 0 to 100."""

    reach: Literal["members", "public"] = "members"
    agreement: UUID | None = None
    ceiling: Annotated[int, Field(ge=0, le=10**13)] = 0
    least_partners: Small = 2
    reviews_each: Small = 3
    review_days: Annotated[int, Field(ge=1, le=365)] = 21
    conflict_years: Annotated[int, Field(ge=0, le=50)] = 3
    waivable: Annotated[list[Text], Field(max_length=10)] = ["organisation", "former_organisation"]
    least_score: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = None
    when_full: Literal["stop", "skip"] = "stop"


class ResearchCallIn(ResearchCallRules):
    """What it says, with its rules; `agreement` is that of an agreement that the caller may read."""

    title_ko: Title = ""
    title_en: Title = ""
    text_ko: Long = ""
    text_en: Long = ""
    tracks: Annotated[list[Track], Field(max_length=20)] = []
    closes_at: datetime | None = None


class ResearchCallDetail(ResearchCallOut, ResearchCallRules):
    """All of it, with what the caller may do now."""

    text_ko: str
    text_en: str
    criteria: list[CallCriterionOut]
    reason: str
    announced_at: datetime | None
    actions: list[OfferOut]


class ResearchCallActIn(Schema):
    """One of `actions`; `cancel` needs a `reason`, `extend` a later deadline in `until`.

    `start_decision` needs `waive`, a reason, where proposals have fewer reviews than the call promises.
    """

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    until: datetime | None = None
    waive: Annotated[Text, Field(max_length=2000)] = ""


def call_out(one: ResearchCall) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", "tracks", "closes_at")
    return {name: getattr(one, name) for name in names}


def criterion_out(one: CallCriterion) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "name_ko", "name_en", "weight", "scale")}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_call(person, uid)
    rest = (*ResearchCallRules.model_fields, "text_ko", "text_en", "reason", "announced_at")
    readable = one.agreement is not None and bool(rules.leads(person))
    return (
        {name: getattr(one, name) for name in rest}
        | call_out(one)
        | {
            "agreement": one.agreement.uid if one.agreement is not None and readable else None,
            "criteria": [criterion_out(item) for item in one.criteria.all()],
            "actions": offers_out(request, one) if rules.leads(person) else [],
        }
    )


def _given(person: Any, body: ResearchCallIn) -> dict[str, Any]:
    return body.dict() | {"agreement": access_agreement(person, body.agreement) if body.agreement else None}


@router.get(
    "/calls", auth=None, response={200: PageOut[ResearchCallOut], **ERRORS}, summary="Calls for research"
)
def get_calls(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(person_of(request), group=group), call_out)


@router.post("/calls", auth=HOST, response={201: ResearchCallDetail, **ERRORS}, summary="Write a call")
def post_call(request: HttpRequest, body: ResearchCallIn) -> Any:
    person = signed_in(request)
    made = editing.create(by=person, given=_given(person, body))
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/calls/{uuid:uid}",
    auth=None,
    response={200: ResearchCallDetail, **ERRORS},
    summary="A call for research",
)
def get_call(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/calls/{uuid:uid}",
    auth=HOST,
    response={200: ResearchCallDetail, **ERRORS},
    summary="Change a draft call",
)
def put_call(request: HttpRequest, uid: UUID, body: ResearchCallIn) -> Any:
    person = signed_in(request)
    editing.change(access.access_run(person, uid), by=person, given=_given(person, body))
    return detail_out(request, uid)


@router.post(
    "/calls/{uuid:uid}/actions",
    auth=HOST,
    response={200: ResearchCallDetail, **ERRORS},
    summary="Move a call",
)
def act_on_call(request: HttpRequest, uid: UUID, body: ResearchCallActIn) -> Any:
    person = signed_in(request)
    data = {"reason": body.reason, "until": body.until, "waive": body.waive}
    workflow.perform(access.access_call(person, uid), body.action, by=person, data=data)
    return detail_out(request, uid)


@router.post(
    "/calls/{uuid:uid}/criteria",
    auth=HOST,
    response={201: CallCriterionOut, **ERRORS},
    summary="Add an item to the rubric",
)
def post_criterion(request: HttpRequest, uid: UUID, body: CallCriterionIn) -> Any:
    person = signed_in(request)
    made = editing.add_criterion(access.access_run(person, uid), by=person, given=body.dict())
    return Status(201, criterion_out(made))


@router.delete(
    "/calls/{uuid:uid}/criteria/{uuid:criterion}",
    auth=HOST,
    response={200: ResearchCallDetail, **ERRORS},
    summary="Take an item out of the rubric",
)
def delete_criterion(request: HttpRequest, uid: UUID, criterion: UUID) -> Any:
    person = signed_in(request)
    call = access.access_run(person, uid)
    editing.remove_criterion(call, access.access_criterion(call, criterion), by=person)
    return detail_out(request, uid)
