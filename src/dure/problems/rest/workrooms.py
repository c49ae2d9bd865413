"""REST: workrooms with plan, versions, defects, decisions, files and conversation; nothing is there but for the parties."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.foundation import files, workflow
from dure.foundation.access import SIGN_IN, Denied, demand
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.problems import access, access_workrooms, rules, rules_workrooms
from dure.problems.actions import handover, workrooms
from dure.problems.models import (
    Decision,
    Defect,
    Deliverable,
    Milestone,
    Team,
    Workroom,
    WorkroomFile,
)
from dure.problems.models.workroom import Due
from dure.problems.queries import workrooms as queries
from dure.problems.rest.needs import MessageIn, MessageOut, message_out

router = Router()
HOST = people.require_scope("host")
Words = Annotated[Text, Field(max_length=4000)]
KINDS: dict[str, type[Due]] = {
    "workrooms": Workroom,
    "milestones": Milestone,
    "deliverables": Deliverable,
    "defects": Defect,
    "decisions": Decision,
}
Kind = Literal["workrooms", "milestones", "deliverables", "defects", "decisions"]


class PartOut(Schema):
    """Where a part of a room stands; `actions` are those of the caller."""

    uid: UUID
    title: str
    state: str
    state_label: str
    due_on: date | None
    actions: list[OfferOut] = []


class RoomFileOut(Schema):
    """A file of a room or of one version."""

    uid: UUID
    filename: str
    size: int
    sha256: str
    url: str


class RoomOut(PartOut):
    """A room in a list; `team` is the winning team's name where it comes from a challenge."""

    problem: UUID
    team: str = ""


class RoomDetail(RoomOut):
    """A room with its parts; `side` is the caller's."""

    side: str
    solvers: list[str]
    milestones: list[PartOut]
    deliverables: list[PartOut]
    defects: list[PartOut]
    decisions: list[PartOut]
    files: list[RoomFileOut]
    pilot_from: date | None
    pilot_until: date | None
    paid: str
    payoff_amount: Decimal | None
    payoff_unit: str
    payoff_words: str


class SolutionVersionOut(PartOut):
    """A version of the solution; `manifest` is frozen at the handover."""

    number: int
    what: str
    run: str
    environment: str
    licence: str
    files: list[RoomFileOut]
    manifest: dict[str, Any]
    manifest_sha256: str
    handed_over_at: datetime | None
    ran: bool | None
    trial_words: str


class RoomIn(Schema):
    """Who solves it: people by their uid, or a team of the challenge by its uid."""

    solvers: list[UUID] = Field(default=[], max_length=50)
    team: UUID | None = None
    pays_after: int = Field(6, ge=1, le=36)


