"""REST of joint labs: rooms and desks, who works there, bookings."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from dure.alliance.models import JointLab, LabSpace, Resident, SpaceBooking
from dure.alliance.residents import access, booking, checklist, forms, importing, keeping, queries, rules
from dure.alliance.residents.pages_booking import day_asked
from dure.foundation import clock, faults
from dure.foundation.access import Hidden, demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, FaultOut, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Name = Annotated[Text, Field(max_length=160)]


class JointLabIn(Schema):
    """A joint lab. `host` is the slug of an organisation; `keepers` are mail addresses of accounts."""

    name_ko: Name = ""
    name_en: Name = ""
    address_ko: Annotated[Text, Field(max_length=300)] = ""
    address_en: Annotated[Text, Field(max_length=300)] = ""
    host: Annotated[Text, Field(max_length=60)] | None = None
    keepers: Annotated[list[Annotated[Text, Field(max_length=254)]], Field(max_length=50)] = []


class JointLabOut(Schema):
    """A joint lab with how many work there now."""

    uid: UUID
    name_ko: str
    name_en: str
    address_ko: str
    address_en: str
    host: str | None
    working: int


class OccupancyOut(Schema):
    """How full it is; `hours` are booked hours of its rooms in this week."""

    working: int
    expected: int
    leaving: int
    desks: int
    desks_taken: int
    rooms: int
    hours: float


class JointLabDetail(Schema):
    """All of it."""

    lab: JointLabOut
    occupancy: OccupancyOut


class LabSpaceIn(Schema):
    """A room or a desk."""

    kind: Literal["room", "desk"]
    name: Annotated[Text, Field(max_length=80)]
    capacity: Annotated[int, Field(ge=1, le=keeping.MOST_PLACES)] = 1


class LabSpaceOut(Schema):
    """The same."""

    uid: UUID
    kind: str
    name: str
    capacity: int
    is_closed: bool


class SpaceCloseIn(Schema):
    """Whether nobody books it any more."""

    closed: bool


class ResidentIn(Schema):
    """Somebody of `employer` (a slug) by mail address; `project` and `desk` are uids."""

    address: Annotated[Text, Field(max_length=254)]
    employer: Annotated[Text, Field(max_length=60)]
    since: date
    until: date | None = None
    project: UUID | None = None
    desk: UUID | None = None


class ResidentQuery(Schema):
    """What leaves some of them; without a state those that are not over."""

    q: Annotated[Text, Field(max_length=200)] = ""
    employer: Annotated[Text, Field(max_length=60)] = ""
    state: Annotated[Text, Field(max_length=32)] = ""
    page: int = 1


class ResidentStayIn(Schema):
    """What changes while somebody works there."""

    until: date | None = None
    project: UUID | None = None
    desk: UUID | None = None


class ResidentOut(Schema):
    """A stay; no name where the account is gone."""

    uid: UUID
    state: str
    name_ko: str
    name_en: str
    employer: str
    desk: str
    since: date
    until: date | None


class ChecklistLineOut(Schema):
    """A line of the checklist."""

    kind: str
    label: str
    given_at: datetime | None
    given_by: str
    closed_at: datetime | None
    closed_by: str


class ResidentDetail(ResidentOut):
    """All of it, with what the caller may do now."""

    project: UUID | None
    checklist: list[ChecklistLineOut]
    actions: list[OfferOut]


class ResidentActIn(Schema):
    """One of `actions`."""

    action: Annotated[Text, Field(max_length=40)]


class ResidentAccessIn(Schema):
    """A line of the checklist: done, or taken back."""

    kind: Annotated[Text, Field(max_length=12)]
    given: bool


class ResidentSheetOut(Schema):
    """What a file says, or what was entered of it."""

    new: int
    known: int
    faults: list[FaultOut]


class SpaceBookingIn(Schema):
    """A space (its uid) from a time until another."""

    space: UUID
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    people_count: Annotated[int, Field(ge=1, le=keeping.MOST_PLACES)] = 1
    what: Annotated[Text, Field(max_length=200)] = ""


class SpaceBookingOut(Schema):
    """When a space is taken; `what` and `by` are said to who booked it and who looks after the lab alone."""

    uid: UUID | None
    space: UUID
    starts_at: datetime
    ends_at: datetime
    people_count: int | None
    what: str
    by: str


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


def resident_out(one: Resident) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "state", "since", "until")} | {
        "name_ko": one.person.name_ko if one.person else "",
        "name_en": one.person.name_en if one.person else "",
        "employer": one.employer.slug,
        "desk": one.desk.name if one.desk else "",
    }


def stay_out(request: HttpRequest, lab: JointLab, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_resident(person, lab, uid)
    reads = one.project and forms.projects_for(person).filter(pk=one.project_id).exists()
    return resident_out(one) | {
        "project": one.project.uid if one.project and reads else None,
        "checklist": [_line(line, one.given.get(line.key)) for line in checklist.LINES],
        "actions": offers_out(request, one),
    }


def _line(line: Any, done: Any) -> dict[str, Any]:
    return {
        "kind": line.key,
        "label": str(line.label),
        "given_at": done.given_at if done else None,
        "given_by": done.given_by.name if done and done.given_by else "",
        "closed_at": done.closed_at if done else None,
        "closed_by": done.closed_by.name if done and done.closed_by else "",
    }


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


def _stay_given(person: Any, lab: JointLab, given: dict[str, Any]) -> dict[str, Any]:
    """The rows that a stay names. Raises Hidden for a project that the caller does not know."""
    project, desk = given["project"], given["desk"]
    found = forms.projects_for(person).filter(uid=project).first() if project else None
    if project and found is None:
        raise Hidden(project)
    return {**given, "project": found, "desk": access.access_space(lab, desk) if desk else None}


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
    "/joint-labs/{uuid:uid}/residents",
    auth=HOST,
    response={200: PageOut[ResidentOut], **ERRORS},
    summary="Who works in a joint lab",
)
def get_residents(request: HttpRequest, uid: UUID, asked: Query[ResidentQuery]) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    rows = queries.residents(person, lab, q=asked.q, employer=asked.employer, state=asked.state)
    return page_out(request, rows, resident_out)


@router.post(
    "/joint-labs/{uuid:uid}/residents",
    auth=HOST,
    response={201: ResidentDetail, **ERRORS},
    summary="Enter somebody who comes to work in a joint lab",
)
def post_resident(request: HttpRequest, uid: UUID, body: ResidentIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    given = _stay_given(person, lab, body.dict())
    given["employer"] = people.access_organisation(person, body.employer)
    made = keeping.expect(lab, by=person, given=given)
    return Status(201, stay_out(request, lab, made.uid))


@router.post(
    "/joint-labs/{uuid:uid}/residents/sheet",
    auth=HOST,
    response={200: ResidentSheetOut, **ERRORS},
    summary="Look at residents in a spreadsheet, or enter them",
)
def post_resident_sheet(
    request: HttpRequest,
    uid: UUID,
    file: File[UploadedFile],
    is_real: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    if is_real:
        return {"new": importing.enter(lab, by=person, stream=file), "known": 0, "faults": []}
    seen = importing.look(lab, by=person, stream=file)
    return {"new": len(seen.new), "known": seen.known, "faults": faults.as_json(seen.faults)}


@router.get(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Somebody's stay in a joint lab",
)
def get_resident(request: HttpRequest, uid: UUID, resident: UUID) -> Any:
    return stay_out(request, access.access_lab(signed_in(request), uid), resident)


@router.put(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Change project, desk or last day of a stay",
)
def put_resident(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentStayIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    one = access.access_resident(person, lab, resident)
    keeping.change_stay(one, by=person, given=_stay_given(person, lab, body.dict()))
    return stay_out(request, lab, resident)


@router.post(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}/actions",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Move a stay",
)
def act_on_resident(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentActIn) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    keeping.act(access.access_resident(person, lab, resident), body.action, by=person)
    return stay_out(request, lab, resident)


@router.post(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}/access",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Check off a line of the access checklist, or take it back",
)
def post_resident_access(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentAccessIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    one = access.access_resident(person, lab, resident)
    change = keeping.give if body.given else keeping.take_back
    change(one, body.kind, by=person)
    return stay_out(request, lab, resident)


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
