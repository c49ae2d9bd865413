"""REST of an event's parts: its programme, who speaks, and what stays of it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from dure.alliance.meetings import access, materials, programme, queries, rules
from dure.alliance.meetings.rest import HOST, Link, Title
from dure.alliance.models import MeetingMaterial, MeetingSession
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out

router = Router()
Kind = Literal["material", "recording"]
Reach = Literal["audience", "registered", "organisers"]


class MeetingSpeakerOut(Schema):
    """Who speaks; names as the programme says them."""

    uid: UUID
    name_ko: str
    name_en: str
    belongs_to: str
    is_guest: bool


class MeetingSessionOut(Schema):
    """A part of the programme."""

    uid: UUID
    title_ko: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    speakers: list[MeetingSpeakerOut]


class MeetingSessionIn(Schema):
    """The same; in Korean, in English or in both, within the time of the event."""

    title_ko: Title = ""
    title_en: Title = ""
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class MeetingSpeakerIn(Schema):
    """Somebody with an account by mail address, or a guest by name with how and when they agreed to be named."""

    address: Annotated[Text, Field(max_length=254)] = ""
    guest: Annotated[Text, Field(max_length=160)] = ""
    consent: Annotated[Text, Field(max_length=300)] = ""
    belongs_to: Annotated[Text, Field(max_length=160)] = ""


class MeetingMaterialOut(Schema):
    """A link, or the address of a file here."""

    uid: UUID
    kind: str
    title: str
    reach: str
    link: str
    filename: str


class MeetingFileIn(Schema):
    """What a file is, and who opens it."""

    kind: Kind = "material"
    title: Annotated[Text, Field(min_length=1, max_length=200)]
    reach: Reach = "registered"


class MeetingMaterialIn(MeetingFileIn):
    """A link that begins with https://."""

    link: Link


def session_out(session: MeetingSession) -> dict[str, Any]:
    names = ("uid", "title_ko", "title_en", "starts_at", "ends_at")
    return {name: getattr(session, name) for name in names} | {
        "speakers": [speaker_out(one) for one in session.speakers.all()]
    }


def speaker_out(speaker: Any) -> dict[str, Any]:
    person = speaker.person
    return {
        "uid": speaker.uid,
        "name_ko": person.name_ko if person else speaker.guest,
        "name_en": person.name_en if person else speaker.guest,
        "belongs_to": speaker.belongs_to,
        "is_guest": person is None,
    }


def material_out(one: MeetingMaterial) -> dict[str, Any]:
    link = one.link or f"/events/{one.meeting.uid}/materials/{one.uid}"
    names = ("uid", "kind", "title", "reach", "filename")
    return {name: getattr(one, name) for name in names} | {"link": link}


@router.get(
    "/events/{uuid:uid}/programme",
    auth=None,
    response={200: list[MeetingSessionOut], **ERRORS},
    summary="The programme of an event",
)
def get_programme(request: HttpRequest, uid: UUID) -> Any:
    meeting = access.access_meeting(person_of(request), uid)
    return [session_out(one) for one in queries.programme(meeting)]


@router.post(
    "/events/{uuid:uid}/programme",
    auth=HOST,
    response={201: MeetingSessionOut, **ERRORS},
    summary="Add a part to a programme",
)
def post_session(request: HttpRequest, uid: UUID, body: MeetingSessionIn) -> Any:
    person = signed_in(request)
    made = programme.add_session(access.access_run(person, uid), by=person, given=body.dict())
    return Status(201, session_out(made))


@router.delete(
    "/events/{uuid:uid}/programme/{uuid:session}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take a part out of a programme",
)
def delete_session(request: HttpRequest, uid: UUID, session: UUID) -> Any:
    person = signed_in(request)
    programme.remove_session(access.access_session(access.access_run(person, uid), session), by=person)
    return Status(204, None)


@router.post(
    "/events/{uuid:uid}/programme/{uuid:session}/speakers",
    auth=HOST,
    response={201: MeetingSpeakerOut, **ERRORS},
    summary="Name a speaker",
)
def post_speaker(request: HttpRequest, uid: UUID, session: UUID, body: MeetingSpeakerIn) -> Any:
    person = signed_in(request)
    one = access.access_session(access.access_run(person, uid), session)
    return Status(201, speaker_out(programme.add_speaker(one, by=person, given=body.dict())))


@router.delete(
    "/events/{uuid:uid}/speakers/{uuid:speaker}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take a speaker off a programme",
)
def delete_speaker(request: HttpRequest, uid: UUID, speaker: UUID) -> Any:
    person = signed_in(request)
    meeting = access.access_meeting(person, uid)
    programme.remove_speaker(access.access_speaker(meeting, speaker), by=person)
    return Status(204, None)


@router.get(
    "/events/{uuid:uid}/materials",
    auth=None,
    response={200: PageOut[MeetingMaterialOut], **ERRORS},
    summary="Materials and recordings of an event",
)
def get_event_materials(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = person_of(request)
    meeting = access.access_meeting(person, uid)
    own, runs = access.own_registration(person, meeting), bool(rules.runs(person, meeting))
    return page_out(
        request, queries.materials(meeting, own, runs=runs).select_related("meeting"), material_out
    )


@router.post(
    "/events/{uuid:uid}/materials",
    auth=HOST,
    response={201: MeetingMaterialOut, **ERRORS},
    summary="Add a link to an event",
)
def post_event_material(request: HttpRequest, uid: UUID, body: MeetingMaterialIn) -> Any:
    person = signed_in(request)
    return Status(
        201, material_out(materials.add(access.access_run(person, uid), by=person, given=body.dict()))
    )


@router.post(
    "/events/{uuid:uid}/materials/file",
    auth=HOST,
    response={201: MeetingMaterialOut, **ERRORS},
    summary="Add a file to an event",
)
def post_event_file(
    request: HttpRequest,
    uid: UUID,
    file: File[UploadedFile],
    given: Form[MeetingFileIn],
) -> Any:
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    made = materials.add(meeting, by=person, given=given.dict(), stream=file, filename=file.name or "")
    return Status(201, material_out(made))


@router.delete(
    "/events/{uuid:uid}/materials/{uuid:material}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take a material away",
)
def delete_event_material(request: HttpRequest, uid: UUID, material: UUID) -> Any:
    person = signed_in(request)
    found = access.access_material(person, access.access_run(person, uid), material)
    materials.remove(found, by=person)
    return Status(204, None)
