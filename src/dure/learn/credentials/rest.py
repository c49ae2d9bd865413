"""REST of credentials: one's own, one of them with its files, the verifier, and what keys and lists there are."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from dure.engines import credentials as ob
from dure.foundation import faults, workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, FaultOut, OfferOut, Text, offers_out
from dure.learn.credentials import access, documents, queries, sharing, verifying
from dure.learn.credentials.earned import Earned
from dure.learn.models import Credential
from dure.learn.partners import words
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class BadgeTextOut(Schema):
    """A text in Korean and English."""

    ko: str
    en: str


class BadgeOut(Schema):
    """A credential. `url` is its page, and what its signed text calls it where that was signed under today's address."""

    uid: UUID
    badge: str
    state: str
    name: BadgeTextOut
    url: str
    is_shared: bool
    awarded_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class BadgeLinkOut(Schema):
    """Something named, with its address."""

    name: BadgeTextOut
    url: str


class BadgeResultOut(Schema):
    """Something measured."""

    name: BadgeTextOut
    value: str
    required: str


class BadgeDetail(BadgeOut):
    """With what was achieved, what a verifier says of it now, and what may be done."""

    holder: BadgeTextOut
    description: BadgeTextOut
    criteria: BadgeTextOut
    skills: list[BadgeLinkOut]
    results: list[BadgeResultOut]
    evidence: list[BadgeLinkOut]
    reason: str
    is_valid: bool
    faults: list[FaultOut]
    who_sees: str
    actions: list[OfferOut]


class BadgeSaidOut(Schema):
    """What a verified credential says, as it was signed; both languages may stand in one text."""

    url: str
    issuer: str
    holder: str
    name: str
    description: str
    criteria: str
    awarded_at: datetime
    expires_at: datetime | None
    skills: list[tuple[str, str]]
    results: list[tuple[str, str]]
    evidence: list[tuple[str, str]]


class BadgeVerdictOut(Schema):
    """Whether it is valid, and every reason why not. `said` is null unless one of our keys signed it."""

    is_valid: bool
    faults: list[FaultOut]
    said: BadgeSaidOut | None


class CompletedCourseOut(Schema):
    """A course that was completed."""

    course: str
    title: BadgeTextOut
    hours: int
    completed_at: datetime | None


class RecognisedCertificateOut(Schema):
    """A partner's certificate that counts here; `by` is in the caller's language."""

    recognition: UUID
    title: BadgeTextOut
    hours: int
    recognised_at: datetime | None
    by: str


class TranscriptOut(Schema):
    """What a person earned and completed, the latest first."""

    credentials: list[BadgeOut]
    completed: list[CompletedCourseOut]
    recognised: list[RecognisedCertificateOut]


class BadgeActIn(Schema):
    """`revoke` or `reinstate`, with a reason that the holder reads."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


class BadgeShareIn(Schema):
    """Whether whoever has the link may see it."""

    shared: bool


class BadgeCheckIn(Schema):
    """A signed credential, or a link of this host."""

    credential: Annotated[str, Field(max_length=verifying.MOST_BYTES)]


def badge_out(one: Credential) -> dict[str, Any]:
    names = ("uid", "badge", "state", "is_shared", "awarded_at", "expires_at", "revoked_at")
    name = {"ko": one.name_ko, "en": one.name_en}
    return {**{field: getattr(one, field) for field in names}, "name": name, "url": queries.address_of(one)}


def detail_out(request: HttpRequest, one: Credential) -> dict[str, Any]:
    earned, found = Earned.of_json(one.content), verifying.verdict_of(one)
    return {
        **badge_out(one),
        "holder": {"ko": one.person.name_ko, "en": one.person.name_en},
        "description": earned.description,
        "criteria": earned.criteria,
        "skills": earned.skills,
        "results": earned.results,
        "evidence": earned.evidence,
        "reason": one.reason,
        "is_valid": found.is_valid,
        "faults": faults.as_json(found.faults),
        "who_sees": queries.who_sees(one),
        "actions": offers_out(request, one),
    }


@router.get(
    "/badges", response={200: TranscriptOut, **ERRORS}, summary="Your credentials and completed courses"
)
def list_badges(request: HttpRequest) -> Any:
    found = queries.transcript(signed_in(request))
    return {
        "credentials": [badge_out(one) for one in found.credentials],
        "completed": [
            {
                "course": one.course.slug,
                "title": {"ko": one.course.title_ko, "en": one.course.title_en},
                "hours": one.course.hours,
                "completed_at": one.completed_at,
            }
            for one in found.completed
        ],
        "recognised": [
            {
                "recognition": one.uid,
                "title": {"ko": one.course.title_ko, "en": one.course.title_en},
                "hours": one.course.hours,
                "recognised_at": one.decided_at,
                "by": words.recognised_by(one),
            }
            for one in found.recognised
        ],
    }


@router.post(
    "/badges/verify", response={200: BadgeVerdictOut, **ERRORS}, summary="Verify a credential or a link"
)
def verify_badge(request: HttpRequest, body: BadgeCheckIn) -> Any:
    """Open to everybody; nothing is fetched and nothing kept. A credential that is not valid is an answer, not an error."""
    return _verdict_out(_checked(request, text=body.credential))


@router.post("/badges/verify/file", response={200: BadgeVerdictOut, **ERRORS}, summary="Verify a file")
def verify_badge_file(request: HttpRequest, file: Annotated[UploadedFile, File(...)]) -> Any:
    """A `.jwt`, `.json` or baked `.svg` file of at most 1 MiB."""
    return _verdict_out(_checked(request, file=file))


def _checked(request: HttpRequest, **given: Any) -> ob.Verdict:
    return verifying.check(**given, by=person_of(request), host=request.get_host())


def _verdict_out(found: ob.Verdict) -> dict[str, Any]:
    return {"is_valid": found.is_valid, "faults": faults.as_json(found.faults), "said": found.said}


@router.get("/badges/{uuid:uid}", response={200: BadgeDetail, **ERRORS}, summary="One of them")
def get_badge(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_credential(person_of(request), uid))


@router.post(
    "/badges/{uuid:uid}/act", auth=HOST, response={200: BadgeDetail, **ERRORS}, summary="Revoke or reinstate"
)
def act_on_badge(request: HttpRequest, uid: UUID, body: BadgeActIn) -> Any:
    person = people.signed_in(request)
    found = access.access_credential(person, uid)
    workflow.perform(found, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, access.access_credential(person, uid))


@router.post(
    "/badges/{uuid:uid}/share", response={200: BadgeDetail, **ERRORS}, summary="Share its link, or stop"
)
def share_badge(request: HttpRequest, uid: UUID, body: BadgeShareIn) -> Any:
    person = people.signed_in(request)
    sharing.share(access.access_credential(person, uid), by=person, shared=body.shared)
    return detail_out(request, access.access_credential(person, uid))


@router.get("/badges/{uuid:uid}/jwt", response={200: None, **ERRORS}, summary="Its signed text")
def get_badge_token(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same as `/badges/{uid}.jwt`."""
    return documents.token(request, uid)
