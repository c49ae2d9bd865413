"""REST of sessions: read by who sees the cohort, planned by who leads it."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from dure.foundation import faults
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, FaultOut, PageOut, Text, page_out
from dure.learn.cohorts import access, repeating, rooms, rules_sessions, sessions
from dure.learn.cohorts import queries_sessions as queries
from dure.learn.cohorts.plans import Plan
from dure.learn.models import ClassSession, Cohort, Room
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


class SessionRoomOut(Schema):
    """Where a session is; `address` and `access` are null for who is not inside the cohort."""

    uid: UUID
    name_ko: str
    name_en: str
    address_ko: str | None
    address_en: str | None
    access_ko: str | None
    access_en: str | None


class SessionOut(Schema):
    """A session. `minutes` of teaching, without the break; `link` is null for who is not inside the cohort.

    `revision` counts changes.
    """

    uid: UUID
    kind: str
    title_ko: str
    title_en: str
    unit: str
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    prestart_minutes: int
    minutes: int
    room: SessionRoomOut | None
    link: str | None
    called_off_at: datetime | None
    revision: int


class SessionIn(Schema):
    """`kind` is online, onsite or hybrid; `room` the uid of a room, `link` an address; times name their zone."""

    kind: Text
    title_ko: Annotated[Text, Field(max_length=160)] = ""
    title_en: Annotated[Text, Field(max_length=160)] = ""
    unit: Annotated[Text, Field(max_length=60)] = ""
    room: UUID | None = None
    link: Annotated[Text, Field(max_length=500)] = ""
    starts_at: Moment
    ends_at: Moment
    break_minutes: Annotated[int, Field(ge=0, le=720)] = 0
    prestart_minutes: Annotated[int, Field(ge=0, le=720)] = 0


class NewSessionsIn(SessionIn):
    """With `until`, every week on `weekdays` (0 is Monday; none: that of the first day), at the same time of day in Seoul."""

    until: date | None = None
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = []


class PlannedSessionsOut(Schema):
    """The sessions as they are now, and what is odd about them."""

    sessions: list[SessionOut]
    warnings: list[FaultOut]


class CallOffSessionIn(Schema):
    """Why; everybody inside reads it."""

    reason: Annotated[Text, Field(max_length=300)]


def session_out(one: ClassSession, *, inside: bool) -> dict[str, Any]:
    names = (
        "uid kind title_ko title_en unit starts_at ends_at break_minutes prestart_minutes minutes "
        "called_off_at revision"
    )
    room = None if one.room is None else _room_out(one.room, inside=inside)
    return {name: getattr(one, name) for name in names.split()} | {
        "room": room,
        "link": one.link if inside else None,
    }


def _room_out(room: Room, *, inside: bool) -> dict[str, Any]:
    told = ("address_ko", "address_en", "access_ko", "access_en")
    shown = {name: getattr(room, name) if inside else None for name in told}
    return {"uid": room.uid, "name_ko": room.name_ko, "name_en": room.name_en, **shown}


def is_inside(request: HttpRequest, cohort: Cohort) -> bool:
    person = person_of(request)
    return bool(rules_sessions.is_inside(person, cohort, access.place_of(person, cohort)))


@router.get(
    "/cohorts/{uuid:uid}/sessions",
    response={200: PageOut[SessionOut], **ERRORS},
    summary="Sessions of a cohort",
)
def list_sessions(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    """In the order of their start, called off ones too."""
    cohort = access.access_cohort(person_of(request), uid)
    inside = is_inside(request, cohort)
    return page_out(request, queries.sessions_of(cohort), lambda one: session_out(one, inside=inside))


@router.post(
    "/cohorts/{uuid:uid}/sessions",
    auth=HOST,
    response={200: PlannedSessionsOut, **ERRORS},
    summary="Plan sessions",
)
def add_sessions(request: HttpRequest, uid: UUID, body: NewSessionsIn) -> Any:
    """All or none: what is wrong comes back at once."""
    person = people.signed_in(request)
    cohort = access.access_led(person, uid)
    made, odd = sessions.add(by=person, cohort=cohort, planned=_plans(person, cohort, body))
    return _planned(made, odd)


def _planned(made: list[ClassSession], odd: list[Fault]) -> dict[str, Any]:
    return {"sessions": [session_out(one, inside=True) for one in made], "warnings": faults.as_json(odd)}


def _plans(person: Any, cohort: Cohort, body: NewSessionsIn) -> list[Plan]:
    """The same time of day in Seoul on each day."""
    plan = _plan(person, cohort, body)
    first = timezone.localtime(plan.starts_at, timezone.get_default_timezone()).date()
    days = repeating.days_of(first, weekdays=body.weekdays, until=body.until)
    return [_moved(plan, day - first) for day in days]


def _moved(plan: Plan, by: timedelta) -> Plan:
    """Seoul has had no summer time since 1988: days are 24 hours."""
    return Plan(**plan.fields() | {"starts_at": plan.starts_at + by, "ends_at": plan.ends_at + by})


def _plan(person: Any, cohort: Cohort, body: SessionIn, session: ClassSession | None = None) -> Plan:
    room = None
    if body.room is not None:
        room = rooms.usable(person, cohort, session=session).filter(uid=body.room).first()
        if room is None:
            raise Faulty([Fault("session_room_unknown", place="room")])
    given = body.dict(exclude={"room", "until", "weekdays"})
    return Plan(**given, room=room)


@router.get(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}",
    response={200: SessionOut, **ERRORS},
    summary="A session",
)
def get_session(request: HttpRequest, uid: UUID, session: UUID) -> Any:
    found = access.access_session(person_of(request), uid, session)
    return session_out(found, inside=is_inside(request, found.cohort))


@router.put(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}",
    auth=HOST,
    response={200: PlannedSessionsOut, **ERRORS},
    summary="Change a session",
)
def change_session(request: HttpRequest, uid: UUID, session: UUID, body: SessionIn) -> Any:
    """The whole session as it is from now on; everybody inside is told."""
    person = people.signed_in(request)
    found = access.access_led_session(person, uid, session)
    planned = _plan(person, found.cohort, body, found)
    odd = sessions.change(by=person, session=found, planned=planned)
    return _planned([access.access_session(person, uid, session)], odd)


@router.post(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}/call-off",
    auth=HOST,
    response={200: SessionOut, **ERRORS},
    summary="Call a session off",
)
def call_off_session(request: HttpRequest, uid: UUID, session: UUID, body: CallOffSessionIn) -> Any:
    person = people.signed_in(request)
    sessions.call_off(by=person, session=access.access_led_session(person, uid, session), reason=body.reason)
    return session_out(access.access_session(person, uid, session), inside=True)
