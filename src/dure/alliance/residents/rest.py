"""REST of joint labs: rooms and desks, bookings."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.alliance.models import JointLab, LabSpace, SpaceBooking
from dure.alliance.residents import access, booking, keeping, queries, rules
from dure.alliance.residents.pages_booking import day_asked
from dure.alliance.residents.rest_shapes import (
    JointLabDetail,
    JointLabIn,
    JointLabOut,
    LabSpaceIn,
    LabSpaceOut,
    OccupancyOut,
    SpaceBookingIn,
    SpaceBookingOut,
    SpaceCloseIn,
)
from dure.foundation import clock
from dure.foundation.access import demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


def lab_out(lab: JointLab) -> dict[str, Any]:
    names = ("uid", "name_ko", "name_en", "address_ko", "address_en", "working")
    return {name: getattr(lab, name, 0) for name in names} | {"host": lab.host.slug if lab.host else None}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    lab = access.access_lab(person_of(request), uid)
    full = queries.occupancy(lab, queries.monday_of(clock.today()))
    figures = {name: getattr(full, name) for name in OccupancyOut.model_fields}
    return {"lab": {**lab_out(lab), "working": full.working}, "occupancy": figures}


def space_out(space: LabSpace) -> dict[str, Any]:
    names = ("uid", "kind", "name", "capacity")
    return {name: getattr(space, name) for name in names} | {"is_closed": space.closed_at is not None}


def booking_out(one: SpaceBooking, person: Any, *, keeps: bool) -> dict[str, Any]:
    reads = keeps or one.person_id == person.pk
    return {
        "uid": one.uid if reads else None,
        "space": one.space.uid,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "people_count": one.people_count if reads else None,
        "what": one.what if reads else "",
        "by": one.person.name if reads and one.person else "",
    }


def _lab_given(person: Any, body: JointLabIn) -> dict[str, Any]:
    given = body.dict()
    slug = given["host"]
    given["host"] = people.access_organisation(person, slug) if slug else None
    return given | {"keepers": "\n".join(given["keepers"])}


@router.get("/joint-labs", auth=HOST, response={200: PageOut[JointLabOut], **ERRORS}, summary="Joint labs")
def get_joint_labs(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.labs(signed_in(request)), lab_out)


@router.post("/joint-labs", auth=HOST, response={201: JointLabDetail, **ERRORS}, summary="Set up a joint lab")
def post_joint_lab(request: HttpRequest, body: JointLabIn) -> Any:
    person = signed_in(request)
    demand(rules.may_make(person))
    made = keeping.make(by=person, given=_lab_given(person, body))
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/joint-labs/{uuid:uid}", auth=HOST, response={200: JointLabDetail, **ERRORS}, summary="A joint lab"
)
def get_joint_lab(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/joint-labs/{uuid:uid}",
    auth=HOST,
    response={200: JointLabDetail, **ERRORS},
    summary="Change a joint lab",
)
def put_joint_lab(request: HttpRequest, uid: UUID, body: JointLabIn) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    demand(rules.may_make(person))
    keeping.change(lab, by=person, given=_lab_given(person, body))
    return detail_out(request, uid)


@router.get(
    "/joint-labs/{uuid:uid}/spaces",
    auth=HOST,
    response={200: PageOut[LabSpaceOut], **ERRORS},
    summary="Rooms and desks of a joint lab",
)
def get_lab_spaces(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    lab = access.access_lab(signed_in(request), uid)
    return page_out(request, lab.spaces.order_by("-kind", "name", "pk"), space_out)


@router.post(
    "/joint-labs/{uuid:uid}/spaces",
    auth=HOST,
    response={201: LabSpaceOut, **ERRORS},
    summary="Add a room or a desk",
)
def post_lab_space(request: HttpRequest, uid: UUID, body: LabSpaceIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    return Status(201, space_out(keeping.add_space(lab, by=person, given=body.dict())))


@router.post(
    "/joint-labs/{uuid:uid}/spaces/{uuid:space}",
    auth=HOST,
    response={200: LabSpaceOut, **ERRORS},
    summary="Close a room or a desk, or open it again",
)
def close_lab_space(request: HttpRequest, uid: UUID, space: UUID, body: SpaceCloseIn) -> Any:
    person = signed_in(request)
    found = access.access_space(access.access_kept(person, uid), space)
    keeping.close_space(found, by=person, closed=body.closed)
    return space_out(LabSpace.objects.get(pk=found.pk))


@router.get(
    "/joint-labs/{uuid:uid}/bookings",
    auth=HOST,
    response={200: PageOut[SpaceBookingOut], **ERRORS},
    summary="What is booked in a week",
)
def get_lab_bookings(request: HttpRequest, uid: UUID, day: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    keeps = bool(rules.keeps(person, lab))
    rows = queries.between(lab.spaces.order_by("pk"), queries.monday_of(day_asked(day)), queries.WEEK)
    return page_out(request, rows, lambda one: booking_out(one, person, keeps=keeps))


@router.post(
    "/joint-labs/{uuid:uid}/bookings",
    auth=HOST,
    response={201: SpaceBookingOut, **ERRORS},
    summary="Book a room or a desk",
)
def post_lab_booking(request: HttpRequest, uid: UUID, body: SpaceBookingIn) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    demand(rules.may_book(person, lab))
    given = body.dict() | {"space": access.access_space(lab, body.space)}
    return Status(201, booking_out(booking.book(lab, by=person, given=given), person, keeps=True))


@router.delete(
    "/joint-labs/{uuid:uid}/bookings/{uuid:booking_uid}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Give a booking back",
)
def delete_lab_booking(request: HttpRequest, uid: UUID, booking_uid: UUID) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    booking.cancel(access.access_booking(person, lab, booking_uid), by=person)
    return Status(204, None)
