"""REST of roundtables: the list, one of them, planning, moves, whether one comes, the calendar file."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from dure.alliance.models import AgendaItem, Roundtable, RoundtableMaterial
from dure.alliance.roundtables import access, editing, meeting, pages, queries, rules
from dure.foundation import workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=200)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]
Words = Annotated[Text, Field(max_length=4000)]


class RoundtableOut(Schema):
    """A roundtable that the caller may read."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    reach: str


class AgendaItemOut(Schema):
    """A point of the agenda; `topic` is None for one of its own words."""

    uid: UUID
    topic: UUID | None
    title_ko: str
    title_en: str
    minutes: int


class RoundtableMaterialOut(Schema):
    """Something to read before."""

    uid: UUID
    title: str
    link: str


class RoundtableDetail(RoundtableOut):
    """All of it, without what the caller may not read: place, link and materials are for who takes part."""

    about_ko: str
    about_en: str
    place: str
    link: str
    minutes_ko: str
    minutes_en: str
    reason: str
    agenda: list[AgendaItemOut]
    materials: list[RoundtableMaterialOut]
    my_answer: str | None
    actions: list[OfferOut]


class RoundtableIn(Schema):
    """What it is about, when and where."""

    title_ko: Title = ""
    title_en: Title = ""
    about_ko: Words = ""
    about_en: Words = ""
    starts_at: Moment
    ends_at: Moment
    place: Annotated[Text, Field(max_length=300)] = ""
    link: Annotated[Text, Field(max_length=500)] = ""
    reach: Literal["members", "confidential"] = "members"


class RoundtableActIn(Schema):
    """One of `actions`; `cancel` needs a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


class RoundtableAnswerIn(Schema):
    """Whether the caller comes."""

    comes: bool


def roundtable_out(one: Roundtable) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", "starts_at", "ends_at", "reach")
    return {name: getattr(one, name) for name in names}


def item_out(one: AgendaItem) -> dict[str, Any]:
    named = one.topic or one
    return {
        "uid": one.uid,
        "topic": one.topic.uid if one.topic else None,
        "title_ko": named.title_ko,
        "title_en": named.title_en,
        "minutes": one.minutes,
    }


def material_out(one: RoundtableMaterial) -> dict[str, Any]:
    return {"uid": one.uid, "title": one.title, "link": one.link}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_roundtable(person, uid)
    is_inside = Roundtable.objects.inside_for(person).filter(pk=one.pk).exists()
    guest, reads = access.guest_of(person, one), rules.reads_minutes(person, one)
    return {
        **roundtable_out(one),
        **{name: getattr(one, name) for name in ("about_ko", "about_en", "reason")},
        **{name: getattr(one, name) if is_inside else "" for name in ("place", "link")},
        **{name: getattr(one, name) if reads else "" for name in meeting.MINUTES},
        "agenda": [item_out(item) for item in queries.agenda(person, one)],
        "materials": [material_out(each) for each in one.materials.all()] if is_inside else [],
        "my_answer": guest.answer if guest else None,
        "actions": offers_out(request, one) if is_inside else [],
    }


@router.get(
    "/roundtables", auth=HOST, response={200: PageOut[RoundtableOut], **ERRORS}, summary="Roundtables"
)
def get_roundtables(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(signed_in(request), group=group), roundtable_out)


@router.post(
    "/roundtables", auth=HOST, response={201: RoundtableDetail, **ERRORS}, summary="Plan a roundtable"
)
def post_roundtable(request: HttpRequest, body: RoundtableIn) -> Any:
    made = editing.plan(by=signed_in(request), given=body.dict())
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/roundtables/{uuid:uid}",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="A roundtable with its agenda",
)
def get_roundtable(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/roundtables/{uuid:uid}",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Change words, time or place of a roundtable",
)
def put_roundtable(request: HttpRequest, uid: UUID, body: RoundtableIn) -> Any:
    person = signed_in(request)
    editing.edit(access.access_own(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post(
    "/roundtables/{uuid:uid}/actions",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Move a roundtable",
)
def act_on_roundtable(request: HttpRequest, uid: UUID, body: RoundtableActIn) -> Any:
    person = signed_in(request)
    one = access.access_roundtable(person, uid)
    workflow.perform(one, body.action, by=person, data={"reason": body.reason} if body.reason else {})
    return detail_out(request, uid)


@router.post(
    "/roundtables/{uuid:uid}/answer",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Say whether one comes to a roundtable",
)
def answer_roundtable(request: HttpRequest, uid: UUID, body: RoundtableAnswerIn) -> Any:
    person = signed_in(request)
    meeting.answer(access.access_inside(person, uid), by=person, comes=body.comes)
    return detail_out(request, uid)


@router.get(
    "/roundtables/{uuid:uid}/calendar.ics",
    auth=HOST,
    response={200: None, **ERRORS},
    summary="A roundtable as a calendar file",
)
def get_roundtable_calendar(request: HttpRequest, uid: UUID) -> Any:
    return pages.calendar_file(request, uid)
