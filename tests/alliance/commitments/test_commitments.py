"""A commitment from the promise to its end, and what becomes of it when its agreement ends."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dure.alliance.agreements import by_date as agreements_by_date
from dure.alliance.agreements import drafting, moving
from dure.alliance.commitments import by_date, pledging
from dure.alliance.commitments.delivered import delivered
from dure.alliance.models import Agreement, Commitment
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from tests.factories import agreements, commitments, people
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


def after(day: Any) -> Any:
    return clock.at(datetime.combine(day + timedelta(days=1), time(12), UTC))


def state(one: Commitment) -> str:
    return Commitment.objects.get(pk=one.pk).state


def test_a_representative_pledges_over_pages_for_their_own_organisation_and_confirms_it() -> None:
    made = agreements.active()
    donor, other = (party.organisation for party in made.standing)
    by = agreements.representative_of(donor)
    given = {name: getattr(value, "pk", value) for name, value in commitments.fields(made).items()}
    client = client_of(by)
    assert client.post(f"/agreements/{made.uid}/commitments", given | {"donor": other.pk}).status_code == 403
    wrong = client.post(f"/agreements/{made.uid}/commitments", given | {"unit": "KRW", "accelerator": ""})
    assert wrong.status_code == 422
    assert "Name the type of accelerator." in wrong.content.decode()
    client.post(f"/agreements/{made.uid}/commitments", given)
    one = Commitment.objects.get()
    assert [todo.url for todo in waiting.todos(by)] == [f"/commitments/{one.uid}"]
    client.post(f"/commitments/{one.uid}/act", {"action": "confirm"})
    assert state(one) == "confirmed"
    page = client_of(agreements.representative_of(other)).get(f"/agreements/{made.uid}/commitments")
    assert "GPU hours" in page.content.decode()
    assert f"/commitments/{one.uid}" in client.get(f"/organisations/{donor.slug}").content.decode()
    stranger = client_of(people.representative(people.organisation()))
    assert stranger.get(f"/commitments/{one.uid}").status_code == 404
    assert f"/commitments/{one.uid}" not in stranger.get(f"/organisations/{donor.slug}").content.decode()


def test_it_is_confirmed_only_under_an_agreement_in_force() -> None:
    one = commitments.pledged(agreements.draft())
    with pytest.raises(Denied) as denied:
        workflow.perform(one, "confirm", by=agreements.representative_of(one.donor))
    assert denied.value.refused.reason == "agreement_not_in_force"


def test_what_is_delivered_moves_it_with_evidence_and_only_the_secretariat_writes_it_down() -> None:
    one = commitments.confirmed()
    given: dict[str, Any] = {"quantity": Decimal(1), "delivered_on": clock.today(), "evidence": "r"}
    with pytest.raises(Denied):
        pledging.note(one, by=agreements.representative_of(one.donor), **given)
    with pytest.raises(Faulty, match="delivery_no_evidence"):
        pledging.note(one, by=agreements.secretary(), **given | {"evidence": " "})
    one = commitments.deliver(one, "60.5")
    assert one.state == "delivering"
    one = commitments.deliver(one, "39.5")
    assert (one.state, delivered([one.pk])[one.pk]) == ("fulfilled", Decimal(100))


def test_a_period_that_ends_short_is_carried_over_or_settled() -> None:
    first, second = commitments.confirmed(), commitments.confirmed()
    commitments.deliver(first, "10")
    desk = agreements.secretary()
    with after(first.ends_on):
        assert by_date.follow_all(clock.now()) == 2
        assert by_date.follow_all(clock.now()) == 0
        assert (state(first), state(second)) == ("short", "short")
        assert [todo.url.split("/")[1] for todo in waiting.todos(desk)].count("commitments") == 2
        later = {"ends_on": first.ends_on + timedelta(days=90)}
        with pytest.raises(Denied) as denied:
            workflow.perform(first, "carry_over", by=desk, data=later)
        assert denied.value.refused.reason == "carry_over_not_agreed"
        client_of(desk).post(
            f"/commitments/{first.uid}/act", {**later, "action": "carry_over", "is_agreed": "on"}
        )
        workflow.perform(second, "settle", by=desk, data={"reason": "No machine any more."})
        by_date.follow_all(clock.now())
    assert (state(first), state(second)) == ("delivering", "settled_short")


def test_the_end_of_the_agreement_ends_its_commitments_in_the_same_transaction() -> None:
    made = agreements.active()
    open_one, taken, done = (
        commitments.pledged(made),
        commitments.confirmed(made),
        commitments.confirmed(made),
    )
    commitments.deliver(done, "100")
    workflow.perform(made, "terminate", by=agreements.secretary(), data={"reason": "It is done."})
    assert [state(one) for one in (open_one, taken, done)] == ["cancelled", "short", "fulfilled"]


def test_who_leaves_owes_no_more_of_what_was_only_pledged_and_a_successor_takes_the_rest() -> None:
    made = agreements.active(*(people.organisation() for _ in range(3)))
    left = commitments.pledged(made)
    going_on = commitments.confirmed(made, donor=made.standing[2].organisation, beneficiary=None)
    moving.leave(made, made.standing[0], by=agreements.representative_of(left.donor), reason="We merge.")
    assert state(left) == "cancelled"
    successor = drafting.renew(Agreement.objects.get(pk=made.pk), by=agreements.secretary())
    agreements.sign(agreements.to_signing(successor))
    agreements_by_date.begin(clock.now())
    moved = Commitment.objects.get(pk=going_on.pk)
    assert (moved.agreement, moved.state) == (successor, "confirmed")


def test_rest_does_the_same() -> None:
    made = agreements.active()
    donor, other = (party.organisation for party in made.standing)
    body = {
        "donor": donor.slug, "beneficiary": other.slug, "kind": "money", "quantity": "1000.50", "unit": "CAD",
        "starts_on": str(clock.today()), "ends_on": str(clock.today() + timedelta(days=30)),
    }  # fmt: skip
    client = client_of(agreements.representative_of(donor))
    said = client.post(f"/api/v1/agreements/{made.uid}/commitments", body, content_type=JSON)
    assert said.status_code == 201, said.content
    uid = said.json()["uid"]
    acted = client.post(f"/api/v1/commitments/{uid}/actions", {"action": "confirm"}, content_type=JSON)
    assert (acted.json()["state"], acted.json()["quantity"]) == ("confirmed", "1000.5000")
    note = {"quantity": "1000.50", "delivered_on": str(clock.today()), "evidence": "Receipt 7"}
    desk = client_of(agreements.secretary())
    noted = desk.post(f"/api/v1/commitments/{uid}/deliveries", note, content_type=JSON)
    assert noted.json()["state"] == "fulfilled"
    assert desk.get(f"/commitments/{uid}").status_code == 200
    listed = desk.get(f"/api/v1/agreements/{made.uid}/commitments").json()["items"]
    assert [one["uid"] for one in listed] == [uid]
