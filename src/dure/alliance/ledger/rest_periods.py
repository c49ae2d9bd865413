"""REST of quarters: all of them, what closing one closes, and closing it."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.alliance.ledger import access, queries
from dure.alliance.models import LedgerPeriod
from dure.foundation import workflow
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class LedgerQuarterOut(Schema):
    """A quarter; once `closed` nothing is added to it."""

    uid: UUID
    name: str
    state: str
    starts_on: date
    ends_on: date
    closed_at: datetime | None


class LedgerUnitOut(Schema):
    """What all members gave and used of a unit."""

    unit: str
    gave: str
    used: str


class LedgerQuarterDetail(LedgerQuarterOut):
    """What closing it closes: transactions, receipts that wait for their receiver, sums by unit."""

    transactions: int
    waiting_receipts: int
    units: list[LedgerUnitOut]
    actions: list[OfferOut]


class LedgerQuarterActIn(Schema):
    """`close`."""

    action: Annotated[Text, Field(max_length=40)]


def period_out(one: LedgerPeriod) -> dict[str, Any]:
    names = ("uid", "name", "state", "starts_on", "closed_at")
    return {name: getattr(one, name) for name in names} | {"ends_on": one.quarter.ends_on}


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_period(person_of(request), uid)
    found = queries.preview(one)
    units = [{"unit": unit, "gave": f"{gave:f}", "used": f"{used:f}"} for unit, gave, used in found.units]
    counts = {"transactions": found.count, "waiting_receipts": found.waiting}
    return period_out(one) | counts | {"units": units, "actions": offers_out(request, one)}


@router.get(
    "/ledger/quarters", response={200: PageOut[LedgerQuarterOut], **ERRORS}, summary="Quarters of the ledger"
)
def get_ledger_quarters(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """For the secretariat and the auditor."""
    access.demand_overseer(person_of(request))
    return page_out(request, queries.quarters(), period_out)


@router.get(
    "/ledger/quarters/{uuid:uid}",
    response={200: LedgerQuarterDetail, **ERRORS},
    summary="A quarter, and what closing it closes",
)
def get_ledger_quarter(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post(
    "/ledger/quarters/{uuid:uid}/actions",
    auth=HOST,
    response={200: LedgerQuarterDetail, **ERRORS},
    summary="Close a quarter",
)
def act_on_ledger_quarter(request: HttpRequest, uid: UUID, body: LedgerQuarterActIn) -> Any:
    person = signed_in(request)
    workflow.perform(access.access_period(person, uid), body.action, by=person)
    return detail_out(request, uid)
