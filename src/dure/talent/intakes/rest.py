"""REST of intakes: the list, one of them, making it, its hosts and sponsors."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation import workflow
from dure.foundation.access import Hidden
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.talent.intakes import access, making, queries, rules
from dure.talent.intakes.forms import MOST_SEATS
from dure.talent.models import Intake, IntakeHost, Opening

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(min_length=1, max_length=160)]
Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(min_length=1, max_length=4000)]
Kind = Literal["exchange", "internship", "scholarship", "secondment", "team"]


class IntakeOut(Schema):
    """One run; `organisation` is the slug of who runs it."""

    uid: UUID
    state: str
    kind: str
    term: str
    title_ko: str
    title_en: str
    organisation: str
    starts_on: date
    ends_on: date


class IntakeHostOut(Schema):
    """Where people go: an opening with its seats, and how many places are given. Who runs the intake reads the supervisor."""

    uid: UUID
    opening: UUID
    organisation: str
    group_ko: str
    group_en: str
    seats: int
    given: int
    supervisor: UUID | None


class IntakeSponsorOut(Schema):
    """Who pays for how many seats, and how many of them are in use."""

    uid: UUID
    organisation: str
    seats: int
    used: int
    pays_ko: str
    pays_en: str


class IntakeDetail(IntakeOut):
    """All of it, and what the caller may do."""

    about_ko: str
    about_en: str
    eligibility_ko: str
    eligibility_en: str
    documents_ko: str
    documents_en: str
    is_abroad: bool
    hosts: list[IntakeHostOut]
    sponsors: list[IntakeSponsorOut]
    actions: list[OfferOut]


class IntakeIn(Schema):
    """What is said of an intake."""

    kind: Kind
    term: Annotated[Text, Field(min_length=1, max_length=40)]
    title_ko: Title
    title_en: Title
    about_ko: Long
    about_en: Long
    eligibility_ko: Words = ""
    eligibility_en: Words = ""
    documents_ko: Words = ""
    documents_en: Words = ""
    is_abroad: bool = False
    starts_on: date
    ends_on: date


class IntakeNewIn(IntakeIn):
    """The same, with the slug of the organisation that runs it."""

    organisation: Text


class IntakeHostIn(Schema):
    """The uid of an opening of a fitting kind, and the names of the group there."""

    opening: UUID
    group_ko: Annotated[Text, Field(max_length=120)] = ""
    group_en: Annotated[Text, Field(max_length=120)] = ""


class IntakeHostSupervisorIn(Schema):
    """The uid of somebody who belongs to the host; null takes the name out."""

    person: UUID | None


class IntakeSponsorIn(Schema):
    """How many seats an organisation (its slug) pays for; said again, it replaces the earlier word."""

    organisation: Text
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    pays_ko: Annotated[Text, Field(max_length=300)] = ""
    pays_en: Annotated[Text, Field(max_length=300)] = ""


class IntakeActIn(Schema):
    """`call`, `select`, `begin`, `finish`, or `cancel` with a reason."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""


def intake_out(intake: Intake) -> dict[str, Any]:
    names = ("uid", "state", "kind", "term", "title_ko", "title_en", "starts_on", "ends_on")
    return {name: getattr(intake, name) for name in names} | {"organisation": intake.organisation.slug}


def host_out(host: Any, *, is_manager: bool) -> dict[str, Any]:
    names = ("uid", "group_ko", "group_en", "given")
    return {name: getattr(host, name) for name in names} | {
        "opening": host.opening.uid,
        "organisation": host.opening.organisation.slug,
        "seats": host.opening.seats,
        "supervisor": host.supervisor.uid if is_manager and host.supervisor else None,
    }


def sponsor_out(sponsor: Any) -> dict[str, Any]:
    names = ("uid", "seats", "used", "pays_ko", "pays_en")
    return {name: getattr(sponsor, name) for name in names} | {"organisation": sponsor.organisation.slug}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    intake = access.access_intake(person_of(request), uid)
    is_manager = bool(rules.may_manage(person_of(request), intake))
    words = [f"{name}_{code}" for name in ("about", "eligibility", "documents") for code in ("ko", "en")]
    return (
        intake_out(intake)
        | {name: getattr(intake, name) for name in (*words, "is_abroad")}
        | {
            "hosts": [host_out(host, is_manager=is_manager) for host in queries.hosts(intake)],
            "sponsors": [sponsor_out(one) for one in queries.sponsors(intake)],
            "actions": offers_out(request, intake) if is_manager else [],
        }
    )