class StepIn(Schema):
    """An action with what it asks for; the others are ignored."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    words: Words = ""
    due_on: date | None = None
    pilot_from: date | None = None
    pilot_until: date | None = None
    ran: bool | None = None
    paid: Literal["yes", "not_yet", "no"] | None = None
    payoff_amount: Annotated[Decimal, Field(max_digits=16, decimal_places=2)] | None = None
    payoff_unit: Annotated[Text, Field(max_length=60)] = ""
    payoff_words: Words = ""


class MilestoneIn(Schema):
    title: Annotated[Text, Field(min_length=1, max_length=160)]
    due_on: date
    words: Annotated[Text, Field(max_length=2000)] = ""


class DecisionIn(Schema):
    title: Annotated[Text, Field(min_length=1, max_length=300)]
    words: Words = ""


class DefectIn(Schema):
    title: Annotated[Text, Field(min_length=1, max_length=160)]
    words: Words = ""
    severity: Defect.Severity = Defect.Severity.BLOCKING


class VersionPatch(Schema):
    """What stands in the manifest; what is left out stays."""

    title: Annotated[Text, Field(max_length=160)] | None = None
    what: Words | None = None
    run: Words | None = None
    environment: Words | None = None
    licence: Annotated[Text, Field(max_length=120)] | None = None


def part_out(request: HttpRequest, part: Any) -> dict[str, Any]:
    return {
        "uid": part.uid,
        "title": str(part),
        "state": part.state,
        "state_label": part.state_label,
        "due_on": part.due_on,
        "actions": offers_out(request, part),
    }


def listed_out(request: HttpRequest, room: Workroom) -> dict[str, Any]:
    return part_out(request, room) | _of(room)


def _of(room: Workroom) -> dict[str, Any]:
    return {"problem": room.problem.uid, "team": room.team.name if room.team else ""}


def file_out(file: WorkroomFile) -> dict[str, Any]:
    return {
        "uid": file.uid,
        "filename": file.filename,
        "size": file.blob.size,
        "sha256": file.blob_id,
        "url": f"/api/v1/workroom-files/{file.uid}",
    }


def room_out(request: HttpRequest, room: Workroom) -> dict[str, Any]:
    person = person_of(request)
    parts = queries.inside(room)
    reads = rules_workrooms.may_read_files(person, room)
    told = ("pilot_from", "pilot_until", "paid", "payoff_amount", "payoff_unit", "payoff_words")
    return {
        **part_out(request, room),
        **{name: getattr(room, name) for name in told},
        **_of(room),
        "side": rules_workrooms.side_of(person, room),
        "solvers": [solver.person.name for solver in parts.solvers],
        "milestones": [part_out(request, row) for row in parts.milestones],
        "deliverables": [part_out(request, row) for row in parts.versions],
        "defects": [part_out(request, row) for row in parts.defects],
        "decisions": [part_out(request, row) for row in parts.decisions],
        "files": [file_out(file) for file in parts.files] if reads else [],
    }


def version_out(request: HttpRequest, version: Deliverable) -> dict[str, Any]:
    told = ("number", "what", "run", "environment", "licence", "manifest", "manifest_sha256")
    more = ("handed_over_at", "ran", "trial_words")
    kept = version.files.filter(removed_at=None).select_related("blob")
    return {
        **part_out(request, version),
        **{name: getattr(version, name) for name in (*told, *more)},
        "files": [file_out(file) for file in kept],
    }


@router.get("/workrooms", response={200: PageOut[RoomOut], **ERRORS}, summary="Your workrooms")
def list_rooms(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    return page_out(request, queries.rooms_with_solvers(person), lambda room: listed_out(request, room))


@router.get(
    "/challenges/{slug}/workrooms",
    response={200: list[RoomOut], **ERRORS},
    summary="Workrooms with the winners",
)
def list_winners_rooms(request: HttpRequest, slug: str) -> Any:
    """Those that the caller may look into."""
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    return [listed_out(request, room) for room in queries.rooms_of_challenge(person, challenge)]


@router.post(
    "/challenges/{slug}/workrooms",
    auth=HOST,
    response={201: list[RoomOut], **ERRORS},
    summary="Open the workrooms with the winners",
)
def post_winners_rooms(request: HttpRequest, slug: str) -> Any:
    """For hosts and the need's owner, once the result is declared: a room for each winning team. Twice gives the same rooms."""
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    handover.open_rooms(by=person, challenge=challenge)
    return Status(201, [listed_out(request, room) for room in queries.rooms_of_challenge(person, challenge)])


