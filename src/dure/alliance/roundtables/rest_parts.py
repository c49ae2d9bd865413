"""REST of a roundtable's parts: agenda, materials, guests, minutes, tasks."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.models import RoundtableGuest, RoundtableTask
from dure.alliance.roundtables import access, editing, meeting, queries
from dure.alliance.roundtables.rest import HOST, RoundtableDetail, Title, detail_out
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out

router = Router()
Address = Annotated[Text, Field(max_length=254)]
What = Annotated[Text, Field(max_length=300)]
Minutes = Annotated[Text, Field(max_length=40_000)]


class AgendaItemIn(Schema):
    """A point of its own words; a topic is put on the agenda by its own action `schedule`."""

    title_ko: Title = ""
    title_en: Title = ""
    minutes: int


class AgendaMoveIn(Schema):
    """Where a point goes, or that it is dropped."""

    do: Literal["up", "down", "drop"]


class RoundtableMaterialIn(Schema):
    """An address here that begins with a slash, or one with https://."""

    title: Annotated[Text, Field(min_length=1, max_length=200)]
    link: Annotated[Text, Field(max_length=500)]


class RoundtableGuestOut(Schema):
    """Somebody who is invited; `attended` is None while nobody has said."""

    person: UUID
    name_ko: str
    name_en: str
    answer: str
    attended: bool | None


class RoundtableInviteIn(Schema):
    """Somebody beside the gurus, by the address of the account."""

    address: Address


class RoundtableAttendanceIn(Schema):
    """Uids of the guests who came; the others did not."""

    came: list[UUID]


class RoundtableMinutesIn(Schema):
    """What was said, in both languages."""

    minutes_ko: Minutes
    minutes_en: Minutes


class RoundtableTaskOut(Schema):
    """What is to be done; `owner` is None where the account is gone."""

    uid: UUID
    what_ko: str
    what_en: str
    owner: UUID | None
    due_on: date
    done_at: datetime | None
    outcome: str


class RoundtableTaskIn(Schema):
    """What a guru, a guest or an officer of the secretariat is to do, by the address of the account."""

    what_ko: What = ""
    what_en: What = ""
    address: Address
    due_on: date


class RoundtableTaskDoneIn(Schema):
    """What came of it."""

    outcome: Annotated[Text, Field(max_length=1000)] = ""


def guest_out(one: RoundtableGuest) -> dict[str, Any]:
    named = {name: getattr(one.person, name) for name in ("name_ko", "name_en")}
    return {"person": one.person.uid, "answer": one.answer, "attended": one.attended, **named}


def task_out(one: RoundtableTask) -> dict[str, Any]:
    names = ("uid", "what_ko", "what_en", "due_on", "done_at", "outcome")
    return {name: getattr(one, name) for name in names} | {"owner": one.owner.uid if one.owner else None}


@router.post(
    "/roundtables/{uuid:uid}/agenda",
    auth=HOST,
    response={201: RoundtableDetail, **ERRORS},
    summary="Add a point to an agenda",
)
def post_item(request: HttpRequest, uid: UUID, body: AgendaItemIn) -> Any:
    person = signed_in(request)
    editing.add_item(access.access_own(person, uid), by=person, given=body.dict())
    return Status(201, detail_out(request, uid))


@router.post(
    "/roundtables/{uuid:uid}/agenda/{uuid:item}",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Move a point of an agenda, or drop it",
)
def move_item(request: HttpRequest, uid: UUID, item: UUID, body: AgendaMoveIn) -> Any:
    person = signed_in(request)
    roundtable = access.access_own(person, uid)
    found = access.access_item(roundtable, item)
    if body.do == "drop":
        editing.drop_item(roundtable, found, by=person)
    else:
        editing.move_item(roundtable, found, by=person, up=body.do == "up")
    return detail_out(request, uid)


@router.post(
    "/roundtables/{uuid:uid}/materials",
    auth=HOST,
    response={201: RoundtableDetail, **ERRORS},
    summary="Add something to read",
)
def post_material(request: HttpRequest, uid: UUID, body: RoundtableMaterialIn) -> Any:
    person = signed_in(request)
    editing.add_material(access.access_own(person, uid), by=person, given=body.dict())
    return Status(201, detail_out(request, uid))


@router.delete(
    "/roundtables/{uuid:uid}/materials/{uuid:material}",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Take something to read away",
)
def delete_material(request: HttpRequest, uid: UUID, material: UUID) -> Any:
    person = signed_in(request)
    roundtable = access.access_own(person, uid)
    editing.drop_material(roundtable, access.access_material(roundtable, material), by=person)
    return detail_out(request, uid)


@router.get(
    "/roundtables/{uuid:uid}/guests",
    auth=HOST,
    response={200: PageOut[RoundtableGuestOut], **ERRORS},
    summary="Who is invited to a roundtable, and who came",
)
def get_guests(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    roundtable = access.access_inside(signed_in(request), uid)
    return page_out(request, queries.guests(roundtable), guest_out)


@router.post(
    "/roundtables/{uuid:uid}/guests",
    auth=HOST,
    response={201: RoundtableGuestOut, **ERRORS},
    summary="Invite somebody beside the gurus",
)
def post_guest(request: HttpRequest, uid: UUID, body: RoundtableInviteIn) -> Any:
    person = signed_in(request)
    made = meeting.invite(access.access_own(person, uid), by=person, address=body.address)
    return Status(201, guest_out(made))


@router.put(
    "/roundtables/{uuid:uid}/attendance",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Note who came to a roundtable",
)
def put_attendance(request: HttpRequest, uid: UUID, body: RoundtableAttendanceIn) -> Any:
    person = signed_in(request)
    meeting.note_attendance(access.access_own(person, uid), by=person, came=body.came)
    return detail_out(request, uid)


@router.put(
    "/roundtables/{uuid:uid}/minutes",
    auth=HOST,
    response={200: RoundtableDetail, **ERRORS},
    summary="Write the minutes of a roundtable",
)
def put_minutes(request: HttpRequest, uid: UUID, body: RoundtableMinutesIn) -> Any:
    person = signed_in(request)
    meeting.write_minutes(access.access_own(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.get(
    "/roundtables/{uuid:uid}/tasks",
    auth=HOST,
    response={200: PageOut[RoundtableTaskOut], **ERRORS},
    summary="What is to be done after a roundtable",
)
def get_tasks(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    roundtable = access.access_inside(signed_in(request), uid)
    return page_out(request, queries.tasks(roundtable), task_out)


@router.post(
    "/roundtables/{uuid:uid}/tasks",
    auth=HOST,
    response={201: RoundtableTaskOut, **ERRORS},
    summary="Hand something out to be done",
)
def post_task(request: HttpRequest, uid: UUID, body: RoundtableTaskIn) -> Any:
    person = signed_in(request)
    made = meeting.hand_out(access.access_own(person, uid), by=person, given=body.dict())
    return Status(201, task_out(made))


@router.post(
    "/roundtables/{uuid:uid}/tasks/{uuid:task}/done",
    auth=HOST,
    response={200: RoundtableTaskOut, **ERRORS},
    summary="Say that it is done",
)
def done_task(request: HttpRequest, uid: UUID, task: UUID, body: RoundtableTaskDoneIn) -> Any:
    person = signed_in(request)
    found = access.access_task(access.access_inside(person, uid), task)
    return task_out(meeting.finish(found, by=person, outcome=body.outcome))
