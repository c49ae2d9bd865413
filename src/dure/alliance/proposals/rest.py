"""REST of proposals: mine, drafting one, partners and people, moves, frozen revisions."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.calls.access import access_call
from dure.alliance.calls.queries import proposals_of
from dure.alliance.models import Proposal, ProposalPartner
from dure.alliance.models.proposal import MOST_WON
from dure.alliance.proposals import access, queries, writing
from dure.foundation import workflow
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=160)]
Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=20_000)]
Slug = Annotated[Text, Field(max_length=60)]
Won = Annotated[int, Field(ge=0, le=MOST_WON)]


class ProposalOut(Schema):
    """A proposal that the caller may read; `number` is empty before it is submitted, `organisation` is a slug."""

    uid: UUID
    state: str
    number: int | None
    track: str
    title_ko: str
    title_en: str
    organisation: str


class ProposalText(Schema):
    """Its words, in one language or both; `track` is one of its call's."""

    track: Annotated[Text, Field(max_length=20)]
    title_ko: Title = ""
    title_en: Title = ""
    summary_ko: Words = ""
    summary_en: Words = ""
    text_ko: Long = ""
    text_en: Long = ""


class ProposalIn(ProposalText):
    """The same with the member organisation that leads it (its slug), to which the caller belongs."""

    organisation: Slug


class ProposalAmounts(Schema):
    """What a partner asks for and brings in itself, in whole won."""

    budget: Won = 0
    brings: Won = 0


class ProposalPartnerIn(ProposalAmounts):
    """An organisation to ask, by slug."""

    organisation: Slug


class ProposalPartnerOut(ProposalPartnerIn):
    """The same with its answer: empty, confirmed or refused."""

    uid: UUID
    answer: str


class ProposalPersonIn(Schema):
    """Somebody who belongs to a partner that has confirmed, by the mail address of their account."""

    address: Annotated[Text, Field(max_length=254)]


class ProposalPersonOut(Schema):
    """Somebody who is to work on it."""

    uid: UUID
    name_ko: str
    name_en: str


class ProposalAnswerIn(Schema):
    """Whether the organisation takes part."""

    takes_part: bool


