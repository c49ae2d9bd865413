"""REST: asking for jobs, following them, taking them back, and getting what they made."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Header, Router, Schema, Status, UploadedFile

from dure.farm import access
from dure.farm.access import Seen
from dure.farm.actions import by_hand
from dure.farm.asking import Asking
from dure.farm.models import Job
from dure.farm.parsing import accelerators_of, environment_of
from dure.farm.queries import told as queries
from dure.farm.rest.shapes import JobDetailOut, JobFileOut, JobOut, LogOut, detail_out, job_out
from dure.farm.rules import Sight
from dure.foundation import files
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people

router = Router()
SUBMIT = people.require_scope("submit")


class JobIn(Schema):
    """What runs. `command` is its words, one field each; `accelerators` are written as `gpu:h100=1`, `environment` as `NAME=value`.

    Without `organisation` (its slug) it runs on the account of the one you belong to, if that is only one. `packages` names a set
    of Python packages (`standard`); without one there is Python's standard library alone. `count` makes an array of so many jobs,
    each with its DURE_ARRAY_INDEX. `project` is the word under which hours were granted.
    """

    name: str
    command: list[str]
    organisation: str = ""
    project: str = ""
    job_class: Literal["normal", "scavenger"] = "normal"
    cores: int = 1
    memory_mib: int = 1024
    wall_seconds: int = 3600
    count: int = 1
    packages: str = ""
    accelerators: list[str] = []
    environment: list[str] = []


class SharedIn(Schema):
    """Whether the representatives of the organisation may read log and files."""

    shared: bool


@router.get("/farm/jobs", response={200: PageOut[JobOut], **ERRORS}, summary="Your jobs")
def list_jobs(request: HttpRequest, view: Literal["mine", "all"] = "mine", page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    """The newest first; an array stands there once. With `view=all` also those of others that you may know of."""
    person = people.signed_in(request)
    rows = queries.jobs_of(person) if view == "mine" else queries.jobs_seen(person)
    found = page_out(request, rows, lambda job: job)
    return {**found, "items": [job_out(one) for one in queries.listed(person, found["items"])]}


@router.post("/farm/jobs", auth=SUBMIT, response={201: JobDetailOut, **ERRORS}, summary="Ask for a job")
def post_job(
    request: HttpRequest,
    job: Form[JobIn],
    uploads: Annotated[list[UploadedFile], File(alias="files", default_factory=list)],
    idempotency_key: Header[str] = "",
) -> Any:
    """One archive (zip, tar) is unpacked at /work; several files lie there as they are. What is written to /out comes out.

    Every fault comes back at once. Send an `Idempotency-Key` of your own making: when the answer gets lost, sending the same again
    gives back the job that was made. The same key with another job is refused with 409.
    """
    person = people.signed_in(request)
    organisation = by_hand.account_of(person, job.organisation)
    given = by_hand.kept((one.name or "", one) for one in uploads)
    accelerators, unread = accelerators_of(job.accelerators)
    made = by_hand.ask(
        by=person,
        organisation=organisation,
        asking=_asking(job, accelerators),
        given=given,
        unread=unread,
        client_key=idempotency_key,
    )
    return Status(201, _detail(request, made.uid))


def _asking(job: JobIn, accelerators: dict[str, int]) -> Asking:
    return Asking(
        name=job.name,
        command=tuple(job.command),
        scavenger=job.job_class == "scavenger",
        cores=job.cores,
        memory_mib=job.memory_mib,
        wall_seconds=job.wall_seconds,
        accelerators=accelerators,
        environment=environment_of(job.environment),
        packages=job.packages,
        count=job.count,
        project=job.project.replace("\x00", ""),
    )


@router.get("/farm/jobs/{uuid:uid}", response={200: JobDetailOut, **ERRORS}, summary="One job")
def get_job(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Its state in words, why it waits and when it is expected to start, and all its tries."""
    return _detail(request, uid)


def _detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return detail_out(queries.told(access.access_job(person_of(request), uid)))


