"""Changing one file of a course on a page: the folder is packed anew with it, and taken in as a new version."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from dure.engines.faults import Fault, Faulty
from dure.foundation import files
from dure.foundation.access import Hidden
from dure.learn import rules
from dure.learn.actions import versions
from dure.learn.models import CourseVersion

TEXT: Final = (".yaml", ".md", ".py", ".csv", ".txt", ".svg")
MOST_BYTES: Final = 512 * 1024


def names(version: CourseVersion) -> list[str]:
    """The files of a version that can be changed on a page."""
    with _opened(version) as archive:
        return [one.filename for one in archive.infolist() if _is_text(one)]


def text(version: CourseVersion, name: str) -> str:
    """A file's text. Raises Hidden for what is not there or is no text."""
    with _opened(version) as archive:
        found = next((one for one in archive.infolist() if one.filename == name and _is_text(one)), None)
        if found is None:
            raise Hidden(name)
        return archive.read(found).decode("utf-8", "replace")


def change(*, by: Any, version: CourseVersion, name: str, written: str) -> CourseVersion:
    """A new version with this file changed; the same one where nothing changed. Raises Denied, Hidden, Faulty."""
    rules.demand_author(by, version.course)
    if name not in names(version):
        raise Hidden(name)
    content = written.replace("\r\n", "\n").encode()
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("course_file_too_large", {"limit": MOST_BYTES}, place=name)])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for other, kept in _files(version):
            made.writestr(other, content if other == name else kept)
    packed.seek(0)
    return versions.take(
        by=by, stream=packed, organisation=version.course.organisation, course=version.course
    )


def _files(version: CourseVersion) -> Iterator[tuple[str, bytes]]:
    with _opened(version) as archive:
        for one in archive.infolist():
            yield one.filename, archive.read(one)


def _opened(version: CourseVersion) -> zipfile.ZipFile:
    return zipfile.ZipFile(files.local_path(version.blob_id))


def _is_text(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(TEXT) and entry.file_size <= MOST_BYTES
