"""Commitments and the ledger: what the farm and receipts tell moves them, and what is taken back moves them back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dure.alliance.commitments.delivered import delivered
from dure.alliance.ledger import posting, receipts, sources
from dure.alliance.models import Commitment, LedgerTransaction
from dure.engines.faults import Faulty
from dure.farm import api as farm
from dure.foundation import clock
from dure.people.models import Organisation
from tests.factories import agreements, commitments
from tests.factories.people import client_of, organisation

pytestmark = pytest.mark.django_db


def state(one: Commitment) -> str:
    return Commitment.objects.get(pk=one.pk).state


def used(giver: Organisation, user: Organisation, hours: int, *, run: int, day: int = 0) -> None:
    """So many hours of the giver's H200 that somebody used, on a day from now."""
    seconds = f"{hours * 3600}"
    hour = (clock.now() + timedelta(days=day)).isoformat()
    line: Any = {
        "entry": run,
        "source": f"local:{run}/1",
        "revision": 0,
        "provider": str(giver.uid),
        "project": "",
        "accelerator": "gpu:h200",
        "delivered": seconds,
        "consumed": seconds,
        "excused": "0",
    }
    told = farm.UsageRecorded(hour=hour, recorded=hour, consumer=str(user.uid), lines=[line])
    for _again in range(2):
        sources.take_usage(told)


def test_hours_of_the_farm_deliver_what_is_owed_to_their_user_and_nothing_else() -> None:
    one = commitments.confirmed()
    assert one.beneficiary is not None
    used(one.donor, organisation(), 50, run=1)
    used(one.donor, one.donor, 50, run=2)
    used(one.donor, one.beneficiary, 50, run=3, day=-3)
    assert state(one) == "confirmed"
    used(one.donor, one.beneficiary, 60, run=4)
    assert (state(one), delivered([one.pk])[one.pk]) == ("delivering", Decimal(60))
    used(one.donor, one.beneficiary, 40, run=5)
    assert state(one) == "fulfilled"
    used(one.donor, one.beneficiary, 7, run=6)
    assert delivered([one.pk])[one.pk] == 100
    page = client_of(agreements.representative_of(one.beneficiary)).get(f"/commitments/{one.uid}")
    assert page.content.decode().count("/ledger/transactions/") == 2


def test_what_is_taken_back_opens_a_fulfilled_commitment_again() -> None:
    one = commitments.deliver(commitments.confirmed(), "100")
    assert one.state == "fulfilled"
    posted = LedgerTransaction.objects.get(commitment=one)
    posting.reverse(posted, by=agreements.secretary(), reason="Never came.")
    assert (state(one), delivered([one.pk])[one.pk]) == ("delivering", Decimal(0))


def test_a_receipt_names_the_commitment_it_keeps_and_no_other() -> None:
    made = agreements.active()
    money: dict[str, Any] = {"kind": "money", "unit": "KRW", "accelerator": "", "quantity": Decimal(5000)}
    one, other = commitments.confirmed(made, **money), commitments.pledged(made)
    given: dict[str, Any] = {
        "giver": one.donor, "receiver": one.beneficiary, "unit": "krw", "quantity": Decimal(5000),
        "happened_on": clock.today(), "reference": "T-1", "commitment": one,
    }  # fmt: skip
    wrong = given | {"commitment": other, "receiver": None}
    with pytest.raises(Faulty) as refused:
        receipts.enter(receipts.Given(**wrong), by=agreements.secretary())
    assert {fault.code for fault in refused.value.faults} == {
        "ledger_commitment_not_owed",
        "ledger_commitment_for_other",
        "ledger_commitment_unit",
    }
    receipts.enter(receipts.Given(**given), by=agreements.secretary())
    assert state(one) == "fulfilled"


def test_the_earliest_due_of_two_for_the_same_receiver_is_kept_first() -> None:
    made = agreements.active()
    later = commitments.confirmed(made)
    sooner = commitments.confirmed(made, ends_on=clock.today() + timedelta(days=9))
    for_all = commitments.confirmed(made, beneficiary=None, ends_on=clock.today() + timedelta(days=3))
    assert later.beneficiary is not None
    used(later.donor, later.beneficiary, 10, run=1)
    assert [state(one) for one in (later, sooner, for_all)] == ["confirmed", "delivering", "confirmed"]
