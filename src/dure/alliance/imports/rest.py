"""REST of lists that are entered from a spreadsheet."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from dure.alliance.imports import access, lines
from dure.alliance.imports.table import Entry
from dure.engines.faults import Faulty
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class ListLineOut(Schema):
    """A line that is new, and what is made of it."""

    line: int
    name: str


class ListFileOut(Schema):
    """What a file says, or what was entered of it; columns in `left_out` were not read."""

    new: list[ListLineOut]
    known: int
    left_out: list[str]
    is_real: bool


@router.post(
    "/lists/{code}/import",
    auth=HOST,
    response={200: ListFileOut, **ERRORS},
    summary="Look at a list in a spreadsheet, or enter it",
)
def post_list(
    request: HttpRequest,
    code: str,
    file: File[UploadedFile],
    is_real: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> Any:
    """Lists: topics, projects, gurus, events. Any fault refuses all of it, and all faults are told."""
    return _entered(request, access.access_list(code), file, is_real=is_real)


@router.post(
    "/agreements/{uuid:uid}/commitments/import",
    auth=HOST,
    response={200: ListFileOut, **ERRORS},
    summary="Look at commitments in a spreadsheet, or pledge them",
)
def post_commitment_list(
    request: HttpRequest,
    uid: UUID,
    file: File[UploadedFile],
    is_real: Form[bool] = False,  # noqa: FBT002 - same
) -> Any:
    """Any fault refuses all of it, and all faults are told."""
    entry = access.access_commitments(signed_in(request), uid)
    return _entered(request, entry, file, is_real=is_real)


def _entered(request: HttpRequest, entry: Entry, file: UploadedFile, *, is_real: bool) -> dict[str, Any]:
    seen = lines.enter(entry, file.chunks(), by=signed_in(request), is_real=is_real)
    if seen.faults:
        raise Faulty(seen.faults)
    new = [{"line": line, "name": name} for line, name in seen.new]
    return {"new": new, "known": seen.known, "left_out": seen.left_out, "is_real": is_real}
