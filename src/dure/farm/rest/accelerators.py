"""REST: the catalogue of accelerators."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.farm import access_sharing
from dure.farm.actions import catalogue
from dure.farm.models import Accelerator
from dure.farm.queries import sharing
from dure.farm.rest.sharing import Count
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class AcceleratorOut(Schema):
    """A type: `key` is what jobs ask for, `weight` the price of a second against one of a processor core."""

    key: str
    vendor: str
    model: str
    kind: str
    memory_gb: int | None
    weight: int


class AcceleratorPatch(Schema):
    """What is left out stays."""

    vendor: Annotated[Text, Field(max_length=60)] | None = None
    model: Annotated[Text, Field(max_length=80)] | None = None
    memory_gb: Count | None = None
    weight: Count | None = None


class AcceleratorIn(Schema):
    """A new type; its kind is the first part of its key (`gpu:h100`, `npu:atom`)."""

    key: Annotated[Text, Field(max_length=40)]
    vendor: Annotated[Text, Field(max_length=60)]
    model: Annotated[Text, Field(max_length=80)]
    memory_gb: Count | None = None
    weight: Count


def accelerator_out(one: Accelerator) -> dict[str, Any]:
    return {name: getattr(one, name) for name in AcceleratorOut.model_fields}


@router.get("/farm/accelerators", response={200: PageOut[AcceleratorOut], **ERRORS}, summary="The catalogue")
def list_accelerators(request: HttpRequest, kind: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """The heaviest first; `kind` is gpu or npu."""
    return page_out(request, sharing.accelerators(kind), accelerator_out)


@router.post("/farm/accelerators", auth=HOST, response={201: AcceleratorOut, **ERRORS}, summary="Add a type")
def post_accelerator(request: HttpRequest, body: AcceleratorIn) -> Any:
    """For operators."""
    made = catalogue.add(by=people.signed_in(request), key=body.key, values=body.dict(exclude={"key"}))
    return Status(201, accelerator_out(made))


@router.patch(
    "/farm/accelerators/{key}",
    auth=HOST,
    response={200: AcceleratorOut, **ERRORS},
    summary="Change a type",
)
def patch_accelerator(request: HttpRequest, key: str, body: AcceleratorPatch) -> Any:
    """For operators. A new weight holds for runs that begin from now on."""
    person = people.signed_in(request)
    found = access_sharing.access_accelerator(key.replace("\x00", ""))
    saved = catalogue.edit(by=person, accelerator=found, values=_sent(body))
    return accelerator_out(saved)


def _sent(body: AcceleratorPatch) -> dict[str, Any]:
    """Only the memory may become unknown again."""
    given = body.dict(exclude_unset=True)
    return {name: value for name, value in given.items() if value is not None or name == "memory_gb"}
