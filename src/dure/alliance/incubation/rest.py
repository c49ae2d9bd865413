"""REST of the incubation: batches, juries, applying."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import access, batches, pitching, queries
from dure.alliance.incubation.rest_shapes import (
    IncubationActIn,
    IncubationBatchDetail,
    IncubationBatchIn,
    IncubationBatchOut,
    IncubationPersonIn,
    IncubationPersonOut,
)
from dure.alliance.models import IncubationBatch
from dure.foundation import workflow
from dure.foundation.access import Hidden, demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


def batch_out(one: Any) -> dict[str, Any]:
    names = ("uid", "state", "title_ko", "title_en", *batches.DAYS, "seats", "taken")
    return {name: getattr(one, name) for name in names}


def batch_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    found = queries.batches(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    more = {name: getattr(found, name) for name in ("call_ko", "call_en", "reason")}
    rubric = {"rubric": pitching.as_text(found.lines)}
    return batch_out(found) | more | rubric | {"actions": offers_out(request, found)}


def person_out(person: people.Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("uid", "name_ko", "name_en")}


@router.get(
    "/incubation", auth=None, response={200: PageOut[IncubationBatchOut], **ERRORS}, summary="Batches"
)
def get_batches(request: HttpRequest, group: str = "", page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.batches(person_of(request), group=group), batch_out)


@router.post(
    "/incubation", auth=HOST, response={201: IncubationBatchDetail, **ERRORS}, summary="Make a batch"
)
def post_batch(request: HttpRequest, body: IncubationBatchIn) -> Any:
    made = batches.create(by=signed_in(request), given=body.dict())
    return Status(201, batch_detail(request, made.uid))


@router.get(
    "/incubation/{uuid:uid}", auth=None, response={200: IncubationBatchDetail, **ERRORS}, summary="A batch"
)
def get_batch(request: HttpRequest, uid: UUID) -> Any:
    return batch_detail(request, uid)


@router.put(
    "/incubation/{uuid:uid}",
    auth=HOST,
    response={200: IncubationBatchDetail, **ERRORS},
    summary="Write a draft of a batch anew",
)
def put_batch(request: HttpRequest, uid: UUID, body: IncubationBatchIn) -> Any:
    person = signed_in(request)
    batches.change(access.access_batch(person, uid), by=person, given=body.dict())
    return batch_detail(request, uid)


@router.post(
    "/incubation/{uuid:uid}/actions",
    auth=HOST,
    response={200: IncubationBatchDetail, **ERRORS},
    summary="Move a batch",
)
def act_on_batch(request: HttpRequest, uid: UUID, body: IncubationActIn) -> Any:
    person = signed_in(request)
    act(access.access_batch(person, uid), person, body)
    return batch_detail(request, uid)


def act(row: Any, person: Any, body: IncubationActIn) -> None:
    workflow.perform(row, body.action, by=person, data=body.dict(exclude={"action"}))


@router.post(
    "/incubation/{uuid:uid}/jury",
    auth=HOST,
    response={201: IncubationPersonOut, **ERRORS},
    summary="Name a juror",
)
def post_juror(request: HttpRequest, uid: UUID, body: IncubationPersonIn) -> Any:
    person = signed_in(request)
    batch = access.access_batch(person, uid)
    return Status(201, person_out(batches.name_juror(batch, by=person, address=body.address).person))


@router.get(
    "/incubation/{uuid:uid}/jury",
    auth=HOST,
    response={200: PageOut[IncubationPersonOut], **ERRORS},
    summary="The jury of a batch",
)
def get_jury(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    batch: IncubationBatch = access.access_batch(signed_in(request), uid)
    demand(only_secretariat(signed_in(request)))
    rows = batch.jurors.select_related("person").order_by("pk")
    return page_out(request, rows, lambda one: person_out(one.person))
