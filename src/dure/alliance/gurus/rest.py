"""REST of gurus: the group, one of them, invitations, moves."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.gurus import access, appointing, queries
from dure.alliance.models import GuruTerm
from dure.foundation import workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Known = Annotated[Text, Field(max_length=300)]


class GuruOut(Schema):
    """A person's term as a guru."""

    uid: UUID
    state: str
    person: UUID
    name: str
    fields: list[str]
    known_for_ko: str
    known_for_en: str
    starts_on: date
    ends_on: date


class GuruDetail(GuruOut):
    """The same, with what the caller may do now."""

    actions: list[OfferOut]


class GuruIn(Schema):
    """Whom to invite, by the address of the account."""

    email: Annotated[Text, Field(max_length=254)]
    fields: Annotated[list[Annotated[Text, Field(max_length=16)]], Field(max_length=20)]
    known_for_ko: Known = ""
    known_for_en: Known = ""
    starts_on: date
    ends_on: date


class GuruActIn(Schema):
    """One of `actions`; `withdraw`, `step_down` and `dismiss` need a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


def guru_out(term: GuruTerm) -> dict[str, Any]:
    names = ("uid", "state", "fields", "known_for_ko", "known_for_en", "starts_on", "ends_on")
    return {name: getattr(term, name) for name in names} | {
        "person": term.person.uid,
        "name": term.person.name,
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    term = access.access_term(person_of(request), uid)
    return guru_out(term) | {"actions": offers_out(request, term)}


@router.get("/gurus", auth=None, response={200: PageOut[GuruOut], **ERRORS}, summary="Gurus")
def get_gurus(request: HttpRequest, field: str = "", group: str = "running", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(person_of(request), field=field, group=group), guru_out)


@router.post("/gurus", auth=HOST, response={201: GuruDetail, **ERRORS}, summary="Invite a guru")
def post_guru(request: HttpRequest, body: GuruIn) -> Any:
    made = appointing.invite(by=signed_in(request), given=body.dict())
    return Status(201, detail_out(request, made.uid))


@router.get("/gurus/{uuid:uid}", auth=None, response={200: GuruDetail, **ERRORS}, summary="A guru's term")
def get_guru(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post(
    "/gurus/{uuid:uid}/actions", auth=HOST, response={200: GuruDetail, **ERRORS}, summary="Move a guru's term"
)
def act_on_guru(request: HttpRequest, uid: UUID, body: GuruActIn) -> Any:
    person = signed_in(request)
    term = access.access_term(person, uid)
    moved = workflow.perform(term, body.action, by=person, data={"reason": body.reason})
    return guru_out(moved) | {"actions": offers_out(request, moved)}
