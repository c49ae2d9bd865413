"""REST of evidence, claims and endorsements: the caller's own, and what waits for their answer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.talent.models import Endorsement, Evidence
from dure.talent.profiles import access, claims, endorsing, moving, queries, rules, words
from dure.talent.profiles.queries import Item, Line

router = Router()
WRITE = people.require_scope("submit")
Level = Annotated[int, Field(ge=1, le=4)]
Words = Annotated[Text, Field(max_length=2000)]
Slug = Annotated[Text, Field(max_length=60)]


class EvidenceOut(Schema):
    """One fact. `weight` says what it has to do with the level; empty where it does not count."""

    uid: UUID
    state: str
    skill: str
    kind: str
    level: int
    title: str
    url: str
    at: datetime
    detail: str
    weight: str
    limits: list[str]


class SkillEvidenceOut(Schema):
    """A skill with its level (0: none shown), its posterior on the scale of levels, why, and what would raise it."""

    skill: str
    name: str
    level: int
    words: str
    mean: float
    variance: float
    number: int
    model_version: str
    low: float
    high: float
    facts: list[EvidenceOut]
    raises: str


class FactOut(Schema):
    """One fact by itself, with what its person and the secretariat said, and what the caller may do."""

    uid: UUID
    state: str
    skill: str
    kind: str
    level: int
    title_ko: str
    title_en: str
    url: str
    at: datetime
    detail: str
    reason: str
    answer: str
    actions: list[OfferOut]


class EvidenceActIn(Schema):
    """`hide`, `show`, `contest` (with a reason), `give_in`; for the secretariat `keep` and `strike` (with a reason)."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""


class SkillClaimIn(Schema):
    """A skill of the catalogue and the level that one claims."""

    skill: Slug
    level: Level


class EndorsementOut(Schema):
    """A request to endorse, and its answer."""

    uid: UUID
    state: str
    person: str
    verifier: str
    are_colleagues: bool
    skill: str
    level: int
    what: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None
    actions: list[OfferOut]


class EndorsementLineOut(Schema):
    """The same in a list."""

    uid: UUID
    state: str
    person: str
    verifier: str
    skill: str
    level: int
    asked_at: datetime


class EndorsementIn(Schema):
    """`verifier` is a mail address, or the uid or address of a page that the caller may open."""

    verifier: Annotated[Text, Field(max_length=300)]
    skill: Slug
    level: Level
    what: Annotated[Text, Field(min_length=1, max_length=2000)]
    confirmed: bool = False


