"""REST of a project's parts: partners, people, milestones with evidence, outputs, changes, risks."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.models import ProjectChange, ProjectMilestone, ProjectOutput, ProjectPartner
from dure.alliance.projects import access, editing
from dure.alliance.projects.rest import HOST, Reason, Title
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
Link = Annotated[Text, Field(max_length=500)]


class ProjectPartnerOut(Schema):
    """An organisation that takes part, by slug; what it brings in for a year, as text so that it stays exact."""

    uid: UUID
    organisation: str
    role: str
    budget: str
    currency: str


class ProjectPartnerIn(Schema):
    """The same; `organisation` is a slug."""

    organisation: Text
    role: Literal["leads", "research", "industry", "data", "compute"]
    budget: Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)] = Decimal(0)
    currency: Literal["KRW", "CAD", "USD", "EUR"] = "KRW"


class ProjectMemberIn(Schema):
    """Somebody who belongs to one of its partners, by the mail address of their account."""

    address: Annotated[Text, Field(max_length=254)]
    role: Literal["researcher", "student", "engineer", "administrator"]


class ProjectMemberOut(Schema):
    """Somebody who works on it now."""

    person: UUID
    name_ko: str
    name_en: str
    role: str
    since: date


class EvidenceIn(Schema):
    """What it shows, and where: an address here that begins with a slash, or one with https."""

    title: Annotated[Text, Field(min_length=1, max_length=200)]
    link: Link


class ProjectMilestoneOut(Schema):
    """What is to be there by a day, with its evidence."""

    uid: UUID
    state: str
    year: int
    title_ko: str
    title_en: str
    due_on: date
    is_condition: bool
    reason: str
    evidence: list[EvidenceIn]


class ProjectMilestoneDetail(ProjectMilestoneOut):
    """The same with what the caller may do now."""

    actions: list[OfferOut]


class ProjectMilestoneIn(Schema):
    """A title in at least one language, and the day."""

    title_ko: Title = ""
    title_en: Title = ""
    due_on: date


class ProjectPartActIn(Schema):
    """One of `actions`; some need a `reason`, `reschedule` needs `until`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Reason = ""
    until: date | None = None


class ProjectOutputIn(Schema):
    """Something that came of it in this year."""

    kind: Literal["paper", "patent", "model", "dataset", "code", "product", "transfer", "people", "other"]
    title: Annotated[Text, Field(min_length=1, max_length=300)]
    link: Link = ""


class ProjectOutputOut(ProjectOutputIn):
    """The same with its year."""

    uid: UUID
    year: int


class ProjectChangeOut(Schema):
    """A change that the lead asked for, and the answer."""

    uid: UUID
    state: str
    kind: str
    what: str
    reason: str
    answer: str


class ProjectRiskIn(Schema):
    """What may go wrong, and how badly."""

    level: Literal["low", "medium", "high"]
    what: Annotated[Text, Field(min_length=1, max_length=500)]


class ProjectRiskOut(ProjectRiskIn):
    """A risk that is not gone."""

    uid: UUID


def partner_out(one: ProjectPartner) -> dict[str, Any]:
    names = ("uid", "role", "currency")
    return {name: getattr(one, name) for name in names} | {
        "organisation": one.organisation.slug,
        "budget": f"{one.budget:f}",
    }


def milestone_out(one: ProjectMilestone) -> dict[str, Any]:
    names = ("uid", "state", "year", "title_ko", "title_en", "due_on", "is_condition", "reason")
    shown = [{"title": link.title, "link": link.link} for link in one.evidence.all()]
    return {name: getattr(one, name) for name in names} | {"evidence": shown}


def milestone_detail(request: HttpRequest, one: ProjectMilestone) -> dict[str, Any]:
    return milestone_out(one) | {"actions": offers_out(request, one)}


def output_out(one: ProjectOutput) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "year", "kind", "title", "link")}


def change_out(one: ProjectChange) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "state", "kind", "what", "reason", "answer")}


def member_out(one: Any) -> dict[str, Any]:
    person = one.person
    named = {"person": person.uid, "name_ko": person.name_ko, "name_en": person.name_en}
    return named | {"role": one.role, "since": one.since}


