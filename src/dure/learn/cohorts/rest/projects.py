"""REST: team projects, their teams, and what a team hands in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import projects, queries_projects
from dure.learn.cohorts.access_projects import access_inside, access_project, access_project_team
from dure.learn.models import Place, Project, ProjectTeam
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
SUBMIT = people.require_scope("submit")
PROJECT = "/cohorts/{uuid:uid}/projects/{uuid:project}"
TEAM = PROJECT + "/teams/{uuid:team}"
Named = Annotated[Text, Field(min_length=1, max_length=160)]
Brief = Annotated[Text, Field(min_length=1, max_length=8000)]


class TeamProjectIn(Schema):
    """What is to be made. `challenge` is the address of an open one that you see, or nothing."""

    name_ko: Named
    name_en: Named
    brief_ko: Brief
    brief_en: Brief
    team_size: Annotated[int, Field(ge=1, le=projects.LARGEST_TEAM)] = 4
    due_at: AwareDatetime
    challenge: Annotated[Text, Field(max_length=60)] = ""


class TeamProjectOut(Schema):
    """A project. `challenge` is empty where it ends in none, or in one that you do not see."""

    uid: UUID
    name_ko: str
    name_en: str
    brief_ko: str
    brief_en: str
    team_size: int
    due_at: datetime
    challenge: str


class ProjectStandingOut(Schema):
    """Where the team stands on the board that is shown now."""

    name: str
    rank: int | None
    score: str
    interval: str


class ProjectTeamOut(Schema):
    """A team. Without `opens` you read its name and its people alone."""

    uid: UUID
    name: str
    members: list[str]
    opens: bool
    report: str
    handed_in_at: datetime | None
    late: bool
    entered: UUID | None
    standing: ProjectStandingOut | None


class ProjectTeamIn(Schema):
    """A team by hand: its people by the uids of their places."""

    name: Annotated[Text, Field(max_length=60)]
    members: Annotated[list[UUID], Field(min_length=1, max_length=projects.LARGEST_TEAM)]


class ProjectReportIn(Schema):
    """The report in Markdown, kept or handed in. `base` is the SHA-256 of the text that you changed, to overwrite nobody's."""

    report: Annotated[Text, Field(max_length=projects.LONGEST_REPORT)]
    hand_in: bool = False
    base: Annotated[Text, Field(max_length=64)] | None = None


def _project_out(project: Project, seen: Mapping[int, str]) -> dict[str, Any]:
    names = ("uid", "name_ko", "name_en", "brief_ko", "brief_en", "team_size", "due_at")
    challenge = seen.get(project.challenge_id or 0, "")
    return {name: getattr(project, name) for name in names} | {"challenge": challenge}


def _one_out(project: Project, person: Any) -> dict[str, Any]:
    return _project_out(project, queries_projects.seen_slugs([project], person))


def _team_out(line: queries_projects.TeamLine) -> dict[str, Any]:
    team = line.team
    own = {
        "report": team.report,
        "handed_in_at": team.handed_in_at,
        "late": line.is_late,
        "entered": team.entered,
        "standing": line.standing,
    }
    nothing = {"report": "", "handed_in_at": None, "late": False, "entered": None, "standing": None}
    return {
        "uid": team.uid,
        "name": team.name,
        "members": [place.person.name for place in team.members.all()],
        "opens": line.opens,
        **(own if line.opens else nothing),
    }


def _lines(
    found: list[ProjectTeam], project: Project, person: Any, *, leads: bool
) -> list[queries_projects.TeamLine]:
    challenge = projects.seen_challenge(project, person)
    return queries_projects.lines(found, project, person, leads=leads, challenge=challenge)


