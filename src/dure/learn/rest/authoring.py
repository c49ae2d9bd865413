"""REST: courses handed in as folders, their versions, publishing."""

from datetime import datetime
from typing import Any, Literal

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from ninja import File, Form, Schema, Status, UploadedFile

from dure.foundation import faults, files, workflow
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, FaultOut, PageOut, page_out
from dure.learn import access, rules
from dure.learn.actions import importing, regrading, versions
from dure.learn.models import Course, CourseVersion
from dure.learn.queries import courses as queries
from dure.learn.rest.courses import router
from dure.people import api as people

TEACH = people.require_scope("host")


class CourseVersionOut(Schema):
    """A version of a course: `digest` is the SHA-256 of its packed folder, `findings` are what a check found in its labs."""

    course: str
    number: int
    state: str
    digest: str
    findings: list[FaultOut]
    made_at: datetime
    published_at: datetime | None
    url: str


class NotebookCourseOut(CourseVersionOut):
    """The version that a notebook became; `remarks` are what remains to be done by hand, cell by cell."""

    remarks: list[FaultOut]


class CourseStateIn(Schema):
    """`open` lets new learners begin, `close` takes no more."""

    action: Literal["open", "close"]


class GradedAgainOut(Schema):
    """How many attempts are graded again."""

    count: int


def version_out(version: CourseVersion) -> dict[str, Any]:
    found = faults.as_json(faults.of_json(one) for one in version.findings)
    return {
        "course": version.course.slug,
        "number": version.number,
        "state": version.state,
        "digest": version.digest,
        "findings": found,
        "made_at": version.made_at,
        "published_at": version.published_at,
        "url": reverse("learn:course", args=[version.course.slug]),
    }


@router.post(
    "/courses", response={201: CourseVersionOut, **ERRORS}, summary="Hand in a course folder", auth=TEACH
)
def post_course(
    request: HttpRequest, file: File[UploadedFile], organisation: Form[str] = ""
) -> Status[dict[str, Any]]:
    """A zip of the folder: a new course of `organisation` (its slug; left out, one's own), or a new version of one's own course."""
    person = person_of(request)
    home = _organisation(person, organisation)
    version = versions.take(by=person, stream=file, organisation=home)
    return Status(201, version_out(version))


@router.post(
    "/course-notebooks",
    response={201: NotebookCourseOut, **ERRORS},
    summary="Make a course of a notebook for nbgrader",
    auth=TEACH,
)
def post_notebook(
    request: HttpRequest, file: File[UploadedFile], licence: Form[str], organisation: Form[str] = ""
) -> Status[dict[str, Any]]:
    """An .ipynb, and the licence under which others may use it (an SPDX identifier): a new course of `organisation`."""
    person = person_of(request)
    version, left = importing.take_notebook(
        by=person,
        stream=file,
        name=str(file.name or "").removesuffix(".ipynb"),
        organisation=_organisation(person, organisation),
        licence=licence,
    )
    return Status(201, version_out(version) | {"remarks": faults.as_json(left)})


def _organisation(person: Any, slug: str) -> people.Organisation | None:
    if not person.is_authenticated:
        return None
    own = people.own_organisations(person)
    return people.access_organisation(person, slug) if slug else own.first()


@router.get(
    "/courses/{slug}/versions",
    response={200: PageOut[CourseVersionOut], **ERRORS},
    summary="Versions of your course",
)
def list_versions(request: HttpRequest, slug: str, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    course = access.access_authored(person_of(request), slug)
    return page_out(request, queries.versions(course).select_related("course"), version_out)


@router.get(
    "/courses/{slug}/versions/{number}",
    response={200: CourseVersionOut, **ERRORS},
    summary="A version of your course",
)
def get_version(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    return version_out(_version(request, slug, number))


@router.get(
    "/courses/{slug}/versions/{number}/archive",
    response={200: None, **ERRORS},
    summary="A version's folder as a zip",
)
def get_archive(request: HttpRequest, slug: str, number: int) -> FileResponse:
    version = _version(request, slug, number)
    return files.download(version.blob_id, filename=f"{slug}-{number}.zip")


@router.post(
    "/courses/{slug}/versions/{number}/publish",
    response={200: CourseVersionOut, **ERRORS},
    summary="Publish a version",
    auth=TEACH,
)
def publish_version(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    workflow.perform(_version(request, slug, number), "publish", by=person_of(request))
    return version_out(_version(request, slug, number))


@router.post(
    "/courses/{slug}/versions/{number}/grade-again",
    response={200: GradedAgainOut, **ERRORS},
    summary="Grade with a version's tests what was handed in before",
    auth=TEACH,
)
def grade_again(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    version = _version(request, slug, number)
    return {"count": regrading.grade_again(by=person_of(request), version=version)}


@router.post(
    "/courses/{slug}/state", response={204: None, **ERRORS}, summary="Open or close a course", auth=TEACH
)
def act_on_course(request: HttpRequest, slug: str, body: CourseStateIn) -> Status[None]:
    person = person_of(request)
    workflow.perform(access.access_course(person, slug), body.action, by=person)
    return Status(204, None)


def _version(request: HttpRequest, slug: str, number: int) -> CourseVersion:
    person = person_of(request)
    course: Course = access.access_course(person, slug)
    rules.demand_author(person, course)
    return access.access_version(person, course, number)
