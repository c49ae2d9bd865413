"""REST for the sites themselves: `dure site` talks here, with the key of its site, and nobody else does."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from dure.farm.actions import site_tasks, site_uses, sites
from dure.farm.models import Site, SiteTask, SiteUse
from dure.farm.queries import sites as queries
from dure.farm.rest.sharing import Count
from dure.foundation import clock, files
from dure.foundation.access import Hidden
from dure.foundation.rest import ERRORS, Text

router = Router()
SEEN_EVERY: Final = timedelta(seconds=10)
AT_ONCE: Final = 20
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[Text, Field(max_length=200)]
Score = Annotated[float, Field(allow_inf_nan=False)] | None


class SiteKey(HttpBearer):
    """Finds the site whose key was shown; None, answered 401, for any other."""

    def authenticate(self, request: HttpRequest, token: str) -> Site | None:  # noqa: ARG002 - the key is all that counts
        site = (
            Site.objects.filter(key=sites.digest(token), closed_at=None)
            .select_related("organisation")
            .first()
        )
        if site is not None:
            _touch(site)
        return site


def _touch(site: Site) -> None:
    now = clock.now()
    old = Q(seen_at=None) | Q(seen_at__lt=now - SEEN_EVERY)
    Site.objects.filter(old, pk=site.pk).update(seen_at=now, silent_told_at=None)


def _site(request: HttpRequest) -> Site:
    found: Site = request.auth  # type: ignore[attr-defined]  # set by ninja from SiteKey
    return found


KEY = SiteKey()


class JoinIn(Schema):
    """The code of a site, and the SHA-256 of the key that the machine made for itself."""

    code: Annotated[Text, Field(max_length=100)]
    key_sha256: Hash


class JoinedOut(Schema):
    """Which site it is."""

    uid: UUID
    name: str
    organisation: str


class ColumnIn(Schema):
    """A column of a table at a site; `classes` only where they repeat, and only common ones."""

    name: Words
    type: Annotated[Text, Field(max_length=20)]
    classes: Annotated[list[Words], Field(max_length=sites.MOST_CLASSES)] = []


class TableIn(Schema):
    """What is told of a table: rows and columns, or its size alone where it is no table."""

    rows: Count = 0
    columns: Annotated[list[ColumnIn], Field(max_length=sites.MOST_COLUMNS)] = []


class DatasetIn(Schema):
    """What is told of a data set: one hash, and its tables by their names below the folder."""

    name: Annotated[Text, Field(min_length=1, max_length=80)]
    sha256: Hash
    tables: Annotated[dict[Name, TableIn], Field(max_length=sites.MOST_TABLES)]


class RegisteredOut(Schema):
    """The data set's code: whoever is given it may ask for the data set."""

    uid: UUID
    name: str
    sha256: str


class UseOut(Schema):
    """What somebody asks of a data set; `wants` says what a run would get and give."""

    uid: UUID
    dataset: UUID
    name: str
    sha256: str
    title: str
    wants: dict[str, Any]
    wants_sha256: str
    asked_by: str
    state: str
    created_at: datetime


class SiteAnswerIn(Schema):
    """The owner's word, to what was read (`wants_sha256`), with limits: runs in all and of one team, fewest rows of a score."""

    approved: bool
    wants_sha256: Annotated[Text, Field(max_length=64)] = ""
    looks: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    looks_each: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    least_rows: Annotated[int, Field(ge=1, le=1_000_000)] = 10
    note: Annotated[Text, Field(max_length=500)] = ""


class TaskOut(Schema):
    """What is to run: `order` as ADR 21 has it."""

    uid: UUID
    use: UUID
    dataset: UUID
    sha256: str
    name: str
    state: str
    order: dict[str, Any]


class ResultIn(Schema):
    """What came of it. Scores and counts, how it ended, and never a row."""

    state: Literal["done", "failed_user", "failed_platform", "refused"]
    problem: Annotated[Text, Field(max_length=40)] = ""
    exit_code: Annotated[int, Field(ge=-1000, le=1000)] | None = None
    signal: Annotated[int, Field(ge=0, le=100)] | None = None
    limit: Annotated[Text, Field(max_length=12)] = ""
    exception: Annotated[Text, Field(max_length=40)] = ""
    seconds: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] | None = None
    memory_mib: Count | None = None
    environment: Annotated[Text, Field(max_length=64)] = ""
    public: Score = None
    private: Score = None
    public_rows: Count = 0
    private_rows: Count = 0
    improved: bool = False


class TakenOut(Schema):
    """How the task stands after it: the first answer is the one that counts."""

    uid: UUID
    state: str


class LogIn(Schema):
    """A log that the owner read and releases."""

    text: Annotated[Text, Field(max_length=site_tasks.MOST_LOG)]


