"""REST of attendance: who was there, and hours."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import access, holding, rules
from dure.learn.cohorts import queries_attendance as queries
from dure.learn.cohorts.pages.attendance import exported
from dure.learn.cohorts.writing_attendance import Entry, write
from dure.learn.models import Attendance, ClassSession, Place
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
PER_PAGE = 50


class AttendanceRowOut(Schema):
    """What holds: `status` is present, late, left, excused or absent; `way` is code, staff or log."""

    status: str
    minutes: int
    way: str
    entered_at: datetime | None
    left_at: datetime | None
    reason: str
    at: datetime


class WorkedOut(Schema):
    """What a person's work on the platform within an online session comes to."""

    status: str
    minutes: int
    first: datetime
    last: datetime


class AttendedOut(Schema):
    """A person in a session. `place` names them where attendance is written."""

    place: UUID
    name: str
    organisation: str
    attendance: AttendanceRowOut | None
    worked: WorkedOut | None


class AttendanceEntryIn(Schema):
    """What to write of a place; `status` "log" takes what the platform saw.

    A `reason` is needed where something is written already.
    """

    place: UUID
    status: Annotated[Text, Field(max_length=8)]
    minutes: Annotated[int, Field(ge=0, le=2000)] | None = None
    reason: Annotated[Text, Field(max_length=300)] = ""


class AttendanceIn(Schema):
    """All of these, or none."""

    entries: Annotated[list[AttendanceEntryIn], Field(max_length=1000)]


class AttendanceWrittenOut(Schema):
    """How many rows were added; what says the same as before adds none."""

    written: int


class AttendanceHoursOut(Schema):
    """Minutes that a person was there, of those that took place until now; `asked` is the cohort's share in percent."""

    name: str
    organisation: str
    minutes: int
    held: int
    percent: float
    asked: int
    is_enough: bool


class OwnSessionOut(Schema):
    """One's own attendance of a session; null where nothing is written."""

    session: UUID
    starts_at: datetime
    ends_at: datetime
    minutes: int
    attendance: AttendanceRowOut | None


class OwnAttendanceOut(Schema):
    """One's own hours, and session by session."""

    hours: AttendanceHoursOut
    sessions: list[OwnSessionOut]


def row_out(row: Attendance | None) -> dict[str, Any] | None:
    names = ("status", "minutes", "way", "entered_at", "left_at", "reason", "at")
    return {name: getattr(row, name) for name in names} if row else None


def attended_out(one: queries.SheetRow) -> dict[str, Any]:
    work = one.worked
    seen = work and {
        "status": work.found.status,
        "minutes": work.found.minutes,
        "first": work.first,
        "last": work.last,
    }
    return _who(one.place) | {"place": one.place.uid, "attendance": row_out(one.row), "worked": seen}


def _who(place: Place) -> dict[str, Any]:
    organisation = place.organisation
    return {"name": place.person.name, "organisation": organisation.slug if organisation else ""}


def hours_out(place: Place, hours: holding.Hours) -> dict[str, Any]:
    names = ("minutes", "held", "percent", "asked", "is_enough")
    return _who(place) | {name: getattr(hours, name) for name in names}


@router.get(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}/attendance",
    response={200: PageOut[AttendedOut], **ERRORS},
    summary="Attendance of a session",
)
def list_attended(request: HttpRequest, uid: UUID, session: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    person = people.signed_in(request)
    found = access.access_session(person, uid, session)
    demand(rules.may_read_roster(person, found.cohort))
    shown = page_of(request, holding.roster(found.cohort), per_page=PER_PAGE)
    rows = queries.sheet(found, list(shown.object_list))
    return {
        "items": [attended_out(row) for row in rows],
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "count": shown.paginator.count,
    }


@router.post(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}/attendance",
    auth=HOST,
    response={200: AttendanceWrittenOut, **ERRORS},
    summary="Write attendance",
)
def write_attendance(request: HttpRequest, uid: UUID, session: UUID, body: AttendanceIn) -> Any:
    """Rows are only ever added: the last one of a person holds."""
    person = people.signed_in(request)
    found = access.access_led_session(person, uid, session)
    return {"written": write(by=person, session=found, entries=_entries(found, body))}


def _entries(session: ClassSession, body: AttendanceIn) -> list[Entry]:
    """One for each place, the last one that was sent. Raises Faulty for places that are not in the cohort."""
    asked = {one.place: one for one in body.entries}
    places = {place.uid: place for place in holding.roster(session.cohort).filter(uid__in=asked)}
    if unknown := [uid for uid in asked if uid not in places]:
        raise Faulty([Fault("attendance_unknown_place", place=str(uid)) for uid in unknown])
    return [_entry(places[uid], one) for uid, one in asked.items()]


def _entry(place: Place, one: AttendanceEntryIn) -> Entry:
    if one.status == "log":
        return Entry(place, reason=one.reason, from_log=True)
    return Entry(place, status=one.status, minutes=one.minutes, reason=one.reason)


@router.get(
    "/cohorts/{uuid:uid}/attendance",
    response={200: PageOut[AttendanceHoursOut], **ERRORS},
    summary="Hours of attendance",
)
def list_hours(
    request: HttpRequest,
    uid: UUID,
    organisation: Text = "",
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> dict[str, Any]:
    """For who leads the cohort, everybody; with `organisation` (its slug) also for its representatives: its people."""
    person = people.signed_in(request)
    if organisation:
        cohort, sponsor = access.access_sponsored(person, uid, organisation)
        found = queries.of_organisation(holding.roster(cohort), sponsor)
    else:
        cohort = access.access_roster(person, uid)
        found = holding.roster(cohort)
    answer = page_out(request, found, lambda place: place, per_page=PER_PAGE)
    hours = holding.hours_of(cohort, answer["items"])
    return answer | {"items": [hours_out(place, hours[place.pk]) for place in answer["items"]]}


@router.get(
    "/cohorts/{uuid:uid}/attendance/mine",
    response={200: OwnAttendanceOut, **ERRORS},
    summary="Your attendance",
)
def own_attendance(request: HttpRequest, uid: UUID) -> Any:
    person = people.signed_in(request)
    cohort = access.access_cohort(person, uid)
    place = access.access_own_place(person, cohort)
    rows = queries.own(place, queries.columns(cohort))
    return {
        "hours": hours_out(place, holding.hours_of(cohort, [place])[place.pk]),
        "sessions": [_own(one) for one in rows],
    }


def _own(one: queries.Own) -> dict[str, Any]:
    session = one.session
    told = {name: getattr(session, name) for name in ("starts_at", "ends_at", "minutes")}
    return {"session": session.uid, "attendance": row_out(one.row), **told}


@router.get(
    "/cohorts/{uuid:uid}/attendance/export",
    response={200: None, **ERRORS},
    summary="Attendance as CSV",
)
def export_attendance(
    request: HttpRequest,
    uid: UUID,
    form: Text = "sessions",  # noqa: ARG001 - these are read from the address, as the page does
    language: Text = "",  # noqa: ARG001
    organisation: Text = "",  # noqa: ARG001
) -> HttpResponse:
    """`form` is sessions or totals, `language` ko or en. A representative asks with `organisation`, and reads no reasons."""
    people.signed_in(request)
    return exported(request, uid)
