"""Figures of lessons, read from the packed folder of a version."""

import io
import zipfile
from typing import Final

from django.http import FileResponse

from dure.foundation import files
from dure.foundation.access import Hidden
from dure.learn.models import CourseVersion

TYPES: Final = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
MOST_BYTES: Final = 4 * 1024**2


def figure(version: CourseVersion, unit: str, name: str) -> FileResponse:
    """The figure with this name. Raises Hidden for none."""
    kind = TYPES.get(name.rpartition(".")[2])
    if kind is None:
        raise Hidden(name)
    response = FileResponse(io.BytesIO(_content(version, f"units/{unit}/figures/{name}")), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def _content(version: CourseVersion, path: str) -> bytes:
    with zipfile.ZipFile(files.local_path(version.blob_id)) as archive:
        try:
            found = archive.getinfo(path)
        except KeyError:
            raise Hidden(path) from None
        if found.file_size > MOST_BYTES:
            raise Hidden(path)
        return archive.read(found)