def _one(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> dict[str, Any]:
    person = person_of(request)
    found, leads = access_project_team(person, uid, project, team)
    return _team_out(_lines([found], found.project, person, leads=leads)[0])


@router.get(
    "/cohorts/{uuid:uid}/projects",
    response={200: PageOut[TeamProjectOut], **ERRORS},
    summary="Team projects of a cohort",
)
def list_projects(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = signed_in(request)
    cohort, _leads = access_inside(person, uid)
    rows = queries_projects.projects_of(cohort, person)
    answer = page_out(request, rows, lambda one: one)
    seen = queries_projects.seen_slugs(answer["items"], person)
    return answer | {"items": [_project_out(one, seen) for one in answer["items"]]}


@router.post(
    "/cohorts/{uuid:uid}/projects",
    auth=HOST,
    response={201: TeamProjectOut, **ERRORS},
    summary="Make a team project",
)
def post_project(request: HttpRequest, uid: UUID, body: TeamProjectIn) -> Any:
    person = person_of(request)
    cohort, _leads = access_inside(person, uid)
    values = body.dict()
    made = projects.make(by=person, cohort=cohort, values=values, challenge=values["challenge"])
    return Status(201, _one_out(made, person))


@router.get(PROJECT, response={200: TeamProjectOut, **ERRORS}, summary="A team project")
def get_project(request: HttpRequest, uid: UUID, project: UUID) -> Any:
    person = signed_in(request)
    return _one_out(access_project(person, uid, project)[0], person)


@router.put(PROJECT, auth=HOST, response={200: TeamProjectOut, **ERRORS}, summary="Change a team project")
def put_project(request: HttpRequest, uid: UUID, project: UUID, body: TeamProjectIn) -> Any:
    person, values = person_of(request), body.dict()
    found, _leads = access_project(person, uid, project)
    changed = projects.change(by=person, project=found, values=values, challenge=values["challenge"])
    return _one_out(changed, person)


@router.post(
    f"{PROJECT}/divide",
    auth=HOST,
    response={200: PageOut[ProjectTeamOut], **ERRORS},
    summary="Divide whoever is in no team",
)
def post_divide(request: HttpRequest, uid: UUID, project: UUID) -> Any:
    person = person_of(request)
    found, _leads = access_project(person, uid, project)
    projects.divide_rest(by=person, project=found)
    return _teams(request, found, leads=True)


@router.get(
    f"{PROJECT}/teams", response={200: PageOut[ProjectTeamOut], **ERRORS}, summary="Teams of a project"
)
def list_project_teams(request: HttpRequest, uid: UUID, project: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    found, leads = access_project(signed_in(request), uid, project)
    return _teams(request, found, leads=leads)


def _teams(request: HttpRequest, project: Project, *, leads: bool) -> dict[str, Any]:
    answer = page_out(request, queries_projects.teams_of(project), lambda one: one)
    told = _lines(answer["items"], project, person_of(request), leads=leads)
    return answer | {"items": [_team_out(one) for one in told]}


@router.post(
    f"{PROJECT}/teams", auth=HOST, response={201: ProjectTeamOut, **ERRORS}, summary="Make a team by hand"
)
def post_project_team(request: HttpRequest, uid: UUID, project: UUID, body: ProjectTeamIn) -> Any:
    found, _leads = access_project(person_of(request), uid, project)
    made = projects.put_team(
        by=person_of(request), project=found, name=body.name, members=_members(found, body.members)
    )
    return Status(201, _one(request, uid, project, made.uid))


@router.get(TEAM, response={200: ProjectTeamOut, **ERRORS}, summary="A project team")
def get_project_team(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> Any:
    signed_in(request)
    return _one(request, uid, project, team)


@router.put(TEAM, auth=HOST, response={200: ProjectTeamOut, **ERRORS}, summary="Change a project team")
def put_project_team(request: HttpRequest, uid: UUID, project: UUID, team: UUID, body: ProjectTeamIn) -> Any:
    person = person_of(request)
    found, _leads = access_project_team(person, uid, project, team)
    members = _members(found.project, body.members)
    projects.put_team(
        by=person, project=found.project, team=found, name=body.name, members=members, coach=found.coach
    )
    return _one(request, uid, project, team)


@router.delete(TEAM, auth=HOST, response={204: None, **ERRORS}, summary="Take a project team back")
def delete_project_team(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> Any:
    found, _leads = access_project_team(person_of(request), uid, project, team)
    projects.dissolve(by=person_of(request), team=found)
    return Status(204, None)


def _members(project: Project, uids: list[UUID]) -> list[Place]:
    found = list(Place.objects.filter(cohort=project.cohort_id, uid__in=uids).select_related("person"))
    missing = set(uids) - {one.uid for one in found}
    if missing:
        raise Hidden(missing.pop())
    return found


@router.put(
    f"{TEAM}/report",
    auth=SUBMIT,
    response={200: ProjectTeamOut, **ERRORS},
    summary="Write or hand in the report",
)
def put_report(request: HttpRequest, uid: UUID, project: UUID, team: UUID, body: ProjectReportIn) -> Any:
    person = person_of(request)
    found, _leads = access_project_team(person, uid, project, team)
    projects.write_report(by=person, team=found, **body.dict())
    return _one(request, uid, project, team)


@router.post(
    f"{TEAM}/enter", auth=SUBMIT, response={200: ProjectTeamOut, **ERRORS}, summary="Link your challenge team"
)
def post_enter(request: HttpRequest, uid: UUID, project: UUID, team: UUID) -> Any:
    person = person_of(request)
    found, _leads = access_project_team(person, uid, project, team)
    projects.link_entered(by=person, team=found)
    return _one(request, uid, project, team)
