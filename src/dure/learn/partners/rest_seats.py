"""REST of partners' courses: seats, who asks for them, and whose signatures count."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import Hidden
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.models import PartnerPlace, TrustedIssuer
from dure.learn.partners import access, courses, issuers, places, queries
from dure.learn.partners.courses import MOST_SEATS
from dure.learn.partners.rest import HOST, LEARN, Title, Words
from dure.people import api as people

router = Router()


class PartnerSeatsOut(Schema):
    """Seats given, of which `returned` were taken back; `reserved_for` is a slug, or empty for anybody."""

    uid: UUID
    reserved_for: str
    seats: int
    returned: int
    taken: int
    free: int


class PartnerSeatsIn(Schema):
    """How many, and the slug of the organisation that they are for (empty: anybody)."""

    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    reserved_for: Text = ""


class PartnerSeatsBackIn(Schema):
    """How many are taken back."""

    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]


class PartnerPlaceOut(Schema):
    """Somebody's place. `organisation` is a slug, or empty."""

    uid: UUID
    state: str
    person: str
    organisation: str
    motive: str
    reason: str
    asked_at: datetime
    decided_at: datetime | None


class PartnerAskIn(Schema):
    """On a seat of which organisation of one's own (its slug; empty: anybody's), and why."""

    organisation: Text = ""
    motive: Words = ""


class PartnerPlaceActIn(Schema):
    """`give`, `decline` (with a reason), `withdraw` or `ask_again`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""


class TrustedIssuerOut(Schema):
    """Whose signatures count, with how many keys; `trouble` says why they could not be read last time."""

    uid: UUID
    name: str
    issuer: str
    keys_url: str
    keys: int
    read_at: datetime | None
    trouble: str


class TrustedIssuerIn(Schema):
    """The address by which credentials name it, letter for letter, and an https address with its keys as a JWK Set."""

    name: Title
    issuer: Annotated[Text, Field(min_length=1, max_length=500)]
    keys_url: Annotated[Text, Field(min_length=1, max_length=500)]


class TrustedIssuerActIn(Schema):
    """`read` reads the keys again, `remove` trusts it no longer."""

    action: Literal["read", "remove"]


def seats_out(block: Any) -> dict[str, Any]:
    names = ("uid", "seats", "returned", "taken", "free")
    reserved = block.reserved_for.slug if block.reserved_for else ""
    return {name: getattr(block, name) for name in names} | {"reserved_for": reserved}


def place_out(place: PartnerPlace) -> dict[str, Any]:
    names = ("uid", "state", "motive", "reason", "asked_at", "decided_at")
    return {name: getattr(place, name) for name in names} | {
        "person": place.person.name,
        "organisation": place.organisation.slug if place.organisation else "",
    }


def issuer_out(issuer: TrustedIssuer) -> dict[str, Any]:
    names = ("uid", "name", "issuer", "keys_url", "read_at", "trouble")
    return {name: getattr(issuer, name) for name in names} | {"keys": len(issuer.keys)}


@router.get(
    "/partner-courses/{uuid:uid}/seats",
    response={200: PageOut[PartnerSeatsOut], **ERRORS},
    summary="Its seats, for who looks after it",
)
def list_partner_seats(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.blocks(access.access_managed(signed_in(request), uid)), seats_out)


@router.post(
    "/partner-courses/{uuid:uid}/seats",
    auth=HOST,
    response={201: PartnerSeatsOut, **ERRORS},
    summary="Give seats",
)
def post_partner_seats(request: HttpRequest, uid: UUID, body: PartnerSeatsIn) -> Any:
    person = people.signed_in(request)
    course = access.access_managed(person, uid)
    reserved = people.access_organisation(person, body.reserved_for) if body.reserved_for else None
    made = courses.give_seats(course, by=person, seats=body.seats, reserved_for=reserved)
    return Status(201, seats_out(queries.blocks(course).get(pk=made.pk)))


@router.post(
    "/partner-courses/{uuid:uid}/seats/{uuid:block}/return",
    auth=HOST,
    response={200: PartnerSeatsOut, **ERRORS},
    summary="Take seats back",
)
def return_partner_seats(request: HttpRequest, uid: UUID, block: UUID, body: PartnerSeatsBackIn) -> Any:
    person = people.signed_in(request)
    course = access.access_managed(person, uid)
    found = courses.return_seats(access.access_block(course, block), by=person, seats=body.seats)
    return seats_out(queries.blocks(course).get(pk=found.pk))


@router.get(
    "/partner-courses/{uuid:uid}/places",
    response={200: PageOut[PartnerPlaceOut], **ERRORS},
    summary="Who asks, for who looks after it",
)
def list_partner_places(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.places(access.access_managed(signed_in(request), uid)), place_out)


@router.post(
    "/partner-courses/{uuid:uid}/places",
    auth=LEARN,
    response={200: PartnerPlaceOut, **ERRORS},
    summary="Ask for a seat",
)
def ask_for_partner_seat(request: HttpRequest, uid: UUID, body: PartnerAskIn) -> Any:
    """Asked twice it is the same place."""
    person = people.signed_in(request)
    course = access.access_course(person, uid)
    organisation = people.access_organisation(person, body.organisation) if body.organisation else None
    return place_out(places.ask(by=person, course=course, organisation=organisation, motive=body.motive))


@router.get(
    "/partner-courses/{uuid:uid}/my-place", response={200: PartnerPlaceOut, **ERRORS}, summary="Your place"
)
def get_my_partner_place(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    place = queries.place_of(person, access.access_course(person, uid))
    if place is None:
        raise Hidden(uid)
    return place_out(place)


@router.post(
    "/partner-places/{uuid:uid}/act",
    auth=LEARN,
    response={200: PartnerPlaceOut, **ERRORS},
    summary="Move a place",
)
def act_on_partner_place(request: HttpRequest, uid: UUID, body: PartnerPlaceActIn) -> Any:
    person = people.signed_in(request)
    place = access.access_place(person, uid)
    return place_out(places.act(place, body.action, by=person, data={"reason": body.reason}))


@router.get(
    "/partner-courses/{uuid:uid}/issuers",
    response={200: PageOut[TrustedIssuerOut], **ERRORS},
    summary="Whose signatures count",
)
def list_trusted_issuers(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    course = access.access_managed(signed_in(request), uid)
    return page_out(request, course.issuers.all(), issuer_out)


@router.post(
    "/partner-courses/{uuid:uid}/issuers",
    auth=HOST,
    response={201: TrustedIssuerOut, **ERRORS},
    summary="Trust an issuer",
)
def post_trusted_issuer(request: HttpRequest, uid: UUID, body: TrustedIssuerIn) -> Any:
    """Its keys are read at once, from the public internet over https only; without any it is not trusted."""
    person = people.signed_in(request)
    course = access.access_managed(person, uid)
    return Status(201, issuer_out(issuers.trust(course, by=person, **body.model_dump())))


@router.post(
    "/partner-courses/{uuid:uid}/issuers/{uuid:issuer}",
    auth=HOST,
    response={200: PageOut[TrustedIssuerOut], **ERRORS},
    summary="Read its keys again, or trust it no longer",
)
def act_on_trusted_issuer(request: HttpRequest, uid: UUID, issuer: UUID, body: TrustedIssuerActIn) -> Any:
    person = people.signed_in(request)
    course = access.access_managed(person, uid)
    found = access.access_issuer(course, issuer)
    if body.action == "remove":
        issuers.distrust(found, by=person)
    else:
        issuers.read_again(found)
    return page_out(request, course.issuers.all(), issuer_out)