class ProposalActIn(Schema):
    """One of `actions`; some need a `reason`, `ask` needs `question` and `until`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""
    question: Words = ""
    until: date | None = None


class ProposalDetail(ProposalOut):
    """All of it, with what the caller may do now."""

    call: UUID
    summary_ko: str
    summary_en: str
    text_ko: str
    text_en: str
    revision: int
    submitted_at: datetime | None
    question: str
    answer_by: date | None
    reason: str
    asked: int
    partners: list[ProposalPartnerOut]
    people: list[ProposalPersonOut]
    actions: list[OfferOut]


class ProposalRevisionOut(Schema):
    """What was submitted, word for word, with the SHA-256 of it as JSON with sorted keys."""

    number: int
    sha256: str
    submitted_at: datetime
    content: dict[str, Any]


def proposal_out(one: Proposal) -> dict[str, Any]:
    names = ("uid", "state", "number", "track", "title_ko", "title_en")
    return {name: getattr(one, name) for name in names} | {"organisation": one.organisation.slug}


def partner_out(one: ProposalPartner) -> dict[str, Any]:
    names = ("uid", "budget", "brings", "answer")
    return {name: getattr(one, name) for name in names} | {"organisation": one.organisation.slug}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_proposal(signed_in(request), uid)
    names = (
        "summary_ko", "summary_en", "text_ko", "text_en", "revision", "submitted_at", "question",
        "answer_by", "reason", "asked",
    )  # fmt: skip
    named = one.people.select_related("person").order_by("pk")
    return (
        proposal_out(one)
        | {name: getattr(one, name) for name in names}
        | {
            "call": one.call.uid,
            "partners": [partner_out(partner) for partner in one.all_partners],
            "people": [person_out(row) for row in named],
            "actions": offers_out(request, one),
        }
    )


def person_out(row: Any) -> dict[str, Any]:
    return {"uid": row.uid, "name_ko": row.person.name_ko, "name_en": row.person.name_en}


@router.get("/proposals", auth=HOST, response={200: PageOut[ProposalOut], **ERRORS}, summary="My proposals")
def get_proposals(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.mine(signed_in(request)), proposal_out)


@router.get(
    "/calls/{uuid:uid}/proposals",
    auth=HOST,
    response={200: PageOut[ProposalOut], **ERRORS},
    summary="The proposals to a call that the caller may read",
)
def get_call_proposals(request: HttpRequest, uid: UUID, state: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    call = access_call(person, uid)
    return page_out(request, proposals_of(person, call, state=state), proposal_out)


@router.post(
    "/calls/{uuid:uid}/proposals",
    auth=HOST,
    response={201: ProposalDetail, **ERRORS},
    summary="Draft a proposal to a call",
)
def post_proposal(request: HttpRequest, uid: UUID, body: ProposalIn) -> Any:
    person = signed_in(request)
    call = access_call(person, uid)
    given = body.dict() | {"organisation": people.access_organisation(person, body.organisation)}
    made = writing.draft(call, by=person, given=given)
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/proposals/{uuid:uid}", auth=HOST, response={200: ProposalDetail, **ERRORS}, summary="A proposal"
)
def get_proposal(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/proposals/{uuid:uid}",
    auth=HOST,
    response={200: ProposalDetail, **ERRORS},
    summary="Change a proposal's words",
)
def put_proposal(request: HttpRequest, uid: UUID, body: ProposalText) -> Any:
    person = signed_in(request)
    writing.edit(access.access_proposal(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post(
    "/proposals/{uuid:uid}/actions",
    auth=HOST,
    response={200: ProposalDetail, **ERRORS},
    summary="Move a proposal",
)
def act_on_proposal(request: HttpRequest, uid: UUID, body: ProposalActIn) -> Any:
    person = signed_in(request)
    one = access.access_proposal(person, uid)
    workflow.perform(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return detail_out(request, uid)


@router.post(
    "/proposals/{uuid:uid}/partners",
    auth=HOST,
    response={201: ProposalDetail, **ERRORS},
    summary="Ask an organisation to take part in a proposal",
)
def post_partner(request: HttpRequest, uid: UUID, body: ProposalPartnerIn) -> Any:
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    given = body.dict() | {"organisation": people.access_organisation(person, body.organisation)}
    writing.add_partner(proposal, by=person, given=given)
    return Status(201, detail_out(request, uid))


@router.put(
    "/proposals/{uuid:uid}/partners/{uuid:partner}",
    auth=HOST,
    response={200: ProposalDetail, **ERRORS},
    summary="Change what a partner asks for; it is asked again",
)
def put_partner(request: HttpRequest, uid: UUID, partner: UUID, body: ProposalAmounts) -> Any:
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    found = access.access_partner(proposal, partner)
    writing.change_amounts(proposal, found, by=person, given=body.dict())
    return detail_out(request, uid)


@router.delete(
    "/proposals/{uuid:uid}/partners/{uuid:partner}",
    auth=HOST,
    response={200: ProposalDetail, **ERRORS},
    summary="Ask an organisation no more",
)
def delete_partner(request: HttpRequest, uid: UUID, partner: UUID) -> Any:
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    writing.remove_partner(proposal, access.access_partner(proposal, partner), by=person)
    return detail_out(request, uid)


@router.post(
    "/proposals/{uuid:uid}/partners/{uuid:partner}/answer",
    auth=HOST,
    response={200: ProposalPartnerOut, **ERRORS},
    summary="Say whether an organisation takes part",
)
def post_answer(request: HttpRequest, uid: UUID, partner: UUID, body: ProposalAnswerIn) -> Any:
    person = signed_in(request)
    found = access.access_partner(access.access_proposal(person, uid), partner)
    return partner_out(writing.answer(found, by=person, takes_part=body.takes_part))


@router.post(
    "/proposals/{uuid:uid}/people",
    auth=HOST,
    response={201: ProposalDetail, **ERRORS},
    summary="Name somebody who is to work on it",
)
def post_person(request: HttpRequest, uid: UUID, body: ProposalPersonIn) -> Any:
    person = signed_in(request)
    writing.name_person(access.access_proposal(person, uid), by=person, address=body.address)
    return Status(201, detail_out(request, uid))


@router.delete(
    "/proposals/{uuid:uid}/people/{uuid:named}",
    auth=HOST,
    response={200: ProposalDetail, **ERRORS},
    summary="Take somebody out of a proposal",
)
def delete_person(request: HttpRequest, uid: UUID, named: UUID) -> Any:
    person = signed_in(request)
    proposal = access.access_proposal(person, uid)
    writing.unname_person(proposal, access.access_named(proposal, named), by=person)
    return detail_out(request, uid)


@router.get(
    "/proposals/{uuid:uid}/revisions/{int:number}",
    auth=HOST,
    response={200: ProposalRevisionOut, **ERRORS},
    summary="A frozen revision of a proposal",
)
def get_revision(request: HttpRequest, uid: UUID, number: int) -> Any:
    found = access.access_revision(access.access_proposal(signed_in(request), uid), number)
    return {name: getattr(found, name) for name in ("number", "sha256", "submitted_at", "content")}
