"""REST of foreign certificates: handing one in, one's own, what waits for a decision, and deciding."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.foundation import faults, workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, FaultOut, OfferOut, PageOut, Text, offers_out, page_out
from dure.learn.models import Recognition
from dure.learn.partners import access, pages_recognition, queries, recognising, words
from dure.learn.partners.recognising import MOST_SIGNED
from dure.learn.partners.rest import LEARN
from dure.people import api as people

router = Router()
Note = Annotated[Text, Field(max_length=2000)]


class RecognitionOut(Schema):
    """A certificate of a partner's course (`course` is its uid). `recognised_by` says by whom, once it counts."""

    uid: UUID
    course: UUID
    title_ko: str
    title_en: str
    person: str
    state: str
    handed_in_at: datetime
    decided_at: datetime | None
    recognised_by: str
    reason: str


class RecognitionSaidOut(Schema):
    """What a credential says whose signature was one of a trusted issuer's."""

    issuer: str
    name: str
    awarded_at: datetime
    url: str
    achievement: str


class RecognitionDetail(RecognitionOut):
    """All of it: why a signature did not settle it, the skills that it shows (or would), and what the caller may do."""

    note: str
    link: str
    filename: str
    findings: list[FaultOut]
    said: RecognitionSaidOut | None
    skills: dict[str, int]
    actions: list[OfferOut]


class CertificateIn(Schema):
    """A signed credential (Open Badges 3.0) or a link; one of the two."""

    credential: Annotated[Text, Field(max_length=MOST_SIGNED)] = ""
    link: Annotated[Text, Field(max_length=500)] = ""
    note: Note = ""


class RecognitionActIn(Schema):
    """`accept`, `decline`, `take_back` (all with a reason) or `withdraw`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Note = ""


def recognition_out(row: Recognition) -> dict[str, Any]:
    names = ("uid", "state", "handed_in_at", "decided_at", "reason")
    return {name: getattr(row, name) for name in names} | {
        "course": row.course.uid,
        "title_ko": row.course.title_ko,
        "title_en": row.course.title_en,
        "person": row.person.name,
        "recognised_by": words.recognised_by(row),
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    row = access.access_recognition(person_of(request), uid)
    found = faults.as_json(faults.of_json(one) for one in row.findings)
    return recognition_out(row) | {
        "note": row.note,
        "link": row.link,
        "filename": row.filename,
        "findings": found,
        "said": row.said or None,
        "skills": row.skills or row.course.skills,
        "actions": offers_out(request, row),
    }


@router.post(
    "/partner-courses/{uuid:uid}/recognitions",
    auth=LEARN,
    response={201: RecognitionDetail, **ERRORS},
    summary="Hand in a certificate",
)
def post_recognition(request: HttpRequest, uid: UUID, body: CertificateIn) -> Any:
    """`verified` where the signature settles it; else it waits for a reviewer, and `findings` say why."""
    person = people.signed_in(request)
    course = access.access_course(person, uid)
    made = recognising.hand_in(course, by=person, text=body.credential, link=body.link, note=body.note)
    return Status(201, detail_out(request, made.uid))


@router.post(
    "/partner-courses/{uuid:uid}/recognitions/file",
    auth=LEARN,
    response={201: RecognitionDetail, **ERRORS},
    summary="Hand in a certificate as a file",
)
def post_recognition_file(
    request: HttpRequest,
    uid: UUID,
    file: Annotated[UploadedFile, File(...)],
    note: Form[str] = "",
) -> Any:
    """A signed credential (`.jwt`, `.json`, `.svg`; at most 1 MiB) or a PDF (at most 10 MiB)."""
    person = people.signed_in(request)
    course = access.access_course(person, uid)
    made = recognising.hand_in(course, by=person, file=file, note=note)
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/me/recognitions", response={200: PageOut[RecognitionOut], **ERRORS}, summary="Your foreign certificates"
)
def my_recognitions(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.mine(signed_in(request)), recognition_out)


@router.get(
    "/recognitions",
    response={200: PageOut[RecognitionOut], **ERRORS},
    summary="Certificates that wait for your decision",
)
def list_recognitions(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.waiting(signed_in(request)), recognition_out)


@router.get("/recognitions/{uuid:uid}", response={200: RecognitionDetail, **ERRORS}, summary="One of them")
def get_recognition(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post(
    "/recognitions/{uuid:uid}/act",
    auth=LEARN,
    response={200: RecognitionDetail, **ERRORS},
    summary="Decide, or withdraw",
)
def act_on_recognition(request: HttpRequest, uid: UUID, body: RecognitionActIn) -> Any:
    person = people.signed_in(request)
    row = access.access_recognition(person, uid)
    workflow.perform(row, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.get(
    "/recognitions/{uuid:uid}/certificate", response={200: None, **ERRORS}, summary="What was handed in"
)
def get_certificate(request: HttpRequest, uid: UUID) -> Any:
    """The PDF or the signed text; 404 where it is a link."""
    return pages_recognition.certificate_of(access.access_recognition(person_of(request), uid))
