"""REST of projects: the list, one of them, setting up, moves, the renewals of a month."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.agreements.access import access_agreement
from dure.alliance.models import ProjectRenewal, ResearchProject
from dure.alliance.projects import access, dates, editing, pages_report, queries, reporting
from dure.foundation import clock
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Title = Annotated[Text, Field(max_length=160)]
Words = Annotated[Text, Field(max_length=4000)]
Reason = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=20_000)]
Concern = Literal["human", "personal", "clinical", "biometric", "deployed"]
Track = Literal[
    "speech",
    "vision",
    "language",
    "humanistic",
    "learning",
    "systems",
    "media",
    "health",
    "robot",
    "manufacturing",
    "energy",
]


class ResearchProjectOut(Schema):
    """A project of which the caller may know."""

    uid: UUID
    state: str
    track: str
    title_ko: str
    title_en: str
    starts_on: date
    year: int
    ended_on: date | None


class ResearchProjectDetail(ResearchProjectOut):
    """The same with its words; what only its own people read is empty for others, `is_inside` says which it is."""

    origin: str
    summary_ko: str
    summary_en: str
    audience: str
    concerns: list[str]
    agreement: UUID | None
    partners: list[str]
    is_inside: bool
    terms: str
    kickoff_on: date | None
    renewal_on: date | None
    final_report: str
    reason: str
    actions: list[OfferOut]


class ResearchProjectIn(Schema):
    """What it says of itself; `lead` is a person's uid, `agreement` that of an agreement that the caller may read.

    With any of `concerns` it starts, and is renewed, only with an approval of the ethics board.
    """

    origin: Literal["agreement", "direct", "proposal", "topic"] = "direct"
    track: Track
    title_ko: Title = ""
    title_en: Title = ""
    summary_ko: Words = ""
    summary_en: Words = ""
    agreement: UUID | None = None
    lead: UUID | None = None
    audience: Literal["private", "circle", "members", "public"] = "private"
    terms: Words = ""
    concerns: Annotated[list[Concern], Field(max_length=5)] = []
    kickoff_on: date | None = None
    starts_on: date


class ResearchProjectActIn(Schema):
    """One of `actions`, with what it needs: `report`, `outputs`, `plan` of a renewal, `kind` and `what` of a change, and so on."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Reason = ""
    until: date | None = None
    report: Long = ""
    outputs: Words = ""
    plan: Long = ""
    conditions: Words = ""
    kind: Literal["", "budget", "scope", "people", "schedule", "partners"] = ""
    what: Reason = ""


class ProjectRenewalOut(Schema):
    """The renewal of one year; `step` is due, submitted, in_review, decided or lapsed."""

    project: UUID
    title_ko: str
    title_en: str
    year: int
    due_on: date
    step: str
    decision: str
    report: str
    outputs: str
    plan: str
    returned_reason: str
    reason: str


def project_out(one: ResearchProject) -> dict[str, Any]:
    names = ("uid", "state", "track", "title_ko", "title_en", "starts_on", "year", "ended_on")
    return {name: getattr(one, name) for name in names}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_project(person, uid)
    is_inside = ResearchProject.objects.inside_for(person).filter(pk=one.pk).exists()
    names = ("terms", "kickoff_on", "renewal_on", "final_report", "reason")
    kept = {name: getattr(one, name) if is_inside else _nothing(name) for name in names}
    open_to_all = ("origin", "summary_ko", "summary_en", "audience", "concerns")
    return {
        **project_out(one),
        **{name: getattr(one, name) for name in open_to_all},
        **kept,
        "agreement": one.agreement.uid if is_inside and one.agreement else None,
        "partners": [partner.organisation.slug for partner in one.partners.select_related("organisation")],
        "is_inside": is_inside,
        "actions": offers_out(request, one) if is_inside else [],
    }


def _nothing(name: str) -> str | None:
    return None if name.endswith("_on") else ""


def renewal_out(one: ProjectRenewal) -> dict[str, Any]:
    names = ("year", "due_on", "decision", "report", "outputs", "plan", "returned_reason", "reason")
    named = {"project": one.project.uid, "title_ko": one.project.title_ko, "title_en": one.project.title_en}
    return {name: getattr(one, name) for name in names} | named | {"step": queries.step_of(one)}


def given_of(person: Any, body: ResearchProjectIn) -> dict[str, Any]:
    """The body with rows in the place of uids. Raises Hidden for what the caller may not see."""
    return body.dict() | {
        "agreement": access_agreement(person, body.agreement) if body.agreement else None,
        "lead": people.access_person(person, body.lead) if body.lead else None,
    }


@router.get(
    "/projects", auth=None, response={200: PageOut[ResearchProjectOut], **ERRORS}, summary="Research projects"
)
def get_projects(
    request: HttpRequest,
    group: str = "",
    track: str = "",
    mine: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> Any:
    rows = queries.listed(person_of(request), queries.Asked(group, track, mine))
    return page_out(request, rows, project_out)


@router.post(
    "/projects", auth=HOST, response={201: ResearchProjectDetail, **ERRORS}, summary="Set a project up"
)
def post_project(request: HttpRequest, body: ResearchProjectIn) -> Any:
    person = signed_in(request)
    made = editing.create(by=person, given=given_of(person, body))
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/projects/renewals",
    auth=HOST,
    response={200: PageOut[ProjectRenewalOut], **ERRORS},
    summary="Renewals that are due in a month (2026-12)",
)
def get_month(request: HttpRequest, month: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    first = dates.month_of(month, clock.today())
    return page_out(request, queries.renewals_of_month(signed_in(request), first), renewal_out)


@router.get(
    "/projects/report",
    auth=HOST,
    response={200: None, **ERRORS},
    summary="The annual report of the portfolio as PDF or HWPX",
)
def get_report(
    request: HttpRequest, year: int | None = None, form: Literal["pdf", "hwpx"] = "pdf", language: str = ""
) -> Any:
    """Of the projects that the caller may read whole; `language` is ko or en, else the caller's."""
    asked = reporting.year_of(str(year), clock.today().year)
    made = reporting.document_of(signed_in(request), asked, pages_report.asked_language(language))
    return pages_report.as_file(made, form, asked)


@router.get(
    "/projects/{uuid:uid}",
    auth=None,
    response={200: ResearchProjectDetail, **ERRORS},
    summary="A research project",
)
def get_project(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/projects/{uuid:uid}",
    auth=HOST,
    response={200: ResearchProjectDetail, **ERRORS},
    summary="Change what a project says of itself",
)
def put_project(request: HttpRequest, uid: UUID, body: ResearchProjectIn) -> Any:
    person = signed_in(request)
    editing.change(access.access_inside(person, uid), by=person, given=given_of(person, body))
    return detail_out(request, uid)


@router.post(
    "/projects/{uuid:uid}/actions",
    auth=HOST,
    response={200: ResearchProjectDetail, **ERRORS},
    summary="Move a project",
)
def act_on_project(request: HttpRequest, uid: UUID, body: ResearchProjectActIn) -> Any:
    person = signed_in(request)
    one = access.access_inside(person, uid)
    editing.act(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return detail_out(request, uid)


@router.get(
    "/projects/{uuid:uid}/renewals",
    auth=HOST,
    response={200: PageOut[ProjectRenewalOut], **ERRORS},
    summary="The renewals of a project, the newest first",
)
def get_renewals(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_inside(signed_in(request), uid)
    return page_out(request, project.renewals.select_related("project").order_by("-year"), renewal_out)
