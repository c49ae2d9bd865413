"""REST: handing in, following, choosing finals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Header, Router, Schema, Status, UploadedFile

from dure.foundation import faults
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems import access
from dure.problems.actions import submissions
from dure.problems.code import telling
from dure.problems.models import CodeRun, Submission
from dure.problems.queries.submissions import Standing, standing, standings, submissions_of

router = Router()
SUBMIT = people.require_scope("submit")


class CodeRunOut(Schema):
    """One run of submitted code: `ending` says in words how it ended; `owner` names whose site it ran at.

    Log and faults come from the run on public inputs alone, and the log of a site where its owner released it.
    """

    stage: str
    owner: str
    state: str
    ending: str
    exit_code: int | None
    signal: int | None
    limit: str
    exception: str
    problem: str
    seconds: float | None
    memory_mib: int | None
    environment: str
    log: str
    faults: list[dict[str, Any]]


class SubmissionOut(Schema):
    """A submission as its team sees it: `score` is the released public score, `private` stays empty until the close.

    `runs` are those of its code on the farm, in their order; none where predictions are handed in.
    """

    uid: UUID
    number: int
    team: str
    filename: str
    rows: int
    note: str
    accepted_at: datetime
    state: str
    score: float | None
    improved: bool
    private: float | None
    message: str
    is_final: bool
    ahead: int | None = None
    wait_seconds: float | None = None
    runs: list[CodeRunOut] = []


class FinalIn(Schema):
    """Whether this submission counts on the final board."""

    chosen: bool


def submission_out(told: Standing) -> dict[str, Any]:
    row = told.submission
    return {
        "uid": row.uid,
        "number": row.number,
        "team": row.team.name,
        "filename": row.filename,
        "rows": row.rows,
        "note": row.note,
        "accepted_at": row.accepted_at,
        "state": told.state,
        "score": told.score,
        "improved": told.improved,
        "private": told.private,
        "message": told.message,
        "is_final": row.is_final,
        "ahead": told.place.ahead if told.place else None,
        "wait_seconds": told.place.wait_seconds if told.place else None,
        "runs": [code_run_out(run) for run in told.runs],
    }


def code_run_out(run: CodeRun) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in CodeRunOut.model_fields if hasattr(run, name)}
    over = run.state not in {CodeRun.State.QUEUED, CodeRun.State.CANCELLED}
    said = faults.as_json(faults.of_json(one) for one in run.faults)
    return {
        **plain,
        "owner": telling.owner_of(run),
        "ending": telling.ending_of(run) if over else "",
        "faults": said,
    }


@router.get(
    "/challenges/{slug}/submissions",
    response={200: PageOut[SubmissionOut], **ERRORS},
    summary="Your team's submissions",
)
def list_submissions(request: HttpRequest, slug: str, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    found = page_out(request, submissions_of(person, challenge), lambda row: row)
    return {**found, "items": [submission_out(told) for told in standings(found["items"], challenge)]}


@router.post(
    "/challenges/{slug}/submissions",
    auth=SUBMIT,
    response={201: SubmissionOut, **ERRORS},
    summary="Hand in a file",
)
def post_submission(
    request: HttpRequest,
    slug: str,
    file: File[UploadedFile],
    note: Form[str] = "",
    idempotency_key: Header[str] = "",
) -> Any:
    """The file is checked before it costs quota; every fault comes back at once, with row and column.

    Send an `Idempotency-Key` of your own making with each file: when the answer gets lost, sending the same again gives back
    the submission that was made instead of a second one. The same key with another file is refused with 409.
    """
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    made = submissions.submit(
        by=person,
        challenge=challenge,
        stream=file,
        filename=file.name or "",
        note=note,
        client_key=idempotency_key,
    )
    return Status(201, submission_out(standing(made)))


@router.get("/submissions/{uuid:uid}", response={200: SubmissionOut, **ERRORS}, summary="One submission")
def get_submission(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return submission_out(standing(access.access_submission(person_of(request), uid)))


@router.post(
    "/submissions/{uuid:uid}/final",
    auth=SUBMIT,
    response={200: SubmissionOut, **ERRORS},
    summary="Choose or unchoose as final",
)
def post_final(request: HttpRequest, uid: UUID, body: FinalIn) -> dict[str, Any]:
    changed = submissions.choose_final(
        by=person_of(request), submission=_own(request, uid), chosen=body.chosen
    )
    return submission_out(standing(changed))


@router.post(
    "/submissions/{uuid:uid}/cancel",
    auth=SUBMIT,
    response={200: SubmissionOut, **ERRORS},
    summary="Take a waiting submission back",
)
def post_cancel(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    submission = _own(request, uid)
    submissions.cancel(by=person_of(request), submission=submission)
    return submission_out(standing(submission))


def _own(request: HttpRequest, uid: UUID) -> Submission:
    return access.access_submission(person_of(request), uid)