@router.get("/intakes", auth=None, response={200: PageOut[IntakeOut], **ERRORS}, summary="Intakes")
def get_intakes(request: HttpRequest, kind: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """What you may see, the newest first."""
    chosen = kind if kind in Intake.Kind.values else ""
    return page_out(request, queries.listed(person_of(request), kind=chosen), intake_out)


@router.post("/intakes", auth=HOST, response={201: IntakeDetail, **ERRORS}, summary="Prepare an intake")
def post_intake(request: HttpRequest, body: IntakeNewIn) -> Any:
    person = signed_in(request)
    given = body.dict()
    organisation = people.access_organisation(person, given.pop("organisation"))
    made = making.create(by=person, organisation=organisation, given=given | {"programme": None})
    return Status(201, detail_out(request, made.uid))


@router.get("/intakes/{uuid:uid}", auth=None, response={200: IntakeDetail, **ERRORS}, summary="An intake")
def get_intake(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/intakes/{uuid:uid}", auth=HOST, response={200: IntakeDetail, **ERRORS}, summary="Change an intake"
)
def put_intake(request: HttpRequest, uid: UUID, body: IntakeIn) -> Any:
    """Its programme stays."""
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    making.edit(intake, by=person, given=body.dict() | {"programme": intake.programme})
    return detail_out(request, uid)


@router.post(
    "/intakes/{uuid:uid}/actions", auth=HOST, response={200: IntakeDetail, **ERRORS}, summary="Move an intake"
)
def act_on_intake(request: HttpRequest, uid: UUID, body: IntakeActIn) -> Any:
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    workflow.perform(intake, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.post(
    "/intakes/{uuid:uid}/hosts", auth=HOST, response={201: IntakeDetail, **ERRORS}, summary="Add a host"
)
def post_host(request: HttpRequest, uid: UUID, body: IntakeHostIn) -> Any:
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    opening = Opening.objects.visible_to(person).filter(uid=body.opening).first()
    if opening is None:
        raise Hidden(body.opening)
    making.add_host(intake, by=person, opening=opening, group_ko=body.group_ko, group_en=body.group_en)
    return Status(201, detail_out(request, uid))


@router.delete(
    "/intakes/{uuid:uid}/hosts/{uuid:host}",
    auth=HOST,
    response={200: IntakeDetail, **ERRORS},
    summary="Take a host out",
)
def delete_host(request: HttpRequest, uid: UUID, host: UUID) -> Any:
    person = signed_in(request)
    found: IntakeHost = access.access_host(access.access_managed(person, uid), host)
    making.remove_host(found, by=person)
    return detail_out(request, uid)


@router.put(
    "/intakes/{uuid:uid}/hosts/{uuid:host}/supervisor",
    auth=HOST,
    response={200: IntakeDetail, **ERRORS},
    summary="Say who looks after people at a host",
)
def put_host_supervisor(request: HttpRequest, uid: UUID, host: UUID, body: IntakeHostSupervisorIn) -> Any:
    """Whoever comes from now on has this supervisor; stays that there are keep theirs."""
    person = signed_in(request)
    found = access.access_host(access.access_managed(person, uid), host)
    named = people.Person.objects.filter(uid=body.person, is_active=True).first() if body.person else None
    if body.person and named is None:
        raise Faulty([Fault("stay_supervisor_elsewhere", place="person")])
    making.name_supervisor(found, by=person, supervisor=named)
    return detail_out(request, uid)


@router.put(
    "/intakes/{uuid:uid}/sponsors",
    auth=HOST,
    response={200: IntakeDetail, **ERRORS},
    summary="Say who pays for how many seats",
)
def put_sponsor(request: HttpRequest, uid: UUID, body: IntakeSponsorIn) -> Any:
    person = signed_in(request)
    intake = access.access_managed(person, uid)
    given = body.dict()
    organisation = people.access_organisation(person, given.pop("organisation"))
    making.add_sponsor(intake, by=person, organisation=organisation, **given)
    return detail_out(request, uid)
