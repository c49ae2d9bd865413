"""REST of events: the list, one of them, moves, registering, the desk."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from dure.alliance.meetings import access, certificates, editing, queries, rules, seating, visibility
from dure.alliance.meetings.forms import circles
from dure.alliance.meetings.pages_desk import by_code
from dure.alliance.models import Meeting, MeetingRegistration
from dure.foundation.access import Hidden, demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=200)]
Long = Annotated[Text, Field(max_length=8000)]
Reason = Annotated[Text, Field(max_length=2000)]
Link = Annotated[Text, Field(max_length=500)]


class MeetingIn(Schema):
    """What an event says of itself. `host` is the slug of an organisation (none: the alliance); `seats` none is no limit.

    `circle` is the uid of the circle that sees it where `audience` is `circle`; `organisers` are mail addresses of accounts.
    """

    kind: Literal["seminar", "workshop", "talk", "demo_day", "job_fair"]
    title_ko: Title = ""
    title_en: Title = ""
    text_ko: Long = ""
    text_en: Long = ""
    host: Annotated[Text, Field(max_length=60)] | None = None
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place_ko: Title = ""
    place_en: Title = ""
    link: Link = ""
    seats: Annotated[int, Field(ge=1, le=editing.MOST_SEATS)] | None = None
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    audience: Literal["public", "members", "circle"] = "members"
    circle: UUID | None = None
    organisers: Annotated[list[Annotated[Text, Field(max_length=254)]], Field(max_length=50)] = []


class MeetingOut(Schema):
    """An event; `host` is a slug, None where the alliance itself holds it; `free` None is no limit."""

    uid: UUID
    state: str
    kind: str
    title_ko: str
    title_en: str
    host: str | None
    starts_at: datetime
    ends_at: datetime
    place_ko: str
    place_en: str
    seats: int | None
    opens_at: datetime
    closes_at: datetime


class MeetingDetail(MeetingOut):
    """All of it. `link` is given to who has a seat; `registration` is the state of the caller's own, with the code for the desk."""

    text_ko: str
    text_en: str
    audience: str
    link: str
    reason: str
    free: int | None
    registration: str | None
    code: str | None
    may_register: bool
    certificate: str | None
    actions: list[OfferOut]


class MeetingActIn(Schema):
    """One of `actions`; `cancel` needs a `reason`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Reason = ""


class MeetingComeIn(Schema):
    """Whether the caller comes."""

    come: bool


class MeetingCodeIn(Schema):
    """What somebody says at the desk."""

    code: Annotated[Text, Field(max_length=20)]


class MeetingAttendeeOut(Schema):
    """Somebody on the list, for who runs the event."""

    uid: UUID
    name_ko: str
    name_en: str
    email: str
    state: str
    code: str
    at: datetime
    attended_at: datetime | None


class MeetingCertificateFact(Schema):
    """A line of a certificate, in the caller's language."""

    name: str
    value: str


class MeetingCertificateOut(Schema):
    """What a certificate says."""

    name_ko: str
    name_en: str
    facts: list[MeetingCertificateFact]


OUT = ("uid", "state", "kind", "title_ko", "title_en", "starts_at", "ends_at", "place_ko", "place_en",
       "seats", "opens_at", "closes_at")  # fmt: skip
MORE = ("text_ko", "text_en", "audience", "reason", "free")


