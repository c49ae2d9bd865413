"""REST: machines that members give."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.farm import access_sharing
from dure.farm.actions import contributions
from dure.farm.models import Contribution
from dure.farm.queries import sharing
from dure.farm.rest.sharing import (
    Count,
    FarmActIn,
    Long,
    Slug,
    act_data,
    own_organisation,
)
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Devices = Annotated[dict[Annotated[Text, Field(max_length=40)], Count], Field(max_length=40)]


class ContributionOut(Schema):
    """A machine; `accelerators` counts them by type, `kept_percent` is the share its giver keeps for itself."""

    uid: UUID
    organisation: str
    state: str
    node_name: str
    accelerators: dict[str, int]
    cores: int
    memory_gb: int
    kept_percent: int
    starts_on: date
    ends_on: date | None


class ContributionDetail(ContributionOut):
    """With what may be done now."""

    note: str
    reason: str
    who_sees: list[str]
    actions: list[OfferOut]


class ContributionPatch(Schema):
    """What is left out stays."""

    node_name: Annotated[Text, Field(max_length=80)] = ""
    accelerators: Devices = {}
    cores: Count = 0
    memory_gb: Count = 0
    kept_percent: Annotated[int, Field(ge=0, le=100)] = 0
    starts_on: date | None = None
    ends_on: date | None = None
    note: Long = ""


class ContributionIn(ContributionPatch):
    """A new draft, in the name of an organisation that the caller represents."""

    organisation: Slug
    node_name: Annotated[Text, Field(max_length=80)]
    starts_on: date


def contribution_out(one: Contribution) -> dict[str, Any]:
    names = [name for name in ContributionOut.model_fields if name != "organisation"]
    return {**{name: getattr(one, name) for name in names}, "organisation": one.organisation.slug}


def detail_out(request: HttpRequest, one: Contribution) -> dict[str, Any]:
    return {
        **contribution_out(one),
        "note": one.note,
        "reason": one.reason,
        "who_sees": sharing.who_sees(one.organisation),
        "actions": offers_out(request, one),
    }


Stage = Literal["", "waiting", "running", "done"]


@router.get(
    "/farm/contributions",
    response={200: PageOut[ContributionOut], **ERRORS},
    summary="Machines that members give, as far as you may know",
)
def list_contributions(request: HttpRequest, stage: Stage = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    return page_out(request, sharing.contributions(signed_in(request), stage), contribution_out)


@router.post(
    "/farm/contributions", auth=HOST, response={201: ContributionDetail, **ERRORS}, summary="Begin a draft"
)
def post_contribution(request: HttpRequest, body: ContributionIn) -> Any:
    person = people.signed_in(request)
    organisation = own_organisation(person, body.organisation)
    values = body.dict(exclude={"organisation"})
    made = contributions.draft(by=person, organisation=organisation, values=values)
    return Status(201, detail_out(request, made))


@router.get(
    "/farm/contributions/{uuid:uid}", response={200: ContributionDetail, **ERRORS}, summary="One machine"
)
def get_contribution(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access_sharing.access_contribution(person_of(request), uid))


@router.patch(
    "/farm/contributions/{uuid:uid}",
    auth=HOST,
    response={200: ContributionDetail, **ERRORS},
    summary="Write a draft",
)
def patch_contribution(request: HttpRequest, uid: UUID, body: ContributionPatch) -> Any:
    person = people.signed_in(request)
    found = access_sharing.access_contribution(person, uid)
    values = body.dict(exclude_unset=True)
    if values.get("starts_on", found.starts_on) is None:
        del values["starts_on"]
    saved = contributions.edit(by=person, contribution=found, values=values)
    return detail_out(request, saved)


@router.post(
    "/farm/contributions/{uuid:uid}/act",
    auth=HOST,
    response={200: ContributionDetail, **ERRORS},
    summary="Move it on",
)
def act_on_contribution(request: HttpRequest, uid: UUID, body: FarmActIn) -> Any:
    """One action of the workflow by its name: offer, accept, return, withdraw, end."""
    person = people.signed_in(request)
    found = access_sharing.access_contribution(person, uid)
    return detail_out(request, contributions.act(found, body.action, by=person, data=act_data(body)))
