"""REST of receipts: all that one may read, entering one, and moving it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.commitments.access import access_commitment
from dure.alliance.ledger import access, queries, receipts, tracing
from dure.alliance.models import LedgerReceipt
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
NAMES = ("uid", "state", "unit", "happened_on", "reference", "what", "reason")


class LedgerReceiptOut(Schema):
    """Something given by hand; organisations are slugs, null is the pool or somebody outside. Quantities are exact texts."""

    uid: UUID
    state: str
    giver: str | None
    receiver: str | None
    quantity: str
    unit: str
    happened_on: date
    reference: str
    what: str
    reason: str


class LedgerReceiptDetail(LedgerReceiptOut):
    """The same with the commitment that it keeps, as far as the caller may read it, and what the caller may do now."""

    commitment: UUID | None
    actions: list[OfferOut]


class LedgerReceiptIn(Schema):
    """What was given. Without `giver` it came from outside the alliance, without `receiver` it is for all members.

    `commitment` is the uid of one that it keeps.
    """

    giver: Text | None = None
    receiver: Text | None = None
    quantity: Annotated[Decimal, Field(max_digits=20, decimal_places=4)]
    unit: Annotated[Text, Field(max_length=48)]
    happened_on: date
    reference: Annotated[Text, Field(max_length=120)]
    what: Annotated[Text, Field(max_length=300)] = ""
    commitment: UUID | None = None


class LedgerReceiptActIn(Schema):
    """`confirm`, `decline` with a `reason`, or `withdraw`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""


def receipt_out(one: LedgerReceipt) -> dict[str, Any]:
    return {name: getattr(one, name) for name in NAMES} | {
        "giver": one.giver.slug if one.giver else None,
        "receiver": one.receiver.slug if one.receiver else None,
        "quantity": f"{one.quantity:f}",
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_receipt(person_of(request), uid)
    owed = tracing.commitment_of(person_of(request), one)
    return receipt_out(one) | {"commitment": owed.uid if owed else None, "actions": offers_out(request, one)}


@router.get(
    "/ledger/receipts",
    response={200: PageOut[LedgerReceiptOut], **ERRORS},
    summary="Receipts of one's organisations",
)
def get_ledger_receipts(request: HttpRequest, stage: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """The newest first. `stage` is `waiting` or `done`."""
    return page_out(request, queries.receipts(signed_in(request), stage), receipt_out)


@router.post(
    "/ledger/receipts",
    auth=HOST,
    response={201: LedgerReceiptDetail, **ERRORS},
    summary="Enter what was given by hand",
)
def post_ledger_receipt(request: HttpRequest, body: LedgerReceiptIn) -> Any:
    """By the secretariat it stands in the ledger at once; by the giver's representative once the receiver confirms it."""
    person = signed_in(request)
    given = body.dict()
    for name in ("giver", "receiver"):
        given[name] = people.access_organisation(person, given[name]) if given[name] else None
    if given["commitment"] is not None:
        given["commitment"] = access_commitment(person, given["commitment"])
    made = receipts.enter(receipts.Given(**given), by=person)
    return Status(201, detail_out(request, made.uid))


@router.get("/ledger/receipts/{uuid:uid}", response={200: LedgerReceiptDetail, **ERRORS}, summary="A receipt")
def get_ledger_receipt(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post(
    "/ledger/receipts/{uuid:uid}/actions",
    auth=HOST,
    response={200: LedgerReceiptDetail, **ERRORS},
    summary="Confirm, decline or withdraw a receipt",
)
def act_on_ledger_receipt(request: HttpRequest, uid: UUID, body: LedgerReceiptActIn) -> Any:
    person = signed_in(request)
    one = access.access_receipt(person, uid)
    receipts.act(one, body.action, by=person, data={"reason": body.reason} if body.reason else {})
    return detail_out(request, uid)
