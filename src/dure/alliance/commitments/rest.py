"""REST of commitments: those of an agreement, one of them, moves, deliveries."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.agreements.access import access_agreement
from dure.alliance.commitments import access, pledging, queries
from dure.alliance.commitments.delivered import delivered
from dure.alliance.models import Commitment, LedgerEntry
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Amount = Annotated[Decimal, Field(max_digits=20, decimal_places=4)]
Words = Annotated[Text, Field(max_length=300)]


class CommitmentOut(Schema):
    """A promise; organisations are slugs, quantities are text so that they stay exact."""

    uid: UUID
    state: str
    agreement: UUID
    donor: str
    beneficiary: str | None
    kind: str
    quantity: str
    unit: str
    accelerator: str
    starts_on: date
    ends_on: date
    what_ko: str
    what_en: str


class CommitmentDetail(CommitmentOut):
    """The same with what was delivered, and what the caller may do now."""

    delivered: str
    actions: list[OfferOut]


class CommitmentIn(Schema):
    """What is promised; `donor` and `beneficiary` are slugs, without the latter it is for all parties."""

    donor: Text
    beneficiary: Text | None = None
    kind: Literal["hours", "people", "money", "dataset", "seats", "space", "equipment"]
    quantity: Amount
    unit: Literal["hour", "person_day", "KRW", "CAD", "USD", "EUR", "dataset", "seat", "m2", "piece"]
    accelerator: Annotated[Text, Field(max_length=40)] = ""
    starts_on: date
    ends_on: date
    what_ko: Words = ""
    what_en: Words = ""


class CommitmentActIn(Schema):
    """One of `actions`; `cancel` and `settle` need a `reason`, `carry_over` needs `ends_on` and `is_agreed`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
    ends_on: date | None = None
    is_agreed: bool = False


class KeptOut(Schema):
    """What was given of it in one transaction of the ledger; what was taken back has the sign the other way."""

    transaction: UUID
    occurred_at: datetime
    source: str
    what: str
    quantity: str


class DeliveryIn(Schema):
    """What was delivered, and how one knows; a correction has the sign the other way."""

    quantity: Amount
    delivered_on: date
    evidence: Annotated[Text, Field(min_length=1, max_length=500)]


def commitment_out(one: Commitment) -> dict[str, Any]:
    names = ("uid", "state", "kind", "unit", "accelerator", "starts_on", "ends_on", "what_ko", "what_en")
    return {name: getattr(one, name) for name in names} | {
        "agreement": one.agreement.uid,
        "donor": one.donor.slug,
        "beneficiary": one.beneficiary.slug if one.beneficiary else None,
        "quantity": f"{one.quantity:f}",
    }


def kept_out(entry: LedgerEntry) -> dict[str, Any]:
    of = entry.transaction
    names = ("occurred_at", "source", "what")
    return {name: getattr(of, name) for name in names} | {
        "transaction": of.uid,
        "quantity": f"{entry.quantity:f}",
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_commitment(person_of(request), uid)
    known = f"{delivered([one.pk])[one.pk]:f}"
    return commitment_out(one) | {"delivered": known, "actions": offers_out(request, one)}


@router.get(
    "/agreements/{uuid:uid}/commitments",
    auth=None,
    response={200: PageOut[CommitmentOut], **ERRORS},
    summary="Commitments under an agreement",
)
def get_commitments(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    agreement = access_agreement(person_of(request), uid)
    return page_out(request, queries.of_agreement(agreement), commitment_out)


@router.post(
    "/agreements/{uuid:uid}/commitments",
    auth=HOST,
    response={201: CommitmentDetail, **ERRORS},
    summary="Pledge something",
)
def post_commitment(request: HttpRequest, uid: UUID, body: CommitmentIn) -> Any:
    person = signed_in(request)
    agreement = access_agreement(person, uid)
    given = body.dict()
    for name in ("donor", "beneficiary"):
        given[name] = people.access_organisation(person, given[name]) if given[name] else None
    made = pledging.pledge(agreement, by=person, given=given)
    return Status(201, detail_out(request, made.uid))


@router.get(
    "/commitments/{uuid:uid}", auth=None, response={200: CommitmentDetail, **ERRORS}, summary="A commitment"
)
def get_commitment(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.get(
    "/commitments/{uuid:uid}/transactions",
    auth=None,
    response={200: PageOut[KeptOut], **ERRORS},
    summary="What was delivered of a commitment",
)
def get_kept(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Entries of the ledger, the newest first."""
    return page_out(request, queries.kept(access.access_commitment(person_of(request), uid)), kept_out)


@router.post(
    "/commitments/{uuid:uid}/actions",
    auth=HOST,
    response={200: CommitmentDetail, **ERRORS},
    summary="Move a commitment",
)
def act_on_commitment(request: HttpRequest, uid: UUID, body: CommitmentActIn) -> Any:
    person = signed_in(request)
    one = access.access_commitment(person, uid)
    pledging.act(one, body.action, by=person, data=body.dict(exclude={"action"}))
    return detail_out(request, uid)


@router.post(
    "/commitments/{uuid:uid}/deliveries",
    auth=HOST,
    response={201: CommitmentDetail, **ERRORS},
    summary="Write down what was delivered",
)
def post_delivery(request: HttpRequest, uid: UUID, body: DeliveryIn) -> Any:
    person = signed_in(request)
    pledging.note(access.access_commitment(person, uid), by=person, **body.dict())
    return Status(201, detail_out(request, uid))
