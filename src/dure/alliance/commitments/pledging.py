"""Promising something under an agreement, and writing down what was delivered of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.commitments import rules
from dure.alliance.commitments.units import unit_of, unit_of_commitment
from dure.alliance.ledger import posting
from dure.alliance.models import Agreement, Commitment, Delivery, LedgerTransaction
from dure.engines import ledger as engine
from dure.engines.faults import Fault, Faulty
from dure.engines.ledger import POOL, Posting
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people

UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "hours": ("hour",),
    "people": ("person_day",),
    "money": tuple(DIGITS),
    "dataset": ("dataset",),
    "seats": ("seat",),
    "space": ("m2", "seat"),
    "equipment": ("piece",),
}
"""In which units each kind is counted; units are never added to each other."""

FIELDS: Final = (
    "donor",
    "beneficiary",
    "kind",
    "unit",
    "accelerator",
    "quantity",
    "starts_on",
    "ends_on",
    "what_ko",
    "what_en",
)


@transaction.atomic
def pledge(agreement: Agreement, *, by: people.Person, given: Mapping[str, Any]) -> Commitment:
    """A promise; its donor confirms it once the agreement is in force. Raises Denied, Faulty with all that is wrong."""
    demand(rules.may_pledge(by, agreement, given["donor"]))
    check(agreement, given)
    made = Commitment.objects.create(
        agreement=agreement, made_by=by, **{name: given[name] for name in FIELDS}
    )
    audit.write(by=by, action="commitment.made", obj=made)
    return made


def check(agreement: Agreement, given: Mapping[str, Any]) -> None:
    """Raise Faulty with all that is wrong with a promise."""
    inside = {party.organisation_id for party in agreement.standing}
    named = {place: given[place] for place in ("donor", "beneficiary") if given[place] is not None}
    faults = [
        Fault("commitment_of_no_party", place=place) for place, one in named.items() if one.pk not in inside
    ]
    if given["beneficiary"] == given["donor"]:
        faults.append(Fault("commitment_to_itself", place="beneficiary"))
    if given["unit"] not in UNITS[given["kind"]]:
        faults.append(Fault("commitment_unit", place="unit"))
    if given["kind"] == "hours" and not given["accelerator"]:
        faults.append(Fault("commitment_no_accelerator", place="accelerator"))
    elif not unit_of(given["unit"], given["accelerator"]):
        faults.append(Fault("commitment_accelerator", place="accelerator"))
    if given["ends_on"] < given["starts_on"]:
        faults.append(Fault("agreement_ends_first", place="ends_on"))
    faults += [Fault("payment_amount", place="quantity")] if given["quantity"] <= 0 else []
    if faults:
        raise Faulty(faults)


@transaction.atomic
def note(
    commitment: Commitment, *, by: people.Person, quantity: Decimal, delivered_on: date, evidence: str
) -> Delivery:
    """Write down what was delivered, with its evidence: a transaction of the ledger. A correction has the sign the other way.

    Raises Denied, also where the quarter of that day is closed, and Faulty.
    """
    demand(rules.may_note(by, commitment))
    faults = [Fault("delivery_later", place="delivered_on")] if delivered_on > clock.today() else []
    faults += [] if delivered_on >= engine.EARLIEST else [Fault("ledger_too_early", place="delivered_on")]
    faults += [] if evidence.strip() else [Fault("delivery_no_evidence", place="evidence")]
    faults += [] if quantity else [Fault("payment_amount", place="quantity")]
    if faults:
        raise Faulty(faults)
    made = commitment.deliveries.create(
        quantity=quantity, delivered_on=delivered_on, evidence=evidence.strip(), noted_by=by
    )
    detail = {"quantity": str(quantity), "evidence": evidence}
    audit.write(by=by, action="commitment.delivery", obj=commitment, detail=detail)
    _post(commitment, made, by=by)
    return made


def _post(commitment: Commitment, delivery: Delivery, *, by: people.Person) -> None:
    receiver = "receiver" if commitment.beneficiary_id else POOL
    fact = Posting(
        source=LedgerTransaction.Source.HAND,
        key=f"delivery:{delivery.uid}",
        at=clock.moment(delivery.delivered_on),
        legs=engine.moved("giver", receiver, unit_of_commitment(commitment), delivery.quantity),
        what=delivery.evidence[:300],
        commitment=commitment.pk,
    )
    accounts = {"giver": commitment.donor_id, "receiver": commitment.beneficiary_id}
    posting.enter_agreed(fact, by=by, accounts=accounts)


def act(
    commitment: Commitment, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> Commitment:
    """Any move. Raises Denied, Hidden."""
    return workflow.perform(commitment, action, by=by, data=data)
