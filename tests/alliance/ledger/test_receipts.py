"""What is entered by hand: who enters, who confirms, what a closed quarter refuses, and how a mistake is taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from dure.alliance.ledger import periods, receipts
from dure.alliance.models import LedgerEntry, LedgerPeriod, LedgerReceipt, LedgerTransaction
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from dure.people.models import Organisation
from tests.factories.people import client_of, organisation, person, representative

pytestmark = pytest.mark.django_db
JSON = "application/json"
IN_NOVEMBER = datetime(2026, 11, 30, 3, tzinfo=UTC)
IN_JUNE = datetime(2026, 6, 1, 3, tzinfo=UTC)


def fields(giver: Organisation | None, receiver: Organisation | None, **changed: Any) -> dict[str, Any]:
    return {
        "giver": giver,
        "receiver": receiver,
        "unit": "person_day",
        "quantity": Decimal(12),
        "happened_on": date(2026, 6, 1),
        "reference": "R-7",
        "what": "Two researchers",
        **changed,
    }


def entered(giver: Organisation, receiver: Organisation | None, by: Any, **changed: Any) -> LedgerReceipt:
    return receipts.enter(receipts.Given(**fields(giver, receiver, **changed)), by=by)


def form_of(given: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in given.items() if value is not None}


def desk() -> Any:
    return person(roles=["secretariat"], language="en")


def test_a_representative_enters_the_receiver_confirms_and_only_then_it_counts() -> None:
    giver, receiver = organisation(name_en="Giver"), organisation(name_en="Receiver")
    gives, receives = representative(giver), representative(receiver)
    client = client_of(gives)
    said = client.post("/ledger/receipts/new", form_of(fields(giver, receiver)), follow=True)
    assert "once the receiver confirms it" in said.content.decode()
    receipt = LedgerReceipt.objects.get()
    assert not LedgerTransaction.objects.exists()
    assert [todo.url for todo in waiting.todos(receives)] == [f"/ledger/receipts/{receipt.uid}"]
    assert Notice.objects.get(person=receives).kind == "alliance.ledger_receipt_waits"
    assert client.post(f"/ledger/receipts/{receipt.uid}/act", {"action": "confirm"}).status_code == 403
    stranger = client_of(representative(organisation()))
    assert stranger.get(f"/ledger/receipts/{receipt.uid}").status_code == 404
    client_of(receives).post(f"/ledger/receipts/{receipt.uid}/act", {"action": "confirm"})
    posted = LedgerTransaction.objects.get()
    page = client.get(f"/ledger/transactions/{posted.uid}").content.decode()
    assert f"/ledger/receipts/{receipt.uid}" in page
    assert "Receiver" in page
    listed = client.get(f"/ledger/accounts/{giver.slug}/transactions").content.decode()
    assert f"/ledger/transactions/{posted.uid}" in listed
    assert Notice.objects.filter(person=gives, kind="alliance.ledger_receipt_confirmed").exists()


def test_all_that_is_wrong_is_said_at_once_and_a_reference_counts_once() -> None:
    giver, officer = organisation(), desk()
    client = client_of(officer)
    wrong = fields(giver, giver, quantity="-1", happened_on="2099-01-01", reference=" x ")
    body = {**wrong, "giver": giver.slug, "receiver": giver.slug}
    said = client.post("/api/v1/ledger/receipts", body, content_type=JSON)
    assert said.status_code == 422
    codes = {fault["code"] for fault in said.json()["faults"]}
    assert codes == {"ledger_quantity_malformed", "ledger_to_itself", "ledger_ahead"}
    page = client.post("/ledger/receipts/new", form_of(wrong))
    assert page.status_code == 422
    assert "Who gives and who receives are the same." in page.content.decode()
    right = {**fields(giver, None), "giver": giver.slug, "happened_on": "2026-06-01", "quantity": "12"}
    assert client.post("/api/v1/ledger/receipts", right, content_type=JSON).json()["state"] == "confirmed"
    again = client.post("/api/v1/ledger/receipts", right, content_type=JSON)
    assert [fault["code"] for fault in again.json()["faults"]] == ["ledger_posted_already"]
    assert LedgerTransaction.objects.count() == 1


def test_a_quarter_is_looked_at_and_closed_and_then_refuses_what_waits() -> None:
    giver, receiver, officer = organisation(), organisation(), desk()
    waits = entered(giver, receiver, representative(giver))
    entered(giver, None, officer, reference="R-8")
    with clock.at(IN_NOVEMBER):
        period, client = LedgerPeriod.objects.get(), client_of(officer)
        assert [todo.url for todo in waiting.todos(officer)] == [f"/ledger/quarters/{period.uid}"]
        preview = client.get(f"/ledger/quarters/{period.uid}").content.decode()
        assert "One receipt of this quarter is not confirmed yet" in preview
        act = f"/ledger/quarters/{period.uid}/act"
        assert client.post(act, {"action": "close"}).status_code == 422
        client.post(act, {"action": "close", "is_read": "on"})
        shown = client.get(f"/api/v1/ledger/quarters/{period.uid}").json()
        assert (shown["state"], shown["transactions"], shown["waiting_receipts"]) == ("closed", 1, 1)
        with pytest.raises(Denied) as refused:
            receipts.act(waits, "confirm", by=representative(receiver))
        assert refused.value.refused.reason == "ledger_closed"
    member_of_it = client_of(representative(giver))
    assert member_of_it.get(f"/ledger/quarters/{period.uid}").status_code == 403


def test_a_mistake_is_taken_back_with_a_reason_on_a_page() -> None:
    giver, officer = organisation(), desk()
    entered(giver, None, officer)
    posted, client = LedgerTransaction.objects.get(), client_of(officer)
    address = f"/ledger/transactions/{posted.uid}/reverse"
    assert client.post(address, {"reason": "twice"}).status_code == 422
    page = client.post(address, {"reason": "twice", "is_sure": "on"}, follow=True).content.decode()
    assert f"/ledger/transactions/{posted.uid}" in page
    sums = {leg.side: leg.quantity for leg in LedgerEntry.objects.filter(transaction__reverses=posted)}
    assert sums == {"gave": -12, "used": 12}
    assert client_of(representative(giver)).post(address, {"reason": "x", "is_sure": "on"}).status_code == 403
    assert "taken back by" in client.get(f"/ledger/transactions/{posted.uid}").content.decode()


def test_a_member_does_not_read_who_used_its_machines() -> None:
    from dure.alliance.ledger import posting  # noqa: PLC0415 - for this scene alone
    from dure.engines import ledger as engine  # noqa: PLC0415 - same

    giver, user = organisation(name_en="Giver"), organisation(name_en="Userfirm")
    legs = engine.moved("g", "u", "gpu_h:h100", Decimal(3))
    fact = engine.Posting(source="farm", key="local:8f/1", at=IN_JUNE, legs=legs)
    posting.post_all([fact], accounts={"g": giver.pk, "u": user.pk})
    posted = LedgerTransaction.objects.get()
    own = client_of(representative(giver)).get(f"/ledger/transactions/{posted.uid}").content.decode()
    assert "Userfirm" not in own
    assert "another member" in own
    assert "local:8f" not in own
    seen = client_of(desk()).get(f"/api/v1/ledger/transactions/{posted.uid}").json()
    assert (seen["reference"], seen["legs"][1]["organisation"]) == ("local:8f/1", user.slug)


@pytest.mark.django_db(transaction=True)
def test_a_quarter_waits_for_an_entry_under_way_and_refuses_the_next() -> None:
    """The officer closes while another one's entry is not yet committed: it is counted, and nothing comes after."""
    giver, officer = organisation(), desk()
    is_entered, may_commit = Event(), Event()

    def enter() -> None:
        with clock.at(IN_NOVEMBER), transaction.atomic():
            entered(giver, None, officer)
            is_entered.set()
            may_commit.wait(10)
        connection.close()

    def close() -> str:
        is_entered.wait(10)
        may_commit.set()
        with clock.at(IN_NOVEMBER):
            state = workflow.perform(periods.period_of(IN_JUNE), "close", by=officer).state
        connection.close()
        return state

    with ThreadPoolExecutor(2) as pool:
        entering, closing = pool.submit(enter), pool.submit(close)
        entering.result(20)
        assert closing.result(20) == "closed"
    with clock.at(IN_NOVEMBER), pytest.raises(Exception, match="ledger_quarter_closed"):
        entered(giver, None, officer, reference="R-9")
    assert LedgerTransaction.objects.count() == 1
