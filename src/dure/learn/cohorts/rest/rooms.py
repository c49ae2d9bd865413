"""REST of rooms, for those who keep them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import rooms
from dure.learn.models import Room
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Name = Annotated[Text, Field(max_length=120)]
Line = Annotated[Text, Field(max_length=300)]


class ClassRoomIn(Schema):
    """A room. A text in one language stands for both."""

    name_ko: Name = ""
    name_en: Name = ""
    address_ko: Line = ""
    address_en: Line = ""
    access_ko: Line = ""
    access_en: Line = ""
    seats: int


class NewClassRoomIn(ClassRoomIn):
    """With the slug of the organisation whose room it is."""

    organisation: Text


class ClassRoomOut(Schema):
    """A room of an organisation. Nobody plans in a closed one."""

    uid: UUID
    organisation: str
    name_ko: str
    name_en: str
    address_ko: str
    address_en: str
    access_ko: str
    access_en: str
    seats: int
    closed_at: datetime | None


class ClosedClassRoomOut(ClassRoomOut):
    """With how many sessions are still planned there."""

    sessions_ahead: int


def room_out(room: Room) -> dict[str, Any]:
    names = ("uid", "closed_at", *rooms.FIELDS)
    return {name: getattr(room, name) for name in names} | {"organisation": room.organisation.slug}


@router.get("/rooms", response={200: PageOut[ClassRoomOut], **ERRORS}, summary="Rooms that you keep")
def list_rooms(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    return page_out(request, rooms.listed(people.signed_in(request)), room_out)


@router.post("/rooms", auth=HOST, response={200: ClassRoomOut, **ERRORS}, summary="Add a room")
def add_room(request: HttpRequest, body: NewClassRoomIn) -> Any:
    person = people.signed_in(request)
    organisation = people.access_organisation(person, body.organisation)
    return room_out(rooms.add(by=person, organisation=organisation, given=body.dict()))


@router.put("/rooms/{uuid:uid}", auth=HOST, response={200: ClassRoomOut, **ERRORS}, summary="Change a room")
def change_room(request: HttpRequest, uid: UUID, body: ClassRoomIn) -> Any:
    person = people.signed_in(request)
    room = rooms.access_room(person, uid)
    return room_out(rooms.change(by=person, room=room, given=body.dict()))


@router.post(
    "/rooms/{uuid:uid}/close", auth=HOST, response={200: ClosedClassRoomOut, **ERRORS}, summary="Close a room"
)
def close_room(request: HttpRequest, uid: UUID) -> Any:
    """For good; those who lead cohorts that still meet there are told."""
    person = people.signed_in(request)
    ahead = rooms.close(by=person, room=rooms.access_room(person, uid))
    return room_out(rooms.access_room(person, uid)) | {"sessions_ahead": ahead}
