"""Commitments for tests."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from dure.alliance.commitments import pledging
from dure.alliance.models import Agreement, Commitment
from dure.foundation import clock, workflow
from tests.factories import agreements


def fields(agreement: Agreement, **changed: Any) -> dict[str, Any]:
    """What `pledging.pledge` is given: a hundred hours of the first party for the second, from today on."""
    donor, beneficiary = agreement.standing[0].organisation, agreement.standing[-1].organisation
    return {
        "donor": donor,
        "beneficiary": beneficiary,
        "kind": "hours",
        "unit": "hour",
        "accelerator": "gpu:h200",
        "quantity": Decimal(100),
        "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=90),
        "what_ko": "GPU 시간",
        "what_en": "GPU hours",
        **changed,
    }


def pledged(agreement: Agreement | None = None, *, by: Any = None, **changed: Any) -> Commitment:
    """A promise under an agreement in force."""
    under = agreement or agreements.active()
    return pledging.pledge(under, by=by or agreements.secretary(), given=fields(under, **changed))


def confirmed(agreement: Agreement | None = None, **changed: Any) -> Commitment:
    made = pledged(agreement, **changed)
    return workflow.perform(made, "confirm", by=agreements.representative_of(made.donor))


def deliver(commitment: Commitment, quantity: str) -> Commitment:
    """The secretariat writes it down."""
    by, today = agreements.secretary(), clock.today()
    pledging.note(commitment, by=by, quantity=Decimal(quantity), delivered_on=today, evidence="Report 1")
    return Commitment.objects.get(pk=commitment.pk)
