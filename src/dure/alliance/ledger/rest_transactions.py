"""REST of transactions: those of an account, one of them, and taking one back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.ledger import access, posting, queries, tracing
from dure.alliance.models import LedgerEntry, LedgerTransaction
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class LedgerLegOut(Schema):
    """A leg of an account; `transaction` is the uid of what it belongs to."""

    transaction: UUID
    occurred_at: datetime
    quarter: str
    source: str
    what: str
    side: str
    unit: str
    quantity: str


class LedgerSideOut(Schema):
    """One leg of a transaction. Without an `organisation` it is the pool, or, with `is_other`, a member not named to the caller."""

    organisation: str | None
    is_other: bool
    side: str
    unit: str
    quantity: str


class LedgerTransactionOut(Schema):
    """A transaction; `reference` names it at its source, as far as the caller may know it."""

    uid: UUID
    occurred_at: datetime
    quarter: str
    source: str
    reference: str
    what: str
    recorded_at: datetime
    reverses: UUID | None
    reversed_by: UUID | None
    legs: list[LedgerSideOut]


class ReverseIn(Schema):
    """Why it is taken back."""

    reason: Annotated[Text, Field(max_length=300)] = ""


def leg_out(leg: LedgerEntry) -> dict[str, Any]:
    of = leg.transaction
    return {
        "transaction": of.uid,
        "occurred_at": of.occurred_at,
        "quarter": leg.period.name,
        "source": of.source,
        "what": of.what,
        "side": leg.side,
        "unit": leg.unit,
        "quantity": f"{leg.quantity:f}",
    }


def transaction_out(person: Any, posted: LedgerTransaction) -> dict[str, Any]:
    taken_back = tracing.reversal_of(posted)
    names = ("uid", "occurred_at", "source", "what", "recorded_at")
    return {name: getattr(posted, name) for name in names} | {
        "quarter": posted.period.name,
        "reference": tracing.reference_of(person, posted),
        "reverses": posted.reverses.uid if posted.reverses else None,
        "reversed_by": taken_back.uid if taken_back else None,
        "legs": [_side_out(leg) for leg in tracing.legs_seen(person, posted)],
    }


def _side_out(leg: tracing.LegSeen) -> dict[str, Any]:
    slug = leg.organisation.slug if leg.organisation else None
    names = ("is_other", "side", "unit")
    return {name: getattr(leg, name) for name in names} | {
        "organisation": slug,
        "quantity": f"{leg.quantity:f}",
    }


@router.get(
    "/ledger/accounts/{slug}/transactions",
    response={200: PageOut[LedgerLegOut], **ERRORS},
    summary="Everything that an account's figures are made of",
)
def get_ledger_legs(request: HttpRequest, slug: str, quarter: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """The newest first. `quarter`, such as 2026-Q4, leaves one."""
    organisation = access.access_account(person_of(request), slug)
    return page_out(request, queries.legs_of(organisation, queries.chosen(quarter)), leg_out, per_page=100)


@router.get(
    "/ledger/transactions/{uuid:uid}",
    response={200: LedgerTransactionOut, **ERRORS},
    summary="A transaction of the ledger",
)
def get_ledger_transaction(request: HttpRequest, uid: UUID) -> Any:
    person = person_of(request)
    return transaction_out(person, access.access_transaction(person, uid))


@router.post(
    "/ledger/transactions/{uuid:uid}/reverse",
    auth=HOST,
    response={201: LedgerTransactionOut, **ERRORS},
    summary="Take a transaction back",
)
def post_ledger_reversal(request: HttpRequest, uid: UUID, body: ReverseIn) -> Any:
    """By another transaction with the opposite sign, in the open quarter of today; answers with that one."""
    person = signed_in(request)
    made = posting.reverse(access.access_transaction(person, uid), by=person, reason=body.reason)
    return Status(201, transaction_out(person, access.access_transaction(person, made.uid)))