@router.post(
    "/site/join", auth=None, response={200: JoinedOut, **ERRORS}, summary="A machine joins as a site"
)
def join_site(request: HttpRequest, body: JoinIn) -> Any:  # noqa: ARG001 - the code is all that counts
    """Once, within a week; the same machine may say it again."""
    site = sites.join(code=body.code, key=body.key_sha256)
    return {"uid": site.uid, "name": site.name, "organisation": site.organisation.name}


@router.get("/site", auth=KEY, response={200: JoinedOut, **ERRORS}, summary="Which site this key is of")
def own_site(request: HttpRequest) -> Any:
    site = _site(request)
    return {"uid": site.uid, "name": site.name, "organisation": site.organisation.name}


@router.put(
    "/site/datasets", auth=KEY, response={200: RegisteredOut, **ERRORS}, summary="Register a data set"
)
def put_site_dataset(request: HttpRequest, body: DatasetIn) -> Any:
    """By schema and hash alone. Other content under the same name ends what the former was used for."""
    tables = {name: table.dict() for name, table in body.tables.items()}
    return sites.register(_site(request), name=body.name, sha256=body.sha256, tables=tables)


@router.get(
    "/site/uses", auth=KEY, response={200: list[UseOut], **ERRORS}, summary="What is asked of this site"
)
def list_site_uses(request: HttpRequest) -> Any:
    """All that stands: asked for and allowed, oldest first, at most two hundred."""
    rows = SiteUse.objects.filter(dataset__site=_site(request), state__in=site_uses.OPEN)
    return [_use_out(use) for use in rows.select_related("dataset", "asked_by").order_by("pk")[:200]]


def _use_out(use: SiteUse) -> dict[str, Any]:
    of_data = {"dataset": use.dataset.uid, "name": use.dataset.name, "sha256": use.dataset.sha256}
    plain = {name: getattr(use, name) for name in ("uid", "title", "wants", "state", "created_at")}
    return {**plain, **of_data, "asked_by": use.asked_by.name, "wants_sha256": site_uses.digest_of(use.wants)}


@router.post(
    "/site/uses/{uuid:uid}/answer", auth=KEY, response={200: UseOut, **ERRORS}, summary="Say yes or no"
)
def answer_site_use(request: HttpRequest, uid: UUID, body: SiteAnswerIn) -> Any:
    """No also ends what was allowed before."""
    limits = {name: getattr(body, name) for name in ("looks", "looks_each", "least_rows", "note")}
    return _use_out(
        site_uses.answer(_site(request), uid, is_yes=body.approved, digest=body.wants_sha256, **limits)
    )


@router.get("/site/tasks", auth=KEY, response={200: list[TaskOut], **ERRORS}, summary="What is to run here")
def list_tasks_for_site(request: HttpRequest) -> Any:
    """The oldest first, a few at a time."""
    return [_task_out(task) for task in queries.open_tasks(_site(request), limit=AT_ONCE)]


def _task_out(task: SiteTask) -> dict[str, Any]:
    dataset = task.use.dataset
    plain = {name: getattr(task, name) for name in ("uid", "name", "state", "order")}
    return {**plain, "use": task.use.uid, "dataset": dataset.uid, "sha256": dataset.sha256}


@router.get(
    "/site/tasks/{uuid:uid}",
    auth=KEY,
    response={200: TakenOut, **ERRORS},
    summary="How a task of this site stands",
)
def get_task_for_site(request: HttpRequest, uid: UUID) -> Any:
    return queries.task_at(_site(request), uid)


@router.get(
    "/site/tasks/{uuid:uid}/files/{sha256}",
    auth=KEY,
    response={200: None, **ERRORS},
    summary="A file that a task needs",
)
def get_file_for_site(request: HttpRequest, uid: UUID, sha256: str) -> FileResponse:
    """The team's program and public files, while the task waits."""
    task = queries.task_at(_site(request), uid)
    if task.state != SiteTask.State.QUEUED or sha256 not in queries.files_of(task):
        raise Hidden(sha256)
    return files.download(sha256, filename=sha256)


@router.post(
    "/site/tasks/{uuid:uid}/result",
    auth=KEY,
    response={200: TakenOut, **ERRORS},
    summary="What came of a task",
)
def post_site_result(request: HttpRequest, uid: UUID, body: ResultIn) -> Any:
    """May be sent again after a lost answer: the first one counts."""
    result = body.dict(exclude={"state"})
    task = site_tasks.take(_site(request), uid, state=body.state, result=result)
    if task is None:
        raise Hidden(uid)
    return task


@router.post(
    "/site/tasks/{uuid:uid}/log", auth=KEY, response={200: TakenOut, **ERRORS}, summary="Release a log"
)
def post_site_log(request: HttpRequest, uid: UUID, body: LogIn) -> Any:
    """After the owner has read it."""
    task = site_tasks.take_log(_site(request), uid, text=body.text)
    if task is None:
        raise Hidden(uid)
    return task
