"""REST: hours that members ask for and are granted."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.farm import access_sharing
from dure.farm.actions import allocations
from dure.farm.models import Allocation, AllocationChange
from dure.farm.queries import sharing
from dure.farm.rest.contributions import Stage
from dure.farm.rest.sharing import (
    Count,
    FarmActIn,
    Long,
    Slug,
    act_data,
    own_organisation,
)
from dure.farm.rules_hours import Balance
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class AllocationOut(Schema):
    """Hours of a type (`accelerator` null: processor cores), and how many of them are used."""

    uid: UUID
    organisation: str
    state: str
    kind: str
    project: str
    accelerator: str | None
    hours: int
    used_hours: float
    starts_on: date
    ends_on: date


class AllocationChangeOut(Schema):
    """What is asked to be changed; a renewal moves the end away."""

    uid: UUID
    state: str
    is_renewal: bool
    hours: int
    ends_on: date
    purpose: str
    reason: str
    actions: list[OfferOut]


class AllocationDetail(AllocationOut):
    """With what may be done now."""

    purpose: str
    reason: str
    who_sees: list[str]
    changes: list[AllocationChangeOut]
    actions: list[OfferOut]


class ChangeIn(Schema):
    """Hours in all, and the last day."""

    hours: Count
    ends_on: date
    purpose: Long


class AllocationIn(ChangeIn):
    """A request in the name of one of the caller's organisations. Without an accelerator it is for hours of cores."""

    organisation: Slug
    kind: Literal["project", "course", "challenge"] = "project"
    project: Annotated[Text, Field(max_length=80)] = ""
    accelerator: Annotated[Text, Field(max_length=40)] | None = None
    starts_on: date


def allocation_out(one: Allocation, balance: Balance) -> dict[str, Any]:
    names = ("uid", "state", "kind", "project", "hours", "starts_on", "ends_on")
    return {
        **{name: getattr(one, name) for name in names},
        "organisation": one.organisation.slug,
        "accelerator": one.accelerator.key if one.accelerator else None,
        "used_hours": round(float(balance.used) / 3600, 4),
    }


def detail_out(request: HttpRequest, one: Allocation) -> dict[str, Any]:
    ((_same, balance),) = sharing.with_balances([one])
    return {
        **allocation_out(one, balance),
        "purpose": one.purpose,
        "reason": one.reason,
        "who_sees": sharing.who_sees(one.organisation),
        "changes": [change_out(request, wanted) for wanted in one.changes.all()[:20]],
        "actions": offers_out(request, one),
    }


def change_out(request: HttpRequest, one: AllocationChange) -> dict[str, Any]:
    names = ("uid", "state", "is_renewal", "hours", "ends_on", "purpose", "reason")
    offers = offers_out(request, one) if one.state == "requested" else []
    return {**{name: getattr(one, name) for name in names}, "actions": offers}


@router.get(
    "/farm/allocations",
    response={200: PageOut[AllocationOut], **ERRORS},
    summary="Hours asked for and granted, as far as you may know",
)
def list_allocations(request: HttpRequest, stage: Stage = "", page: int = 1) -> Any:  # noqa: ARG001 - page_of reads it
    found = page_of(request, sharing.allocations(signed_in(request), stage), per_page=50)
    return {
        "items": [allocation_out(*row) for row in sharing.with_balances(list(found.object_list))],
        "page": found.number,
        "pages": found.paginator.num_pages,
        "count": found.paginator.count,
    }


@router.post(
    "/farm/allocations", auth=HOST, response={201: AllocationDetail, **ERRORS}, summary="Ask for hours"
)
def post_allocation(request: HttpRequest, body: AllocationIn) -> Any:
    person = people.signed_in(request)
    organisation = own_organisation(person, body.organisation)
    values = body.dict(exclude={"organisation"}) | {"accelerator": _accelerator(body.accelerator)}
    made = allocations.request(by=person, organisation=organisation, values=values)
    return Status(201, detail_out(request, made))


def _accelerator(key: str | None) -> Any:
    if not key:
        return None
    found = sharing.accelerators().filter(key=key).first()
    if found is None:
        raise Faulty([Fault("share_accelerator_unknown", {"value": key}, place="accelerator")])
    return found


@router.get("/farm/allocations/{uuid:uid}", response={200: AllocationDetail, **ERRORS}, summary="One of them")
def get_allocation(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access_sharing.access_allocation(person_of(request), uid))


@router.post(
    "/farm/allocations/{uuid:uid}/act",
    auth=HOST,
    response={200: AllocationDetail, **ERRORS},
    summary="Grant, refuse, withdraw or take back",
)
def act_on_allocation(request: HttpRequest, uid: UUID, body: FarmActIn) -> Any:
    """Approve (with `hours` other than those asked for, if you like), refuse, withdraw, revoke."""
    person = people.signed_in(request)
    found = access_sharing.access_allocation(person, uid)
    return detail_out(request, allocations.act(found, body.action, by=person, data=act_data(body)))


@router.post(
    "/farm/allocations/{uuid:uid}/changes",
    auth=HOST,
    response={201: AllocationDetail, **ERRORS},
    summary="Ask for a change or a renewal",
)
def post_change(request: HttpRequest, uid: UUID, body: ChangeIn) -> Any:
    person = people.signed_in(request)
    found = access_sharing.access_allocation(person, uid)
    allocations.ask_change(by=person, allocation=found, values=body.dict())
    return Status(201, detail_out(request, found))


@router.post(
    "/farm/changes/{uuid:uid}/act",
    auth=HOST,
    response={200: AllocationDetail, **ERRORS},
    summary="Answer or withdraw a change",
)
def act_on_change(request: HttpRequest, uid: UUID, body: FarmActIn) -> Any:
    person = people.signed_in(request)
    wanted = access_sharing.access_change(person, uid)
    allocations.act_on_change(wanted, body.action, by=person, data=act_data(body))
    return detail_out(request, access_sharing.access_allocation(person, wanted.allocation.uid))
