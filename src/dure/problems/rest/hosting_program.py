"""REST: the programs of a host's own: one that scores, one that runs submitted code, and the reference data they score against."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile

from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS
from dure.people import api as people
from dure.problems import access
from dure.problems.actions import programs
from dure.problems.models import Challenge

router = Router(tags=["hosting"])
HOST = people.require_scope("host")


def _hosted(request: HttpRequest, slug: str) -> Challenge:
    return access.access_hosted(person_of(request), slug)


class ProgramOut(Schema):
    """A scoring program of the host's: its hash and command, the score that counts, and the hashes of its reference data."""

    program: str
    words: list[str]
    key: str
    direction: str
    ingestion: list[str]
    reference: str
    public_reference: str


def program_out(challenge: Challenge) -> dict[str, Any]:
    mine, answers = challenge.metric_parameters, challenge.answers
    return {
        **{name: mine[name] for name in ("program", "words", "key", "direction")},
        "ingestion": mine.get("ingestion", {}).get("words", []),
        "reference": answers.blob_id if answers else "",
        "public_reference": (answers.public_blob_id or "") if answers else "",
    }


@router.post(
    "/challenges/{slug}/manage/scorer-program",
    auth=HOST,
    response={201: ProgramOut, **ERRORS},
    summary="Score with a program of one's own",
)
def post_scorer_program(
    request: HttpRequest,
    slug: str,
    file: File[UploadedFile],
    key: Form[str],
    direction: Form[Literal["higher", "lower"]] = "higher",
) -> Any:
    """A zip as Codabench has it, whose metadata.yaml names the command; `key` is the score that counts."""
    challenge = _hosted(request, slug)
    programs.set_program(
        by=person_of(request), challenge=challenge, stream=file, key=key, direction=direction
    )
    return Status(201, program_out(_hosted(request, slug)))


@router.post(
    "/challenges/{slug}/manage/ingestion-program",
    auth=HOST,
    response={201: ProgramOut, **ERRORS},
    summary="Run submitted code by a program of one's own",
)
def post_ingestion_program(request: HttpRequest, slug: str, file: File[UploadedFile]) -> Any:
    """It runs submitted code on the hidden inputs, apart from the answers."""
    programs.set_ingestion(by=person_of(request), challenge=_hosted(request, slug), stream=file)
    return Status(201, program_out(_hosted(request, slug)))


@router.post(
    "/challenges/{slug}/manage/reference",
    auth=HOST,
    response={201: ProgramOut, **ERRORS},
    summary="The reference data of a scoring program",
)
def post_reference(
    request: HttpRequest,
    slug: str,
    file: File[UploadedFile],
    public_file: File[UploadedFile | None] = None,
    shared: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> Any:
    """`file` decides. The public score comes from `public_file`, from the same data (`shared`), or there is none."""
    challenge = _hosted(request, slug)
    programs.put_reference(
        by=person_of(request), challenge=challenge, stream=file, public=public_file, is_shared=shared
    )
    return Status(201, program_out(_hosted(request, slug)))
