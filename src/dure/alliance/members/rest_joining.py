"""REST of applications for membership: applying, the list, one of them, its moves."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.agreements.access import access_agreement
from dure.alliance.members import access, applying, queries
from dure.alliance.models import Agreement, MemberLevel
from dure.engines.faults import Fault, Faulty
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Words = Annotated[Text, Field(max_length=4000)]


class JoiningOut(Schema):
    """An application for membership; organisation and level are slugs."""

    uid: UUID
    state: str
    organisation: str
    level: str
    created_at: datetime


class JoiningNoteOut(Schema):
    """A question, an answer, or the reason of the decision."""

    kind: str
    body: str
    by: str
    at: datetime


class JoiningDetail(JoiningOut):
    """All of it, and what the caller may do now."""

    cooperation: list[str]
    why: str
    brings: str
    contact: str
    agreement: UUID | None
    notes: list[JoiningNoteOut]
    actions: list[OfferOut]


class JoiningIn(Schema):
    """Who asks for which level (both slugs), why, and what it brings; `contact` is a person of the organisation."""

    organisation: Text
    level: Annotated[Text, Field(max_length=40)]
    cooperation: list[Literal[tuple(Agreement.Cooperation.values)]] = []  # type: ignore[valid-type]  # the model's own list
    why: Words
    brings: Words
    contact: UUID
    agreement: UUID | None = None


class JoiningActIn(Schema):
    """One of `actions`. `reason` is the question, the answer or the reason; `accept` needs `since` too.

    `accept` may name another `level` and `agreement`.
    """

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    level: Annotated[Text, Field(max_length=40)] = ""
    since: date | None = None
    agreement: UUID | None = None


def joining_out(one: Any) -> dict[str, Any]:
    names = ("uid", "state", "created_at")
    said = {name: getattr(one, name) for name in names}
    return said | {"organisation": one.organisation.slug, "level": one.level.slug}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_joining(person_of(request), uid)
    return joining_out(one) | {
        "cooperation": one.cooperation,
        "why": one.why,
        "brings": one.brings,
        "contact": one.contact.name if one.contact else "",
        "agreement": one.agreement.uid if one.agreement else None,
        "notes": [
            {"kind": note.kind, "body": note.body, "by": note.by.name if note.by else "", "at": note.at}
            for note in one.notes.select_related("by")
        ],
        "actions": offers_out(request, one),
    }


def level_named(slug: str) -> MemberLevel:
    """The level of this slug. Raises Faulty."""
    found = MemberLevel.objects.filter(slug=slug).first()
    if found is None:
        raise Faulty([Fault("member_level_unknown", {"value": slug}, place="level")])
    return found


def _agreement(person: people.Person, uid: UUID | None) -> Agreement | None:
    return access_agreement(person, uid) if uid else None


@router.get("/joinings", response={200: PageOut[JoiningOut], **ERRORS}, summary="Applications for membership")
def get_joinings(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Of the organisations that you represent; all for the secretariat. `group` is `open` or `done`."""
    return page_out(request, queries.joinings(signed_in(request), group=group), joining_out)


@router.post("/joinings", auth=HOST, response={201: JoiningDetail, **ERRORS}, summary="Apply for membership")
def post_joining(request: HttpRequest, body: JoiningIn) -> Any:
    person = signed_in(request)
    given = body.dict(exclude={"organisation"}) | {
        "level": level_named(body.level),
        "contact": people.access_person(person, body.contact),
        "agreement": _agreement(person, body.agreement),
    }
    organisation = people.access_organisation(person, body.organisation)
    made = applying.apply(by=person, organisation=organisation, given=given)
    return Status(201, detail_out(request, made.uid))


@router.get("/joinings/{uuid:uid}", response={200: JoiningDetail, **ERRORS}, summary="An application")
def get_joining(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post(
    "/joinings/{uuid:uid}/actions",
    auth=HOST,
    response={200: JoiningDetail, **ERRORS},
    summary="Move an application",
)
def act_on_joining(request: HttpRequest, uid: UUID, body: JoiningActIn) -> Any:
    person = signed_in(request)
    one = access.access_joining(person, uid)
    data: dict[str, Any] = {"reason": body.reason}
    if body.action == "accept":
        level = level_named(body.level) if body.level else one.level
        data |= {"level": level, "since": body.since, "agreement": _agreement(person, body.agreement)}
    applying.act(one, body.action, by=person, data=data)
    return detail_out(request, uid)
