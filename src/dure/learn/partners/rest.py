"""REST of partners' courses: the list, one of them, and looking after it."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation import workflow
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.learn.models import PartnerCourse
from dure.learn.partners import access, courses, issuers, queries
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
LEARN = people.require_scope("submit")
Title = Annotated[Text, Field(min_length=1, max_length=160)]
Words = Annotated[Text, Field(max_length=2000)]
SAID = (
    "summary_ko",
    "summary_en",
    "terms_ko",
    "terms_en",
    "language",
    "starts_on",
    "ends_on",
    "apply_until",
    "skills",
    "achievement",
)
Address = Annotated[Text, Field(max_length=500)]


class PartnerCourseIn(Schema):
    """What is said of a course. `skills` maps slugs to levels 1 to 4; `achievement` is the address that its certificates name."""

    kind: Literal["institute", "mooc"]
    title_ko: Title
    title_en: Title
    summary_ko: Words
    summary_en: Words
    terms_ko: Words = ""
    terms_en: Words = ""
    run_by: Annotated[Text, Field(max_length=160)] = ""
    url: Address
    language: Literal["ko", "en", "both"]
    hours: Annotated[int, Field(ge=1, le=5000)]
    starts_on: date | None = None
    ends_on: date | None = None
    apply_until: date | None = None
    skills: dict[str, int] = {}
    achievement: Address = ""


class NewPartnerCourseIn(PartnerCourseIn):
    """The same, with the slug of the organisation that lists it."""

    organisation: Text


class PartnerCourseOut(Schema):
    """A course that is run elsewhere, as lists show it."""

    uid: UUID
    state: str
    organisation: str
    run_by: str
    kind: str
    title_ko: str
    title_en: str
    hours: int
    url: str


class PartnerCourseDetail(PartnerCourseOut):
    """All of it, with the free seats that the caller may ask for, and what the caller may do."""

    summary_ko: str
    summary_en: str
    terms_ko: str
    terms_en: str
    language: str
    starts_on: date | None
    ends_on: date | None
    apply_until: date | None
    skills: dict[str, int]
    achievement: str
    free_for_anybody: int
    free_for_yours: int
    issuers: list[str]
    actions: list[OfferOut]


class PartnerCourseActIn(Schema):
    """`list` or `close`."""

    action: Literal["list", "close"]


def course_out(course: PartnerCourse) -> dict[str, Any]:
    names = ("uid", "state", "run_by", "kind", "title_ko", "title_en", "hours", "url")
    return {name: getattr(course, name) for name in names} | {"organisation": course.organisation.slug}


def detail_out(request: HttpRequest, course: PartnerCourse) -> dict[str, Any]:
    seats = queries.seats_for(person_of(request), course)
    return (
        course_out(course)
        | {name: getattr(course, name) for name in SAID}
        | {
            "free_for_anybody": seats.anybody,
            "free_for_yours": seats.own,
            "issuers": [one.name for one in issuers.trusted_for(course)],
            "actions": offers_out(request, course),
        }
    )


@router.get(
    "/partner-courses", response={200: PageOut[PartnerCourseOut], **ERRORS}, summary="Courses that others run"
)
def list_partner_courses(request: HttpRequest, kind: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """The newest first; `kind` is `institute` or `mooc`."""
    return page_out(request, queries.listed(person_of(request), kind=kind), course_out)


@router.post("/partner-courses", auth=HOST, response={201: PartnerCourseDetail, **ERRORS}, summary="List one")
def post_partner_course(request: HttpRequest, body: NewPartnerCourseIn) -> Any:
    """It is in preparation until `list`."""
    person, given = people.signed_in(request), body.model_dump()
    organisation = people.access_organisation(person, given.pop("organisation"))
    made = courses.create(by=person, organisation=organisation, given=given)
    return Status(201, detail_out(request, made))


@router.get(
    "/partner-courses/{uuid:uid}", response={200: PartnerCourseDetail, **ERRORS}, summary="One of them"
)
def get_partner_course(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_course(person_of(request), uid))


@router.put(
    "/partner-courses/{uuid:uid}",
    auth=HOST,
    response={200: PartnerCourseDetail, **ERRORS},
    summary="Change it",
)
def put_partner_course(request: HttpRequest, uid: UUID, body: PartnerCourseIn) -> Any:
    """All that is said of it. What was recognised keeps the skills of its day."""
    person = people.signed_in(request)
    courses.edit(access.access_managed(person, uid), by=person, given=body.model_dump())
    return detail_out(request, access.access_course(person, uid))


@router.post(
    "/partner-courses/{uuid:uid}/act",
    auth=HOST,
    response={200: PartnerCourseDetail, **ERRORS},
    summary="List it, or take no one more",
)
def act_on_partner_course(request: HttpRequest, uid: UUID, body: PartnerCourseActIn) -> Any:
    person = people.signed_in(request)
    workflow.perform(access.access_managed(person, uid), body.action, by=person)
    return detail_out(request, access.access_course(person, uid))