@router.get(
    "/projects/{uuid:uid}/partners",
    auth=HOST,
    response={200: PageOut[ProjectPartnerOut], **ERRORS},
    summary="Organisations that take part in a project",
)
def get_partners(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    project = access.access_inside(signed_in(request), uid)
    return page_out(request, project.partners.select_related("organisation"), partner_out)


@router.post(
    "/projects/{uuid:uid}/partners",
    auth=HOST,
    response={201: ProjectPartnerOut, **ERRORS},
    summary="Add an organisation to a project",
)
def post_partner(request: HttpRequest, uid: UUID, body: ProjectPartnerIn) -> Any:
    person = signed_in(request)
    project = access.access_inside(person, uid)
    given = body.dict() | {"organisation": people.access_organisation(person, body.organisation)}
    return Status(201, partner_out(editing.add_partner(project, by=person, given=given)))


@router.delete(
    "/projects/{uuid:uid}/partners/{uuid:partner}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take an organisation out of a project",
)
def delete_partner(request: HttpRequest, uid: UUID, partner: UUID) -> Any:
    person = signed_in(request)
    project = access.access_inside(person, uid)
    editing.remove_partner(project, access.access_partner(project, partner), by=person)
    return Status(204, None)


@router.get(
    "/projects/{uuid:uid}/people",
    auth=HOST,
    response={200: PageOut[ProjectMemberOut], **ERRORS},
    summary="Who works on a project",
)
def get_members(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_inside(signed_in(request), uid)
    return page_out(request, project.members.select_related("person").filter(until=None), member_out)


@router.post(
    "/projects/{uuid:uid}/people",
    auth=HOST,
    response={201: ProjectMemberOut, **ERRORS},
    summary="Add somebody to a project",
)
def post_member(request: HttpRequest, uid: UUID, body: ProjectMemberIn) -> Any:
    person = signed_in(request)
    project = access.access_inside(person, uid)
    return Status(201, member_out(editing.add_member(project, by=person, given=body.dict())))


@router.get(
    "/projects/{uuid:uid}/milestones",
    auth=HOST,
    response={200: PageOut[ProjectMilestoneOut], **ERRORS},
    summary="Milestones of a project",
)
def get_project_milestones(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_inside(signed_in(request), uid)
    rows = project.milestones.prefetch_related("evidence").order_by("due_on", "pk")
    return page_out(request, rows, milestone_out)


@router.post(
    "/projects/{uuid:uid}/milestones",
    auth=HOST,
    response={201: ProjectMilestoneDetail, **ERRORS},
    summary="Plan a milestone",
)
def post_project_milestone(request: HttpRequest, uid: UUID, body: ProjectMilestoneIn) -> Any:
    person = signed_in(request)
    project = access.access_inside(person, uid)
    made = editing.plan(project, by=person, given=body.dict())
    return Status(201, milestone_detail(request, made))


@router.post(
    "/projects/{uuid:uid}/milestones/{uuid:milestone}/evidence",
    auth=HOST,
    response={201: ProjectMilestoneDetail, **ERRORS},
    summary="Link evidence of a milestone",
)
def post_evidence(request: HttpRequest, uid: UUID, milestone: UUID, body: EvidenceIn) -> Any:
    person = signed_in(request)
    one = access.access_milestone(access.access_inside(person, uid), milestone)
    editing.link(one, by=person, given=body.dict())
    return Status(201, milestone_detail(request, one))


@router.post(
    "/projects/{uuid:uid}/milestones/{uuid:milestone}/actions",
    auth=HOST,
    response={200: ProjectMilestoneDetail, **ERRORS},
    summary="Move a milestone",
)
def act_on_milestone(request: HttpRequest, uid: UUID, milestone: UUID, body: ProjectPartActIn) -> Any:
    person = signed_in(request)
    one = access.access_milestone(access.access_inside(person, uid), milestone)
    moved = editing.act(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return milestone_detail(request, moved)


@router.get(
    "/projects/{uuid:uid}/outputs",
    auth=None,
    response={200: PageOut[ProjectOutputOut], **ERRORS},
    summary="What came of a project",
)
def get_outputs(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_project(person_of(request), uid)
    return page_out(request, project.outputs.order_by("-year", "-pk"), output_out)


@router.post(
    "/projects/{uuid:uid}/outputs",
    auth=HOST,
    response={201: ProjectOutputOut, **ERRORS},
    summary="Add an output",
)
def post_output(request: HttpRequest, uid: UUID, body: ProjectOutputIn) -> Any:
    person = signed_in(request)
    project = access.access_project(person, uid)
    return Status(201, output_out(editing.add_output(project, by=person, given=body.dict())))


@router.get(
    "/projects/{uuid:uid}/changes",
    auth=HOST,
    response={200: PageOut[ProjectChangeOut], **ERRORS},
    summary="Changes of a project that were asked for",
)
def get_project_changes(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_inside(signed_in(request), uid)
    return page_out(request, project.changes.order_by("-pk"), change_out)


@router.post(
    "/projects/{uuid:uid}/changes/{uuid:change}/actions",
    auth=HOST,
    response={200: ProjectChangeOut, **ERRORS},
    summary="Decide on a change",
)
def act_on_change(request: HttpRequest, uid: UUID, change: UUID, body: ProjectPartActIn) -> Any:
    person = signed_in(request)
    one = access.access_change(access.access_inside(person, uid), change)
    return change_out(editing.act(one, body.action, by=person, data=body.dict(exclude={"action", "until"})))


@router.get(
    "/projects/{uuid:uid}/risks",
    auth=HOST,
    response={200: PageOut[ProjectRiskOut], **ERRORS},
    summary="Risks of a project that are not gone",
)
def get_risks(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    project = access.access_inside(signed_in(request), uid)
    rows = project.risks.filter(cleared_at=None).order_by("-pk")
    return page_out(request, rows, lambda one: {"uid": one.uid, "level": one.level, "what": one.what})


@router.post(
    "/projects/{uuid:uid}/risks",
    auth=HOST,
    response={201: ProjectRiskOut, **ERRORS},
    summary="Raise a risk",
)
def post_risk(request: HttpRequest, uid: UUID, body: ProjectRiskIn) -> Any:
    person = signed_in(request)
    project = access.access_inside(person, uid)
    made = editing.flag(project, by=person, given=body.dict())
    return Status(201, {"uid": made.uid, "level": made.level, "what": made.what})
