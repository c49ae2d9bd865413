"""REST: importing a Codabench bundle, first as a dry run."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, Status, UploadedFile
from pydantic import Field

from dure.foundation import faults
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, FaultOut
from dure.people import api as people
from dure.problems import bundle_parts as parts
from dure.problems.actions import bundles

router = Router()
HOST = people.require_scope("host")


class PlannedOut(Schema):
    """One thing an import would create, with where in the bundle it stands."""

    kind: str
    name: str
    place: str
    details: dict[str, str | int]


class LookOut(Schema):
    """A dry run: everything that would be created, every fault and every oddity; `known_as` is the challenge it became already."""

    sha256: str
    dialect: str | None
    importable: bool
    creates: list[PlannedOut]
    faults: list[FaultOut]
    warnings: list[FaultOut]
    answers: list[str]
    samples: list[str]
    metric: str
    known_as: str | None


class ImportIn(Schema):
    """What the bundle cannot say itself; empty answers, sample and metric are left for the preparation."""

    organisation: UUID
    slug: str = Field(max_length=60)
    original: Literal["ko", "en"] = "en"
    sensitivity: Literal["public", "internal", "personal"] = "internal"
    licence: str = Field("", max_length=120)
    metric: str = Field("", max_length=40)
    answers: str = Field("", max_length=1200)
    sample: str = Field("", max_length=1200)


class ImportedOut(Schema):
    """The draft that came of it."""

    slug: str
    state: str


def look_out(seen: bundles.Look) -> dict[str, Any]:
    bundle = seen.report.bundle
    return {
        "sha256": seen.sha256,
        "dialect": seen.report.dialect,
        "importable": bundle is not None,
        "creates": seen.report.creates,
        "faults": faults.as_json(seen.report.faults),
        "warnings": faults.as_json(seen.report.warnings),
        "answers": [entry.member for entry in parts.answer_files(bundle)] if bundle else [],
        "samples": [entry.member for entry in parts.sample_files(bundle)] if bundle else [],
        "metric": parts.metric_for(bundle) if bundle else "",
        "known_as": seen.known.slug if seen.known else None,
    }


@router.post("/bundles", auth=HOST, response={200: LookOut, **ERRORS}, summary="Look at a bundle (dry run)")
def post_look(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    return look_out(bundles.look(by=person_of(request), stream=file))


@router.post(
    "/bundles/{sha256}/confirm",
    auth=HOST,
    response={201: ImportedOut, **ERRORS},
    summary="Import a bundle that was looked at",
)
def post_import(request: HttpRequest, sha256: str, body: ImportIn) -> Any:
    person = person_of(request)
    organisation = people.Organisation.objects.filter(uid=body.organisation).first()
    if organisation is None:
        raise Hidden(body.organisation)
    wish = parts.Wish(**{**body.dict(), "organisation": organisation})
    made = bundles.import_bundle(by=person, sha256=sha256, wish=wish)
    return Status(201, {"slug": made.slug, "state": made.state})
