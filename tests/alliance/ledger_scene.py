"""The ledger's part of the scene in which every transition is walked."""

from datetime import timedelta
from typing import Any

from dure.alliance.commitments.units import unit_of_commitment
from dure.alliance.ledger import periods, posting
from dure.alliance.models import LedgerPeriod, LedgerReceipt
from dure.engines import ledger as engine
from dure.foundation import clock

EXPECTED = {
    "ledger_period.close": {"secretariat"},
    "ledger_receipt.confirm": {"secretariat"},
    "ledger_receipt.decline": {"secretariat"},
    "ledger_receipt.withdraw": {"representative", "secretariat"},
}


def parts(firm: Any) -> dict[str, Any]:
    """The quarter of today, which is not over, and a receipt of the organisation for all members in a closed one: guards refuse."""
    closed = periods.period_of(clock.now() - timedelta(days=200))
    LedgerPeriod.objects.filter(pk=closed.pk).update(state="closed")
    given = {"giver": firm, "unit": "seat", "quantity": 1, "reference": "R-1"}
    receipt = LedgerReceipt.objects.create(happened_on=closed.starts_on, **given)
    return {"ledger_period": periods.period_of(clock.now()), "ledger_receipt": receipt}


def kept(commitment: Any) -> None:
    """The ledger says that all of it was delivered: nothing opens it again."""
    legs = engine.moved("giver", "", unit_of_commitment(commitment), commitment.quantity)
    fact = engine.Posting(source="hand", key="kept", at=clock.now(), legs=legs, commitment=commitment.pk)
    posting.post_all([fact], accounts={"giver": commitment.donor_id})
