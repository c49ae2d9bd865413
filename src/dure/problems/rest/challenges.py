"""REST: challenges, their data, their terms, taking part."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema

from dure.engines.environment import standard
from dure.foundation import files
from dure.foundation.access import demand
from dure.foundation.middleware import client_address
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems import access, rules
from dure.problems.actions import teams
from dure.problems.actions.terms import accept_terms
from dure.problems.models import Challenge, DatasetFile
from dure.problems.queries import challenge as queries

router = Router()
SUBMIT = people.require_scope("submit")


class DataFileOut(Schema):
    """One file of the data; `url` needs the terms accepted."""

    uid: UUID
    part: str
    filename: str
    size: int
    sha256: str
    url: str


class PhaseOut(Schema):
    """A phase; 0 means no limit."""

    number: int
    name_ko: str
    name_en: str
    starts_at: datetime
    ends_at: datetime | None
    per_day: int
    per_phase: int


class ChallengeOut(Schema):
    """A challenge in a list."""

    slug: str
    state: str
    title_ko: str
    title_en: str
    metric: str
    closes_at: datetime | None


class EnvironmentOut(Schema):
    """The packages that submitted code finds; the digest changes with any of them."""

    name: str
    digest: str
    python: str
    packages: dict[str, str]


class CodeOut(Schema):
    """How submitted code is run: its limits, the names of its hidden inputs, and what it finds installed."""

    memory_mib: int
    minutes: int
    cores: int
    inputs: list[str]
    environment: EnvironmentOut


class ChallengeDetail(ChallengeOut):
    """A challenge with all one needs to take part."""

    organisation_ko: str
    organisation_en: str
    takes: str
    code: CodeOut | None
    schema_: dict[str, Any]
    phases: list[PhaseOut]
    files: list[DataFileOut]
    licence: str
    team_size: int
    finals: int
    skills: list[str]
    terms_accepted: bool


class TermsInForceOut(Schema):
    """One text to accept: what it says in short, in full, and the hash that a yes is kept with."""

    kind: str
    version: int
    sha256: str
    summary_ko: str
    summary_en: str
    body_ko: str
    body_en: str


class TeamIn(Schema):
    """A name for the team; empty takes the person's own name."""

    name: str = ""


class TeamOut(Schema):
    """A team."""

    uid: UUID
    name: str


def challenge_out(challenge: Challenge) -> dict[str, Any]:
    last = max((phase.ends_at for phase in challenge.phases.all() if phase.ends_at), default=None)
    problem = challenge.problem
    return {
        "slug": challenge.slug,
        "state": challenge.state,
        "title_ko": problem.title_ko,
        "title_en": problem.title_en,
        "metric": challenge.metric,
        "closes_at": last,
    }


@router.get(
    "/challenges", response={200: PageOut[ChallengeOut], **ERRORS}, summary="List challenges you can see"
)
def list_challenges(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of, named here for the document
    seen = (
        Challenge.objects.visible_to(person_of(request)).select_related("problem").prefetch_related("phases")
    )
    return page_out(request, seen, challenge_out)


@router.get("/challenges/{slug}", response={200: ChallengeDetail, **ERRORS}, summary="One challenge")
def get_challenge(request: HttpRequest, slug: str) -> dict[str, Any]:
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    organisation = challenge.problem.organisation
    return {
        **challenge_out(challenge),
        "organisation_ko": organisation.name_ko if organisation else "",
        "organisation_en": organisation.name_en if organisation else "",
        "takes": challenge.takes,
        "code": code_out(challenge) if challenge.takes_code else None,
        "schema_": challenge.schema,
        "phases": list(
            challenge.phases.values(
                "number", "name_ko", "name_en", "starts_at", "ends_at", "per_day", "per_phase"
            )
        ),
        "files": [_file_out(challenge, file) for file in _files(challenge)],
        "licence": challenge.dataset.licence if challenge.dataset else "",
        "team_size": challenge.team_size,
        "finals": challenge.finals,
        "skills": challenge.skills,
        "terms_accepted": person.is_authenticated and rules.accepted_terms(person, challenge.problem),
    }


def code_out(challenge: Challenge) -> dict[str, Any]:
    found = standard()
    return {
        "memory_mib": challenge.code_memory_mib,
        "minutes": challenge.code_minutes,
        "cores": challenge.code_cores,
        "inputs": queries.hidden_names(challenge),
        "environment": {
            "name": found.name,
            "digest": found.digest,
            "python": found.python,
            "packages": dict(found.packages),
        },
    }


def _files(challenge: Challenge) -> Any:
    return DatasetFile.objects.filter(dataset=challenge.dataset_id).select_related("blob")


def _file_out(challenge: Challenge, file: DatasetFile) -> dict[str, Any]:
    return {
        "uid": file.uid,
        "part": file.part,
        "filename": file.filename,
        "size": file.blob.size,
        "sha256": file.blob_id,
        "url": f"/api/v1/challenges/{challenge.slug}/files/{file.uid}",
    }


@router.get(
    "/challenges/{slug}/files/{uuid:uid}",
    response={200: None, 206: None, **ERRORS},
    summary="Download one file of the data",
)
def download_file(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    """An attachment; `Range: bytes=N-` goes on where an interrupted download stopped."""
    file = access.access_file(person_of(request), slug, uid)
    asked = request.headers.get("Range", "")
    return files.download(file.blob_id, filename=file.filename, asked=asked, size=file.blob.size)


@router.get(
    "/challenges/{slug}/terms", response={200: list[TermsInForceOut], **ERRORS}, summary="The terms in force"
)
def list_terms(request: HttpRequest, slug: str) -> Any:
    challenge = access.access_challenge(person_of(request), slug)
    return challenge.problem.terms.filter(retired_at=None).order_by("kind")


@router.post(
    "/challenges/{slug}/terms",
    auth=SUBMIT,
    response={200: dict[str, int], **ERRORS},
    summary="Accept the terms in force",
)
def post_terms(request: HttpRequest, slug: str) -> dict[str, int]:
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    made = accept_terms(by=person, problem=challenge.problem, origin=client_address(request))
    return {"accepted": len(made)}


@router.post(
    "/challenges/{slug}/team",
    auth=SUBMIT,
    response={200: TeamOut, **ERRORS},
    summary="Take part with a team of your own",
)
def post_team(request: HttpRequest, slug: str, body: TeamIn) -> Any:
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    demand(rules.may_enter(person, challenge))
    return teams.enter(by=person, challenge=challenge, name=body.name)