class EndorsementActIn(Schema):
    """`give` (with what one has seen), `decline`, `take_back` (with a reason); for who asked `withdraw`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""


@router.get(
    "/me/talent", response={200: PageOut[SkillEvidenceOut], **ERRORS}, summary="Your evidence by skill"
)
def my_evidence(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """The first call begins your record: see how long it is kept under `/me/talent/data`."""
    person = signed_in(request)
    queries.fresh(person)
    return page_out(request, queries.lines_of(person), line_out)


def line_out(line: Line) -> dict[str, Any]:
    figures = ("mean", "variance", "number", "model_version")
    return {name: getattr(line.posterior, name) for name in figures} | {
        "skill": line.skill.slug,
        "name": line.skill.name,
        "level": line.level,
        "words": words.level(line.posterior),
        "low": line.low,
        "high": line.high,
        "facts": [_item_out(item) for item in line.items],
        "raises": words.raises(line.posterior),
    }


def _item_out(item: Item) -> dict[str, Any]:
    names = ("uid", "state", "skill", "kind", "level", "title", "url", "at")
    said = {"detail": item.detail, "weight": item.weight, "limits": list(item.limits)}
    return {name: getattr(item.row, name) for name in names} | said


@router.get("/me/talent/evidence/{uuid:uid}", response={200: FactOut, **ERRORS}, summary="One fact")
def get_fact(request: HttpRequest, uid: UUID) -> Any:
    return fact_out(request, access.access_evidence(person_of(request), uid))


def fact_out(request: HttpRequest, row: Evidence) -> dict[str, Any]:
    names = (
        "uid",
        "state",
        "skill",
        "kind",
        "level",
        "title_ko",
        "title_en",
        "url",
        "at",
        "reason",
        "answer",
    )
    more = {"detail": words.detail(row), "actions": offers_out(request, row)}
    return {name: getattr(row, name) for name in names} | more


@router.post(
    "/me/talent/evidence/{uuid:uid}/act",
    auth=WRITE,
    response={200: FactOut, **ERRORS},
    summary="Hide, show or contest it",
)
def act_on_fact(request: HttpRequest, uid: UUID, body: EvidenceActIn) -> Any:
    person = people.signed_in(request)
    row = access.access_evidence(person, uid)
    moved = moving.act_on_evidence(row, body.action, by=person, data={"reason": body.reason})
    return fact_out(request, moved)


@router.post(
    "/me/talent/claims",
    auth=WRITE,
    response={201: FactOut, **ERRORS},
    summary="Claim a skill, or another level",
)
def post_claim(request: HttpRequest, body: SkillClaimIn) -> Any:
    made = claims.claim(by=people.signed_in(request), skill=body.skill, level=body.level)
    return Status(201, fact_out(request, made))


@router.delete(
    "/me/talent/claims/{uuid:uid}", auth=WRITE, response={204: None, **ERRORS}, summary="Remove a claim"
)
def delete_claim(request: HttpRequest, uid: UUID) -> Any:
    person = people.signed_in(request)
    claims.remove(access.access_evidence(person, uid), by=person)
    return Status(204, None)


@router.get(
    "/talent/contested",
    response={200: PageOut[FactOut], **ERRORS},
    summary="Contested evidence that waits for you",
)
def list_contested(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    demand(rules.may_decide_any(person))
    return page_out(request, queries.contested(person), lambda row: fact_out(request, row))


@router.post(
    "/talent/contested/{uuid:uid}/act",
    auth=WRITE,
    response={200: FactOut, **ERRORS},
    summary="Keep or strike it",
)
def decide_contested(request: HttpRequest, uid: UUID, body: EvidenceActIn) -> Any:
    person = people.signed_in(request)
    row = access.access_contested(person, uid)
    return fact_out(
        request, moving.act_on_evidence(row, body.action, by=person, data={"reason": body.reason})
    )


@router.get(
    "/me/talent/endorsements",
    response={200: PageOut[EndorsementLineOut], **ERRORS},
    summary="Endorsements you asked for, or (`of=me`) are asked for",
)
def list_endorsements(request: HttpRequest, of: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    rows = queries.asked_of(person) if of == "me" else queries.asked_by(person)
    return page_out(request, rows, _endorsement_line)


def _endorsement_line(row: Endorsement) -> dict[str, Any]:
    names = ("uid", "state", "skill", "level", "asked_at")
    return {name: getattr(row, name) for name in names} | {
        "person": row.person.name,
        "verifier": row.verifier.name,
    }


def endorsement_out(request: HttpRequest, row: Endorsement) -> dict[str, Any]:
    names = ("what", "answer", "decided_at")
    return (
        _endorsement_line(row)
        | {name: getattr(row, name) for name in names}
        | {
            "are_colleagues": endorsing.are_colleagues(row.person, row.verifier),
            "actions": offers_out(request, row),
        }
    )


@router.post(
    "/me/talent/endorsements",
    auth=WRITE,
    response={201: EndorsementOut, **ERRORS},
    summary="Ask a named person to endorse a skill",
)
def post_endorsement(request: HttpRequest, body: EndorsementIn) -> Any:
    person = people.signed_in(request)
    verifier = endorsing.verifier_named(person, body.verifier)
    given = body.dict(exclude={"verifier"})
    return Status(201, endorsement_out(request, endorsing.ask(by=person, verifier=verifier, **given)))


@router.get(
    "/me/talent/endorsements/{uuid:uid}", response={200: EndorsementOut, **ERRORS}, summary="One of them"
)
def get_endorsement(request: HttpRequest, uid: UUID) -> Any:
    return endorsement_out(request, access.access_endorsement(person_of(request), uid))


@router.post(
    "/me/talent/endorsements/{uuid:uid}/act",
    auth=WRITE,
    response={200: EndorsementOut, **ERRORS},
    summary="Give, decline, withdraw or take back",
)
def act_on_endorsement(request: HttpRequest, uid: UUID, body: EndorsementActIn) -> Any:
    person = people.signed_in(request)
    row = access.access_endorsement(person, uid)
    moved = moving.act_on_endorsement(row, body.action, by=person, data={"reason": body.reason})
    return endorsement_out(request, moved)