@router.get(
    "/farm/jobs/{uuid:uid}/log", response={200: LogOut, **ERRORS}, summary="A job's log, also while it runs"
)
def get_log(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    job = _readable(request, uid).job
    run = job.runs.order_by("attempt").last()
    return {
        "attempt": run.attempt if run else 0,
        "state": job.state,
        "is_over": not job.is_open,
        "stdout": run.stdout if run else "",
        "stderr": run.stderr if run else "",
    }


@router.get(
    "/farm/jobs/{uuid:uid}/files", response={200: PageOut[JobFileOut], **ERRORS}, summary="What came out"
)
def list_job_files(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.files_of(_readable(request, uid).job), _file)


def _file(file: Any) -> dict[str, Any]:
    return {"name": file.name, "size": file.blob.size, "sha256": file.blob_id}


@router.get(
    "/farm/jobs/{uuid:uid}/files/{path:name}",
    response={200: None, 206: None, **ERRORS},
    summary="One file that came out",
)
def get_job_file(request: HttpRequest, uid: UUID, name: str) -> FileResponse:
    """As an attachment, from the byte that a Range header asks for."""
    file = access.access_file(person_of(request), uid, name)
    asked = request.headers.get("Range", "")
    return files.download(file.blob_id, filename=file.filename, asked=asked, size=file.blob.size)


def _readable(request: HttpRequest, uid: UUID) -> Seen:
    """A job whose log and files one may read."""
    seen = access.access_job(person_of(request), uid)
    if seen.sight < Sight.CONTENT:
        raise Hidden(uid)
    return seen


@router.post(
    "/farm/jobs/{uuid:uid}/cancel",
    auth=SUBMIT,
    response={200: JobDetailOut, **ERRORS},
    summary="Take a job back",
)
def post_cancel_job(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Waiting or running; one that is over stays as it is."""
    by_hand.cancel(by=person_of(request), job=_own(request, uid))
    return _detail(request, uid)


@router.post(
    "/farm/jobs/{uuid:uid}/again",
    auth=SUBMIT,
    response={201: JobDetailOut, **ERRORS},
    summary="Run a job again",
)
def post_again(request: HttpRequest, uid: UUID, idempotency_key: Header[str] = "") -> Any:
    """The same as a new job; one of an array alone, with the index it had."""
    made = by_hand.again(by=people.signed_in(request), job=_own(request, uid), client_key=idempotency_key)
    return Status(201, _detail(request, made.uid))


@router.post(
    "/farm/jobs/{uuid:uid}/share",
    auth=SUBMIT,
    response={200: JobDetailOut, **ERRORS},
    summary="Share log and files",
)
def post_share(request: HttpRequest, uid: UUID, body: SharedIn) -> dict[str, Any]:
    """With the representatives of the organisation on whose account it ran; the whole array, if it is one."""
    by_hand.share(by=people.signed_in(request), job=_own(request, uid), shared=body.shared)
    return _detail(request, uid)


def _own(request: HttpRequest, uid: UUID) -> Job:
    return access.access_own(person_of(request), uid)


@router.get("/farm/arrays/{uuid:uid}", response={200: JobOut, **ERRORS}, summary="An array")
def get_array(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """As its first job, with how many of its jobs are in which state."""
    person = person_of(request)
    return job_out(*queries.listed(person, [access.access_array(person, uid).job]))


@router.get(
    "/farm/arrays/{uuid:uid}/jobs", response={200: PageOut[JobOut], **ERRORS}, summary="The jobs of an array"
)
def list_array(request: HttpRequest, uid: UUID, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    seen = access.access_array(person_of(request), uid)
    return page_out(
        request, queries.jobs_in(seen.job), lambda job: job_out(queries.Listed(job, seen.sight, {}))
    )


@router.post(
    "/farm/arrays/{uuid:uid}/cancel",
    auth=SUBMIT,
    response={200: JobOut, **ERRORS},
    summary="Take an array back",
)
def post_cancel_array(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """All of its jobs that wait or run."""
    by_hand.cancel_array(by=people.signed_in(request), job=_own_array(request, uid))
    return get_array(request, uid)


@router.post(
    "/farm/arrays/{uuid:uid}/again",
    auth=SUBMIT,
    response={201: JobOut, **ERRORS},
    summary="Run an array again",
)
def post_again_array(request: HttpRequest, uid: UUID, idempotency_key: Header[str] = "") -> Any:
    by = people.signed_in(request)
    made = by_hand.again_array(by=by, job=_own_array(request, uid), client_key=idempotency_key)
    return Status(201, job_out(*queries.listed(by, [made])))


def _own_array(request: HttpRequest, uid: UUID) -> Job:
    return access.access_own_array(person_of(request), uid)