@router.post(
    "/problems/{uuid:uid}/workrooms",
    auth=HOST,
    response={201: RoomDetail, **ERRORS},
    summary="Open a workroom",
)
def post_room(request: HttpRequest, uid: UUID, body: RoomIn) -> Any:
    """For the curator: with named people, or with a team of the closed challenge. The same again gives the same room."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    demand(rules.curates(person, problem))
    team = Team.objects.filter(uid=body.team, challenge__problem=problem).first() if body.team else None
    solvers = list(people.Person.objects.filter(uid__in=body.solvers, is_active=True))
    room = workrooms.open_room(
        by=person, problem=problem, solvers=solvers, team=team, pays_after=body.pays_after
    )
    return Status(201, room_out(request, room))


@router.get("/workrooms/{uuid:uid}", response={200: RoomDetail, **ERRORS}, summary="One workroom")
def get_room(request: HttpRequest, uid: UUID) -> Any:
    return room_out(request, access_workrooms.access_room(person_of(request), uid))


def _step(request: HttpRequest, kind: Kind, uid: UUID, body: StepIn) -> dict[str, Any]:
    person = person_of(request)
    part: Any = (
        access_workrooms.access_room(person, uid)
        if kind == "workrooms"
        else access_workrooms.access_part(person, KINDS[kind], uid)
    )
    data = body.dict(exclude={"action"}, exclude_none=True)
    return part_out(request, workflow.perform(part, body.action, by=person, data=data))


@router.post(
    "/workrooms/{uuid:uid}/act", auth=HOST, response={200: PartOut, **ERRORS}, summary="Move a room on"
)
def act_on_room(request: HttpRequest, uid: UUID, body: StepIn) -> Any:
    return _step(request, "workrooms", uid, body)


@router.post(
    "/milestones/{uuid:uid}/act", auth=HOST, response={200: PartOut, **ERRORS}, summary="Move a milestone on"
)
def act_on_milestone(request: HttpRequest, uid: UUID, body: StepIn) -> Any:
    return _step(request, "milestones", uid, body)


@router.post(
    "/deliverables/{uuid:uid}/act", auth=HOST, response={200: PartOut, **ERRORS}, summary="Move a version on"
)
def act_on_version(request: HttpRequest, uid: UUID, body: StepIn) -> Any:
    return _step(request, "deliverables", uid, body)


@router.post(
    "/defects/{uuid:uid}/act", auth=HOST, response={200: PartOut, **ERRORS}, summary="Move a defect on"
)
def act_on_defect(request: HttpRequest, uid: UUID, body: StepIn) -> Any:
    return _step(request, "defects", uid, body)


@router.post(
    "/decisions/{uuid:uid}/act", auth=HOST, response={200: PartOut, **ERRORS}, summary="Answer a decision"
)
def act_on_decision(request: HttpRequest, uid: UUID, body: StepIn) -> Any:
    return _step(request, "decisions", uid, body)


@router.post(
    "/workrooms/{uuid:uid}/milestones",
    auth=HOST,
    response={201: PartOut, **ERRORS},
    summary="Add a milestone",
)
def post_milestone(request: HttpRequest, uid: UUID, body: MilestoneIn) -> Any:
    room = access_workrooms.access_room(person_of(request), uid)
    made = workrooms.add_milestone(by=person_of(request), room=room, **body.dict())
    return Status(201, part_out(request, made))


@router.post(
    "/workrooms/{uuid:uid}/decisions",
    auth=HOST,
    response={201: PartOut, **ERRORS},
    summary="Propose a decision",
)
def post_decision(request: HttpRequest, uid: UUID, body: DecisionIn) -> Any:
    room = access_workrooms.access_room(person_of(request), uid)
    made = workrooms.propose_decision(by=person_of(request), room=room, **body.dict())
    return Status(201, part_out(request, made))


@router.get(
    "/workrooms/{uuid:uid}/messages",
    response={200: PageOut[MessageOut], **ERRORS},
    summary="The conversation",
)
def list_messages(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    room = access_workrooms.access_room(person_of(request), uid)
    return page_out(request, room.messages.filter(hidden_at=None).select_related("author"), message_out)


@router.post(
    "/workrooms/{uuid:uid}/messages",
    auth=HOST,
    response={201: MessageOut, **ERRORS},
    summary="Write in a room",
)
def post_message(request: HttpRequest, uid: UUID, body: MessageIn) -> Any:
    room = access_workrooms.access_room(person_of(request), uid)
    return Status(201, message_out(workrooms.say(by=person_of(request), room=room, body=body.body)))


@router.post(
    "/workrooms/{uuid:uid}/files",
    auth=HOST,
    response={201: RoomFileOut, **ERRORS},
    summary="Add a file to a room",
)
def post_file(request: HttpRequest, uid: UUID, file: File[UploadedFile]) -> Any:
    room = access_workrooms.access_room(person_of(request), uid)
    made = workrooms.add_file(by=person_of(request), room=room, stream=file, filename=file.name or "")
    return Status(201, file_out(made))


@router.get("/workroom-files/{uuid:uid}", response={200: None, **ERRORS}, summary="Download a file of a room")
def get_file(request: HttpRequest, uid: UUID) -> FileResponse:
    file = access_workrooms.access_file(person_of(request), uid)
    return files.download(file.blob_id, filename=file.filename)


@router.post(
    "/workrooms/{uuid:uid}/deliverables",
    auth=HOST,
    response={201: SolutionVersionOut, **ERRORS},
    summary="Prepare a version",
)
def post_version(request: HttpRequest, uid: UUID) -> Any:
    """A version in preparation is given back as it is."""
    room = access_workrooms.access_room(person_of(request), uid)
    return Status(201, version_out(request, workrooms.start_version(by=person_of(request), room=room)))


@router.get(
    "/deliverables/{uuid:uid}",
    response={200: SolutionVersionOut, **ERRORS},
    summary="One version with its manifest",
)
def get_version(request: HttpRequest, uid: UUID) -> Any:
    return version_out(request, _version(request, uid))


def _version(request: HttpRequest, uid: UUID) -> Deliverable:
    found = access_workrooms.access_part(person_of(request), Deliverable, uid)
    demand(rules_workrooms.may_read_files(person_of(request), found.workroom))
    return found


@router.patch(
    "/deliverables/{uuid:uid}",
    auth=HOST,
    response={200: SolutionVersionOut, **ERRORS},
    summary="Write a version",
)
def patch_version(request: HttpRequest, uid: UUID, body: VersionPatch) -> Any:
    words = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    made = workrooms.write_version(by=person_of(request), version=_version(request, uid), **words)
    return version_out(request, made)


@router.post(
    "/deliverables/{uuid:uid}/files",
    auth=HOST,
    response={201: RoomFileOut, **ERRORS},
    summary="Add a file to a version",
)
def post_version_file(request: HttpRequest, uid: UUID, file: File[UploadedFile]) -> Any:
    version = _version(request, uid)
    made = workrooms.add_file(
        by=person_of(request), room=version.workroom, stream=file, filename=file.name or "", version=version
    )
    return Status(201, file_out(made))


@router.post(
    "/deliverables/{uuid:uid}/defects",
    auth=HOST,
    response={201: PartOut, **ERRORS},
    summary="Report a defect",
)
def post_defect(request: HttpRequest, uid: UUID, body: DefectIn) -> Any:
    version = _version(request, uid)
    made = workrooms.report_defect(by=person_of(request), version=version, **body.dict())
    return Status(201, part_out(request, made))
