"""Receipts entered by hand: the giver says what it gave, the receiver confirms, and then it stands in the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction

from dure.alliance.commitments.matching import OWED
from dure.alliance.commitments.units import unit_of_commitment
from dure.alliance.ledger import periods, posting, rules, telling
from dure.alliance.models import Commitment, LedgerReceipt, LedgerTransaction
from dure.engines import ledger as engine
from dure.engines.faults import Fault, Faulty
from dure.engines.ledger import POOL, Posting
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people

PREFIX: Final = "receipt:"
"""How a transaction's `source_id` names its receipt."""
_PLACES: Final = {"ledger_unit_unknown": "unit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is entered. No `giver` is somebody outside, no `receiver` is all members."""

    giver: people.Organisation | None
    receiver: people.Organisation | None
    unit: str
    quantity: Decimal
    happened_on: date
    reference: str
    what: str = ""
    commitment: Commitment | None = None


@transaction.atomic
def enter(given: Given, *, by: people.Person) -> LedgerReceipt:
    """A receipt: what the secretariat enters stands in the ledger at once, the giver's waits for the receiver.

    Raises Denied, and Faulty with all that is wrong.
    """
    demand(rules.may_enter(by, given.giver))
    faults = list(_faults(given))
    if faults:
        raise Faulty(faults)
    try:
        with transaction.atomic():
            made = _keep(given, by)
    except IntegrityError as error:
        raise Faulty([Fault("ledger_posted_already", place="reference")]) from error
    audit.write(by=by, action="ledger_receipt.entered", obj=made)
    if rules.keeps_ledger(by, None):
        return act(made, "confirm", by=by)
    telling.tell_receiver(made)
    return made


def _keep(given: Given, by: people.Person) -> LedgerReceipt:
    return LedgerReceipt.objects.create(
        giver=given.giver,
        receiver=given.receiver,
        unit=given.unit,
        quantity=given.quantity,
        happened_on=given.happened_on,
        reference=given.reference.strip(),
        what=given.what.strip(),
        commitment=given.commitment,
        entered_by=by,
    )


def _faults(given: Given) -> Iterator[Fault]:
    """Everything that is wrong, each at its field."""
    for fault in engine.posting_faults(_legs(given.unit, given.quantity))[:1]:
        yield Fault(fault.code, fault.params, place=_PLACES.get(fault.code, "quantity"))
    if given.quantity < 0:
        yield Fault("ledger_quantity_malformed", {"value": str(given.quantity)}, place="quantity")
    if given.giver == given.receiver:
        yield Fault("ledger_pool_alone" if given.giver is None else "ledger_to_itself", place="receiver")
    if given.happened_on > clock.today():
        yield Fault("ledger_ahead", place="happened_on")
    elif given.happened_on < engine.EARLIEST:
        yield Fault("ledger_too_early", place="happened_on")
    elif periods.is_closed(given.happened_on):
        yield Fault("ledger_quarter_closed", place="happened_on")
    if not given.reference.strip():
        yield Fault("ledger_reference_missing", place="reference")
    if given.commitment is not None:
        yield from _other_promise(given, given.commitment)


def _other_promise(given: Given, owed: Commitment) -> Iterator[Fault]:
    """How what was given differs from the commitment that it shall keep."""
    if owed.state not in OWED:
        yield Fault("ledger_commitment_not_owed", place="commitment")
    if given.giver != owed.donor:
        yield Fault("ledger_commitment_of_other", place="commitment")
    if owed.beneficiary is not None and given.receiver != owed.beneficiary:
        yield Fault("ledger_commitment_for_other", place="commitment")
    if given.unit != unit_of_commitment(owed):
        yield Fault("ledger_commitment_unit", place="commitment")


def _legs(unit: str, quantity: Decimal) -> tuple[engine.Leg, ...]:
    return engine.moved("giver", "receiver", unit, quantity)


def act(
    receipt: LedgerReceipt, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> LedgerReceipt:
    """Confirm, decline, withdraw. Raises Denied, Hidden."""
    return workflow.perform(receipt, action, by=by, data=data)


def post(receipt: LedgerReceipt, *, by: Any) -> LedgerTransaction:
    """The transaction of a receipt that both sides agree on. Raises Denied when its quarter is closed."""
    giver = "giver" if receipt.giver_id else POOL
    receiver = "receiver" if receipt.receiver_id else POOL
    fact = Posting(
        source=LedgerTransaction.Source.HAND,
        key=f"{PREFIX}{receipt.uid}",
        at=clock.moment(receipt.happened_on),
        legs=engine.moved(giver, receiver, receipt.unit, receipt.quantity),
        what=receipt.what or receipt.reference,
        commitment=receipt.commitment_id,
    )
    accounts = {"giver": receipt.giver_id, "receiver": receipt.receiver_id}
    return posting.enter_agreed(fact, by=by, accounts=accounts)
