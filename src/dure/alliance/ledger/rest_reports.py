"""REST of reports and shares: values, who uses whose accelerators, pledges not delivered, the rule of reciprocity."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.commitments.queries import Standing, standing
from dure.alliance.ledger import access, compared, queries, sharing, valuing
from dure.alliance.models import LedgerValue
from dure.engines.ledger import Rule
from dure.foundation.pages import page_of, person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class LedgerValueOut(Schema):
    """What one of a unit is worth in points from a day on; of two lines for one day the later counts."""

    unit: str
    valid_from: date
    points: str


class LedgerValueIn(Schema):
    """A line of the table; it begins with a quarter."""

    unit: Annotated[Text, Field(max_length=48)]
    valid_from: date
    points: Annotated[Decimal, Field(max_digits=20, decimal_places=4)]


class LedgerFlowOut(Schema):
    """How much `user` used of what `giver` gave; an empty name is the platform itself."""

    giver: str
    user: str
    quantity: float


class LedgerMatrixOut(Schema):
    """In hours of one `unit`, or in points; `unvalued` types of accelerators have no value and are not counted in points."""

    unit: str
    units: list[str]
    flows: list[LedgerFlowOut]
    unvalued: list[str]


class LedgerPledgeOut(Schema):
    """A commitment that is owed, with what is left of it."""

    commitment: UUID
    donor: str
    beneficiary: str | None
    state: str
    unit: str
    pledged: str
    delivered: str
    left: str
    ends_on: date


class LedgerShareOut(Schema):
    """A member's proposed share in percent, and the points that it follows from."""

    organisation: str
    given: str
    percent: str


class LedgerSharesOut(Schema):
    """A proposal; `digest` names exactly this one and is sent back to apply it."""

    quarter: str
    counted: list[str]
    floor: str
    digest: str
    unvalued: list[str]
    shares: list[LedgerShareOut]


class LedgerRuleIn(Schema):
    """The rule and the digest of the proposal that was seen."""

    floor: Annotated[Decimal, Field(max_digits=5, decimal_places=2)] = Decimal(2)
    quarters: Annotated[int, Field(ge=-1000, le=1000)] = 2
    digest: Annotated[Text, Field(max_length=64)]


def value_out(one: LedgerValue) -> dict[str, Any]:
    return {"unit": one.unit, "valid_from": one.valid_from, "points": f"{one.points:f}"}


def pledge_out(row: Standing) -> dict[str, Any]:
    one = row.commitment
    return {
        "commitment": one.uid,
        "donor": one.donor.slug,
        "beneficiary": one.beneficiary.slug if one.beneficiary else None,
        "state": one.state,
        "unit": one.unit,
        "pledged": f"{one.quantity:f}",
        "delivered": f"{row.delivered:f}",
        "left": f"{one.quantity - row.delivered:f}",
        "ends_on": one.ends_on,
    }


def shares_out(found: sharing.Proposal) -> dict[str, Any]:
    return {
        "quarter": found.quarter.name,
        "counted": [quarter.name for quarter in found.counted],
        "floor": str(found.rule.floor),
        "digest": found.digest,
        "unvalued": sorted(found.unvalued),
        "shares": [
            {"organisation": one.slug, "given": f"{share.given:f}", "percent": f"{share.percent:f}"}
            for one, share in found.shares
        ],
    }


@router.get(
    "/ledger/values", response={200: PageOut[LedgerValueOut], **ERRORS}, summary="What units are worth"
)
def get_ledger_values(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    signed_in(request)
    return page_out(request, queries.value_lines(), value_out)


@router.post(
    "/ledger/values", auth=HOST, response={201: LedgerValueOut, **ERRORS}, summary="Say what a unit is worth"
)
def post_ledger_value(request: HttpRequest, body: LedgerValueIn) -> Any:
    """By the secretariat. Reports count with it from that quarter on."""
    made = valuing.set_value(by=signed_in(request), **body.dict())
    return Status(201, value_out(made))


@router.get(
    "/ledger/matrix", response={200: LedgerMatrixOut, **ERRORS}, summary="Who uses whose accelerators"
)
def get_ledger_matrix(request: HttpRequest, quarter: str = "", unit: str = "") -> Any:
    """For the secretariat and the auditor. `quarter`, such as 2026-Q4, leaves one; `unit`, such as gpu_h:h100, counts hours."""
    access.demand_overseer(person_of(request))
    found = compared.matrix(queries.chosen(quarter), unit)
    flows = [{"giver": giver, "user": user, "quantity": amount} for giver, user, amount in found.cells]
    return {"unit": found.unit, "units": found.units, "flows": flows, "unvalued": sorted(found.unvalued)}


@router.get(
    "/ledger/pledges",
    response={200: PageOut[LedgerPledgeOut], **ERRORS},
    summary="What is pledged and not yet delivered",
)
def get_ledger_pledges(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - page_of reads it
    """As far as the caller may read the agreements; the earliest due first."""
    found: Any = page_of(request, queries.unused(signed_in(request)), per_page=50)
    return {
        "items": [pledge_out(row) for row in standing(list(found.object_list))],
        "page": found.number,
        "pages": found.paginator.num_pages,
        "count": found.paginator.count,
    }


@router.get(
    "/ledger/shares",
    response={200: LedgerSharesOut, **ERRORS},
    summary="Shares of the farm that the rule of reciprocity proposes",
)
def get_ledger_shares(request: HttpRequest, floor: Decimal = Decimal(2), quarters: int = 2) -> Any:
    """For the next quarter. For the secretariat and the auditor; changes nothing."""
    access.demand_overseer(person_of(request))
    return shares_out(sharing.propose(Rule(floor, quarters)))


@router.post(
    "/ledger/shares",
    auth=HOST,
    response={201: LedgerSharesOut, **ERRORS},
    summary="Apply a proposal of shares",
)
def post_ledger_shares(request: HttpRequest, body: LedgerRuleIn) -> Any:
    """By the secretariat: exactly the proposal with this digest."""
    person = signed_in(request)
    access.demand_overseer(person)
    rule = Rule(body.floor, body.quarters)
    sharing.apply(rule, by=person, digest=body.digest)
    return Status(201, shares_out(sharing.propose(rule)))
