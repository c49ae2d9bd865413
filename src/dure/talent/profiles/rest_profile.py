"""REST of what the caller looks for, of consent, of who looked, and of how long it is kept."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people
from dure.talent.models import ConsentGrant, DeletionReceipt, Profile
from dure.talent.profiles import access, consent, pages_data, profiling, queries, record, retention
from dure.talent.profiles.cards import Card, cards_of

router = Router()
WRITE = people.require_scope("submit")
Words = Annotated[Text, Field(max_length=2000)]
Code = Annotated[Text, Field(max_length=40)]
Shown = Literal["skills", "about", "kinds", "regions", "languages", "availability"]
Purpose = Literal["be_found", "teams", "measure", "audits"]


class TalentProfileOut(Schema):
    """What you look for. `regions` are ISO 3166-2:KR codes or countries, `languages` map codes to levels 1 to 6 (A1 to C2)."""

    about_ko: Words = ""
    about_en: Words = ""
    kinds: Annotated[list[Code], Field(max_length=10)] = []
    regions: Annotated[list[Code], Field(max_length=300)] = []
    remote: bool = False
    languages: dict[Code, int] = {}
    available_from: date | None = None
    available_until: date | None = None
    weekly_hours: int | None = None


class TalentProfileIn(TalentProfileOut):
    """`confirmed` says that words of which you were warned mean something else."""

    confirmed: bool = False


class ShownSkillOut(Schema):
    """A skill and its level in words."""

    slug: str
    name: str
    level: int
    words: str


class ShownLineOut(Schema):
    """One other thing that is shown."""

    field: str
    label: str
    words: str


class ShownCardOut(Schema):
    """What others see: no name, links, scores or dates of results."""

    pseudonym: str
    skills: list[ShownSkillOut]
    lines: list[ShownLineOut]


class ConsentGrantOut(Schema):
    """A yes that you gave; `organisation` is a slug, or null for all members."""

    uid: UUID
    purpose: str
    organisation: str | None
    fields: list[str]
    given_at: datetime
    expires_on: date
    in_force: bool


class ConsentGrantIn(Schema):
    """To whom what is shown, and until when: at most a year ahead."""

    purpose: Purpose
    organisation: Annotated[Text, Field(max_length=80)] | None = None
    fields: list[Shown] = []
    expires_on: date


class AccessLookOut(Schema):
    """Somebody looked: for which organisation (a slug), what for, and what they saw."""

    at: datetime
    by: str
    organisation: str | None
    purpose: str
    what: str


class ReceiptOut(Schema):
    """What was deleted, by hash and count alone."""

    uid: UUID
    why: str
    counts: dict[str, int]
    sha256: str
    at: datetime


class RetentionOut(Schema):
    """Until when all of it is kept; null where nothing is."""

    keep_until: date | None


@router.get("/me/talent/profile", response={200: TalentProfileOut, **ERRORS}, summary="What you look for")
def get_profile(request: HttpRequest) -> Any:
    return queries.profile_of(signed_in(request))


@router.put(
    "/me/talent/profile",
    auth=WRITE,
    response={200: TalentProfileOut, **ERRORS},
    summary="Say what you look for",
)
def put_profile(request: HttpRequest, body: TalentProfileIn) -> Any:
    """422 with all faults: warnings go away with other words or with `confirmed`; what names a person is never kept."""
    values = body.dict(exclude={"confirmed"})
    return profiling.save(by=people.signed_in(request), values=values, confirmed=body.confirmed)


@router.get("/me/talent/preview", response={200: ShownCardOut, **ERRORS}, summary="What others would see")
def preview(request: HttpRequest, fields: str = "") -> Any:
    """`fields` names what you would allow, with commas between. Nothing is given or written down."""
    person = signed_in(request)
    queries.begun(person)
    return _card(person, fields.split(","))


def _card(person: people.Person, fields: list[str]) -> Card:
    return cards_of({person: fields}, reader="preview")[person.pk]


@router.get(
    "/me/talent/consent", response={200: PageOut[ConsentGrantOut], **ERRORS}, summary="What you said yes to"
)
def list_grants(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.grants(signed_in(request)), grant_out)


def grant_out(grant: ConsentGrant) -> dict[str, Any]:
    names = ("uid", "purpose", "fields", "given_at", "expires_on")
    return {name: getattr(grant, name) for name in names} | {
        "organisation": grant.organisation.slug if grant.organisation else None,
        "in_force": consent.is_in_force(grant),
    }


@router.post("/me/talent/consent", auth=WRITE, response={201: ConsentGrantOut, **ERRORS}, summary="Say yes")
def post_grant(request: HttpRequest, body: ConsentGrantIn) -> Any:
    """An earlier yes to the same audience is replaced."""
    person = people.signed_in(request)
    organisation = people.access_organisation(person, body.organisation) if body.organisation else None
    given = body.dict(exclude={"organisation"})
    return Status(201, grant_out(consent.give(by=person, organisation=organisation, **given)))


@router.delete(
    "/me/talent/consent/{uuid:uid}",
    auth=WRITE,
    response={204: None, **ERRORS},
    summary="Take it back, at once",
)
def delete_grant(request: HttpRequest, uid: UUID) -> Any:
    person = people.signed_in(request)
    consent.take_back(access.access_grant(person, uid), by=person)
    return Status(204, None)


@router.get("/me/talent/looks", response={200: PageOut[AccessLookOut], **ERRORS}, summary="Who looked")
def list_looks(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.looks(signed_in(request)), look_out)


def look_out(entry: Any) -> dict[str, Any]:
    return {
        "at": entry.at,
        "by": entry.by.name if entry.by else "",
        "organisation": entry.organisation.slug if entry.organisation else None,
        "purpose": entry.purpose,
        "what": entry.what,
    }


@router.get("/me/talent/data", response={200: RetentionOut, **ERRORS}, summary="Until when it is kept")
def get_retention(request: HttpRequest) -> Any:
    return _retention(record.of(signed_in(request)))


def _retention(profile: Profile | None) -> dict[str, Any]:
    return {"keep_until": profile.keep_until if profile else None}


@router.post(
    "/me/talent/data/keep",
    auth=WRITE,
    response={200: RetentionOut, **ERRORS},
    summary="Keep it for another year",
)
def keep(request: HttpRequest) -> Any:
    return _retention(retention.keep_longer(by=people.signed_in(request)))


@router.delete(
    "/me/talent/data",
    auth=WRITE,
    response={200: ReceiptOut, 204: None, **ERRORS},
    summary="Delete your evidence, profile and consent now",
)
def delete_all(request: HttpRequest) -> Any:
    """Answers with the receipt; 204 where there was nothing."""
    receipt = retention.delete(people.signed_in(request), why=retention.ASKED)
    return Status(204, None) if receipt is None else Status(200, receipt)


@router.get(
    "/me/talent/receipts", response={200: PageOut[ReceiptOut], **ERRORS}, summary="Receipts of deletions"
)
def list_receipts(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.receipts(signed_in(request)), _receipt_out)


def _receipt_out(receipt: DeletionReceipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in ("uid", "why", "counts", "sha256", "at")}


@router.get("/me/talent/receipts/{uuid:uid}", response={200: None, **ERRORS}, summary="One receipt as a file")
def get_receipt(request: HttpRequest, uid: UUID) -> Any:
    return pages_data.file_of(access.access_receipt(person_of(request), uid))
