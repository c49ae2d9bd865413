"""REST: hosting a challenge that takes code: the choice, hidden inputs, and running a team's code again."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status, UploadedFile

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS
from dure.people import api as people
from dure.problems import access
from dure.problems.actions import hidden, reruns
from dure.problems.models import Challenge, CodeRun

router = Router(tags=["hosting"])
HOST = people.require_scope("host")


class TakesIn(Schema):
    """What teams hand in, and what each run of code may use; `trial_rows` hidden rows come before the whole, 0 for none."""

    takes: Literal["predictions", "code", "sites"]
    code_memory_mib: int = 2048
    code_minutes: int = 10
    code_cores: int = 1
    trial_rows: int = 10


class HiddenInputOut(Schema):
    """An input that only submitted code reads; `is_cut` says whether a trial meets its first rows alone."""

    uid: UUID
    filename: str
    size: int
    sha256: str
    is_cut: bool


class TakesOut(TakesIn):
    """The same, with the hidden inputs."""

    inputs: list[HiddenInputOut]


class RunAgainOut(Schema):
    """A team's code run again by the farm: `same` is null until it is over, and where that was our fault."""

    submission: int
    state: str
    score: float | None
    same: bool | None
    environment: str
    created_at: datetime
    finished_at: datetime | None


def _hosted(request: HttpRequest, slug: str) -> Challenge:
    return access.access_hosted(person_of(request), slug)


def takes_out(challenge: Challenge) -> dict[str, Any]:
    plain = {name: getattr(challenge, name) for name in TakesIn.model_fields}
    inputs = [
        {
            "uid": one.uid,
            "filename": one.filename,
            "size": one.blob.size,
            "sha256": one.blob_id,
            "is_cut": one.first_case_id != one.blob_id,
        }
        for one in challenge.hidden_inputs.select_related("blob")
    ]
    return {**plain, "inputs": inputs}


@router.get(
    "/challenges/{slug}/manage/takes", response={200: TakesOut, **ERRORS}, summary="What is handed in"
)
def get_takes(request: HttpRequest, slug: str) -> dict[str, Any]:
    return takes_out(_hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/takes",
    auth=HOST,
    response={200: TakesOut, **ERRORS},
    summary="Choose what is handed in",
)
def put_takes(request: HttpRequest, slug: str, body: TakesIn) -> dict[str, Any]:
    hidden.choose(by=person_of(request), challenge=_hosted(request, slug), **body.dict())
    return takes_out(_hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/hidden",
    auth=HOST,
    response={201: TakesOut, **ERRORS},
    summary="Add or replace a hidden input",
)
def post_hidden(request: HttpRequest, slug: str, file: File[UploadedFile]) -> Any:
    challenge = _hosted(request, slug)
    hidden.put(by=person_of(request), challenge=challenge, filename=file.name or "", stream=file)
    return Status(201, takes_out(_hosted(request, slug)))


@router.delete(
    "/challenges/{slug}/manage/hidden/{uuid:uid}",
    auth=HOST,
    response={200: TakesOut, **ERRORS},
    summary="Take a hidden input out",
)
def delete_hidden(request: HttpRequest, slug: str, uid: UUID) -> dict[str, Any]:
    challenge = _hosted(request, slug)
    found = challenge.hidden_inputs.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    hidden.remove(by=person_of(request), challenge=challenge, filename=found.filename)
    return takes_out(_hosted(request, slug))


@router.get(
    "/challenges/{slug}/manage/reruns",
    response={200: list[RunAgainOut], **ERRORS},
    summary="Code that was run again",
)
def list_reruns(request: HttpRequest, slug: str) -> Any:
    """The last time for each submission."""
    found = reruns.last_of(_hosted(request, slug))
    return [_rerun(run) for _number, run in sorted(found.items())]


@router.post(
    "/challenges/{slug}/manage/submissions/{uuid:uid}/again",
    auth=HOST,
    response={201: RunAgainOut, **ERRORS},
    summary="Run a team's code again and compare the scores",
)
def post_rerun(request: HttpRequest, slug: str, uid: UUID) -> Any:
    found = _hosted(request, slug).submissions.select_related("challenge__problem").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return Status(201, _rerun(reruns.ask(by=person_of(request), submission=found)))


def _rerun(run: CodeRun) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in RunAgainOut.model_fields if name != "submission"}
    return {**plain, "submission": run.submission.number}