def meeting_out(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in OUT} | {
        "host": meeting.host.slug if meeting.host else None
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    meeting = access.access_meeting(person, uid)
    own: Any = access.own_registration(person, meeting)
    runs = bool(rules.runs(person, meeting))
    return meeting_out(meeting) | {
        **{name: getattr(meeting, name) for name in MORE},
        "link": meeting.link if runs or visibility.has_seat(own) else "",
        "registration": own.state if own else None,
        "code": own.code if own else None,
        "may_register": bool(rules.may_register(person, meeting, registered=own is not None)),
        "certificate": certificates.address_of(own) if rules.has_certificate(own) else None,
        "actions": offers_out(request, meeting) if runs else [],
    }


def attendee_out(one: MeetingRegistration) -> dict[str, Any]:
    person: Any = one.person
    return {name: getattr(one, name) for name in ("uid", "state", "code", "at", "attended_at")} | {
        "name_ko": person.name_ko,
        "name_en": person.name_en,
        "email": person.email or "",
    }


def _given(person: Any, body: MeetingIn) -> dict[str, Any]:
    """What was sent, with the rows that it names. Raises Hidden, Faulty."""
    given = body.dict()
    slug, circle = given["host"], given["circle"]
    given["host"] = people.access_organisation(person, slug) if slug else None
    given["circle"] = circles().filter(uid=circle).first() if circle and rules.may_make(person) else None
    given["organisers"] = "\n".join(given["organisers"])
    return given


@router.get("/events", auth=None, response={200: PageOut[MeetingOut], **ERRORS}, summary="Events")
def get_events(request: HttpRequest, when: str = "", kind: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.listed(person_of(request), when=when, kind=kind), meeting_out)


@router.post("/events", auth=HOST, response={201: MeetingDetail, **ERRORS}, summary="Make an event")
def post_event(request: HttpRequest, body: MeetingIn) -> Any:
    person = signed_in(request)
    demand(rules.may_make(person))
    made = editing.make(by=person, given=_given(person, body))
    return Status(201, detail_out(request, made.uid))


@router.get("/events/{uuid:uid}", auth=None, response={200: MeetingDetail, **ERRORS}, summary="An event")
def get_event(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/events/{uuid:uid}", auth=HOST, response={200: MeetingDetail, **ERRORS}, summary="Change an event"
)
def put_event(request: HttpRequest, uid: UUID, body: MeetingIn) -> Any:
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    editing.change(meeting, by=person, given=_given(person, body))
    return detail_out(request, uid)


@router.post(
    "/events/{uuid:uid}/actions", auth=HOST, response={200: MeetingDetail, **ERRORS}, summary="Move an event"
)
def act_on_event(request: HttpRequest, uid: UUID, body: MeetingActIn) -> Any:
    person = signed_in(request)
    meeting = access.access_meeting(person, uid)
    editing.act(meeting, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.post(
    "/events/{uuid:uid}/registration",
    auth=HOST,
    response={200: MeetingDetail, **ERRORS},
    summary="Register for an event, or come no more",
)
def register_for_event(request: HttpRequest, uid: UUID, body: MeetingComeIn) -> Any:
    person = signed_in(request)
    meeting = access.access_meeting(person, uid)
    own = access.own_registration(person, meeting)
    if body.come:
        seating.register(meeting, by=person)
    elif own is None:
        raise Hidden(uid)
    else:
        seating.act(own, "cancel", by=person)
    return detail_out(request, uid)


@router.get(
    "/events/{uuid:uid}/attendees",
    auth=HOST,
    response={200: PageOut[MeetingAttendeeOut], **ERRORS},
    summary="Who comes to an event",
)
def get_attendees(request: HttpRequest, uid: UUID, q: str = "", state: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    meeting = access.access_run(signed_in(request), uid)
    return page_out(request, queries.coming(meeting, q=q, state=state), attendee_out)


@router.post(
    "/events/{uuid:uid}/check-in",
    auth=HOST,
    response={200: MeetingAttendeeOut, **ERRORS},
    summary="Check somebody in by their code",
)
def check_in(request: HttpRequest, uid: UUID, body: MeetingCodeIn) -> Any:
    person = signed_in(request)
    return attendee_out(by_code(access.access_run(person, uid), body.code, by=person))


@router.post(
    "/events/{uuid:uid}/attendees/{uuid:registration}",
    auth=HOST,
    response={200: MeetingAttendeeOut, **ERRORS},
    summary="Check in, undo it, or take somebody off the list",
)
def act_on_attendee(request: HttpRequest, uid: UUID, registration: UUID, body: MeetingActIn) -> Any:
    person = signed_in(request)
    found = access.access_registration(access.access_run(person, uid), registration)
    seating.act(found, body.action, by=person, data={"reason": body.reason})
    return attendee_out(MeetingRegistration.objects.select_related("person").get(pk=found.pk))


@router.get(
    "/events/certificates/{proof}",
    auth=None,
    response={200: MeetingCertificateOut, **ERRORS},
    summary="Check a certificate of attendance",
)
def get_event_certificate(request: HttpRequest, proof: str) -> Any:  # noqa: ARG001 - Ninja hands it in
    found = certificates.access_certificate(proof)
    person: Any = found.person
    facts = [{"name": name, "value": value} for name, value in certificates.facts(found)]
    return {"name_ko": person.name_ko, "name_en": person.name_en, "facts": facts}
