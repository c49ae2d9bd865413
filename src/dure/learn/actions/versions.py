"""Courses and their versions: a folder is taken in, checked on the farm, and published."""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines import courses, skills
from dure.engines.faults import Fault, Faulty
from dure.foundation import files, workflow
from dure.foundation.access import SYSTEM, Denied, Refused, demand
from dure.foundation.limited import child
from dure.foundation.models import Blob
from dure.learn import rules
from dure.learn.labs import checking
from dure.learn.models import Course, CourseVersion, Lab
from dure.people import api as people

OTHER_COURSE = Refused(
    "other_course", _("This folder is another course's: the id in its course.yaml is not this one's.")
)
TAKEN = Refused(
    "course_taken", _("A course with this id is there already, and you are not one of its instructors.")
)


def take(
    *, by: Any, stream: IO[bytes], organisation: people.Organisation | None, course: Course | None = None
) -> CourseVersion:
    """Take a course folder in as a zip: a new course, or a new version of `course` (or of one's own with that id).

    The same folder a second time is the version that is there already. Raises Denied, Faulty with every fault, StorageUnavailable.
    """
    if course is None:
        demand(rules.may_make_courses(by, organisation))
    else:
        rules.demand_author(by, course)
    blob = kept(stream)
    with _parts() as out:
        found = child.call(
            "dure.engines.courses:take",
            path=str(files.local_path(blob.sha256)),
            out=str(out),
            skills=sorted(skills.slugs()),
        )
        return _taken(by, found, out, organisation=organisation, course=course)


@transaction.atomic
def _taken(
    by: Any,
    found: Mapping[str, Any],
    out: Path,
    *,
    organisation: people.Organisation | None,
    course: Course | None,
) -> CourseVersion:
    """The version with its checks asked for: one is never there without the other."""
    version = _written(by, found, out, organisation=organisation, course=course)
    if version.state == "checking" and not version.checks.exists():
        checking.ask(version)
        version.refresh_from_db()
    return version


def take_shipped(
    folder: Path, *, organisation: people.Organisation, authors: Collection[people.Person]
) -> Course:
    """A course that comes with Dure, published at once: its checks are part of Dure's own. Harmless when run twice."""
    with _parts() as out:
        found = courses.take_folder(folder, out, skills=skills.slugs())
        course = Course.objects.filter(slug=found["content"]["id"]).first()
        version = _written(None, found, out, organisation=organisation, course=course)
    version.course.authors.add(*authors)
    if version.state == "checking":
        workflow.perform(workflow.perform(version, "pass", by=SYSTEM), "publish", by=SYSTEM)
    course = Course.objects.get(pk=version.course_id)
    return workflow.perform(course, "open", by=SYSTEM) if course.state == "draft" else course


def kept(stream: IO[bytes]) -> Blob:
    try:
        return files.put(stream)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error


@contextmanager
def _parts() -> Iterator[Path]:
    """A folder for what is read in a course; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dure-course-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def _written(
    by: Any,
    found: Mapping[str, Any],
    out: Path,
    *,
    organisation: people.Organisation | None,
    course: Course | None,
) -> CourseVersion:
    course = _course_for(by, found["content"]["id"], organisation=organisation, course=course)
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    same = course.versions.filter(digest=found["digest"]).first()
    if same is not None:
        return same
    last = course.versions.order_by("-number").first()
    version = CourseVersion.objects.create(
        course=course,
        number=last.number + 1 if last else 1,
        digest=found["digest"],
        blob=files.put_scratch(out / courses.WHOLE),
        content=found["content"],
        made_by=by,
    )
    for unit, lab in found["labs"].items():
        _write_lab(version, unit, lab, out)
    return version


def _course_for(
    by: Any, slug: str, *, organisation: people.Organisation | None, course: Course | None
) -> Course:
    if course is not None:
        if course.slug != slug:
            raise Denied(OTHER_COURSE)
        return course
    assert organisation is not None  # noqa: S101 - may_make_courses has asked for one
    # Of two who hand a new course in at once, the second waits here for the first, and then finds its course.
    found, made = Course.objects.get_or_create(slug=slug, defaults={"organisation": organisation})
    if made and by is not None:
        found.authors.add(by)
    if not made and not rules.may_author(by, found):
        raise Denied(TAKEN)
    return found


def _write_lab(version: CourseVersion, unit: str, lab: Mapping[str, str], out: Path) -> None:
    blobs = {part: files.put_scratch(out / lab[part]) for part in courses.PARTS if part in lab}
    Lab.objects.create(version=version, unit=unit, digest=lab["digest"], **blobs)
