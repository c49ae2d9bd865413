"""Hours from the request to the last day: who is told what, and what the clock does, however often it strikes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dure.farm.actions import allocations, contributions
from dure.farm.clock import end_contributions, settle_allocations
from dure.farm.models import Allocation, Contribution
from dure.foundation import clock, notices, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people.models import Membership
from tests.factories.people import client_of, member, organisation, person
from tests.factories.sharing import asked_hours, contributed, granted, representative, secretary

pytestmark = pytest.mark.django_db


def days_later(days: int) -> datetime:
    today = clock.today() + timedelta(days=days)
    return datetime(today.year, today.month, today.day, 9, tzinfo=timezone.get_default_timezone())


def strike(days: int, *, times: int = 2) -> None:
    """The clock that many days later, more than once: the second time must change nothing."""
    with clock.at(days_later(days)):
        for _again in range(times):
            settle_allocations(clock.now())
            end_contributions(clock.now())


def told(someone: Any) -> list[str]:
    return [one.kind.removeprefix("farm.") for one in Notice.objects.filter(person=someone).order_by("id")]


def state_of(allocation: Allocation) -> str:
    return Allocation.objects.get(pk=allocation.pk).state


def test_granted_from_today_on_hours_are_active_at_once_and_all_sides_are_told() -> None:
    office, (head, firm) = secretary(), representative()
    researcher = person()
    member(researcher, firm)
    asked = asked_hours(firm, by=researcher)
    assert (asked.state, told(office)) == ("requested", ["requested"])
    active = allocations.act(asked, "approve", by=office, data={"hours": 60})
    assert (active.state, active.hours) == ("active", 60)
    assert told(head) == told(researcher) == ["approved"]


def test_the_clock_begins_warns_twice_and_ends_each_once() -> None:
    start, end = clock.today() + timedelta(days=5), clock.today() + timedelta(days=40)
    hours = granted(starts_on=start, ends_on=end)
    seen = []
    for day in (0, 5, 25, 26, 30, 37, 40, 41, 60):
        strike(day)
        seen.append(state_of(hours))
    assert seen == ["approved", "active", "active", *["expiring"] * 4, "expired", "expired"]
    assert told(hours.requested_by) == ["approved", "expires", "expires", "expired"]


def test_a_clock_that_stood_still_makes_up_for_all_of_it() -> None:
    hours = granted(starts_on=clock.today() + timedelta(days=5))
    strike(100, times=1)
    assert (state_of(hours), told(hours.requested_by)) == ("expired", ["approved", "expired"])


def test_a_renewal_moves_the_end_away_and_the_warnings_come_anew() -> None:
    hours = granted()
    strike(20)
    assert state_of(hours) == "expiring"
    later = hours.ends_on + timedelta(days=60)
    values = {"hours": 150, "ends_on": later, "purpose": "The second half."}
    with clock.at(days_later(21)):
        wanted = allocations.ask_change(by=hours.requested_by, allocation=hours, values=values)
        allocations.act_on_change(wanted, "approve", by=secretary(), data={})
    hours.refresh_from_db()
    assert (wanted.is_renewal, hours.state, hours.hours, hours.ends_on) == (True, "active", 150, later)
    strike(80)
    assert told(hours.requested_by).count("expires") == 2


def test_one_change_is_asked_at_a_time_and_none_of_what_is_over() -> None:
    hours = granted()
    values = {"hours": 150, "ends_on": hours.ends_on, "purpose": "More."}
    wanted = allocations.ask_change(by=hours.requested_by, allocation=hours, values=values)
    assert not wanted.is_renewal
    with pytest.raises(Denied) as denied:
        allocations.ask_change(by=hours.requested_by, allocation=hours, values=values)
    assert denied.value.refused.reason == "asked_already"
    allocations.act(hours, "revoke", by=secretary(), data={"reason": "Not used."})
    with pytest.raises(Denied) as denied:
        allocations.act_on_change(wanted, "approve", by=secretary(), data={})
    assert denied.value.refused.reason == "not_granted"


def test_the_same_hours_are_not_granted_twice() -> None:
    firm = organisation()
    granted(firm)
    second = asked_hours(firm)
    for action in ("approve",):
        with pytest.raises(Denied) as denied:
            allocations.act(second, action, by=secretary(), data={})
        assert denied.value.refused.reason == "granted_already"
    assert granted(firm, project="vision").state == "active"


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"hours": 0}, "hours"),
        ({"ends_on": timedelta(days=-1), "starts_on": timedelta(days=-9)}, "ends_on"),
        ({"starts_on": timedelta(days=31)}, "ends_on"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_a_request_names_every_fault_at_its_field(values: dict[str, Any], place: str) -> None:
    """Days stand as their distance from today: the day may change between collecting the tests and running them."""
    today = clock.today()
    given: dict[str, Any] = {
        name: today + it if isinstance(it, timedelta) else it for name, it in values.items()
    }
    with pytest.raises(Faulty) as faulty:
        asked_hours(**given)
    assert [fault.place for fault in faulty.value.faults] == [place]


def test_strangers_to_a_member_ask_for_nothing_on_its_behalf() -> None:
    with pytest.raises(Denied) as denied:
        asked_hours(organisation(), by=person())
    assert denied.value.refused.reason == "not_member"


def test_a_machine_has_one_giver_at_a_time() -> None:
    first = contributed(node_name="etri1", ends_on=clock.today() + timedelta(days=9))
    with pytest.raises(Denied) as denied:
        contributed(node_name="etri1")
    assert denied.value.refused.reason == "machine_taken"
    assert contributed(node_name="etri1", starts_on=clock.today() + timedelta(days=10)).state == "accepted"
    strike(10)
    assert Contribution.objects.get(pk=first.pk).state == "ended"
    assert told(first.offered_by) == ["accepted", "ended"]


def test_what_waits_is_on_the_lists_of_those_it_waits_for() -> None:
    office, asked = secretary(), asked_hours()
    assert [todo.url for todo in notices.todos(office)] == [f"/farm/allocations/{asked.uid}"]
    assert notices.todos(asked.requested_by) == []
    hours = allocations.act(asked, "approve", by=office, data={})
    strike(20)
    (todo,) = notices.todos(hours.requested_by)
    assert todo.due is not None
    assert notices.todos(office) == []


def test_an_offer_that_comes_back_can_be_mended_and_offered_again() -> None:
    made = contributed()
    Contribution.objects.filter(pk=made.pk).update(state="offered")
    made.refresh_from_db()
    back = workflow.perform(made, "return", by=secretary(), data={"reason": "Which rack?"})
    assert (back.state, back.reason) == ("draft", "Which rack?")
    assert told(back.offered_by) == ["accepted", "returned"]


def test_who_has_left_a_member_is_told_of_none_of_its_hours_and_machines_and_has_nothing_to_do_with_them() -> (
    None
):
    (head, firm), former = representative(), person()
    left = member(former, firm)
    hours, asked = granted(firm, by=former), asked_hours(firm, by=former, project="vision")
    given = contributed(firm, by=head)
    strike(20)
    assert [todo.url for todo in notices.todos(former)] == [f"/farm/allocations/{hours.uid}"]
    before = told(former)
    Membership.objects.filter(pk=left.pk).update(ended_at=clock.now())
    Contribution.objects.filter(pk=given.pk).update(state="draft", offered_by=former)
    assert notices.todos(former) == []
    with pytest.raises(Denied, match="not_asker"):
        allocations.act(asked, "withdraw", by=former, data={})
    allocations.act(hours, "revoke", by=secretary(), data={"reason": "Not used."})
    Contribution.objects.filter(pk=given.pk).update(state="accepted")
    given.refresh_from_db()
    workflow.perform(given, "end", by=secretary(), data={"reason": "Broken."})
    assert told(former) == before
    assert told(head)[-2:] == ["revoked", "ended"]


VALUES: Any = {"hours": 150, "purpose": "More of it."}


def refusal(move: Callable[[], object]) -> str:
    """The reason why this is refused; nothing if it is done."""
    try:
        move()
    except Denied as denied:
        return denied.refused.reason
    return ""


def test_a_change_cannot_reach_into_hours_that_were_granted_after_it_was_asked_for() -> None:
    firm, desk = organisation(), secretary()
    first = granted(firm)
    later = first.ends_on + timedelta(days=1)
    wanted = allocations.ask_change(
        by=first.requested_by, allocation=first, values={**VALUES, "ends_on": later + timedelta(days=9)}
    )
    second = granted(firm, starts_on=later, ends_on=later + timedelta(days=30))
    assert (
        refusal(lambda: allocations.act_on_change(wanted, "approve", by=desk, data={})) == "granted_already"
    )
    first.refresh_from_db()
    assert (first.hours, first.ends_on) == (100, later - timedelta(days=1))
    allocations.act(second, "revoke", by=desk, data={"reason": "Asked for in another way."})
    assert refusal(lambda: allocations.act_on_change(wanted, "approve", by=desk, data={})) == ""


def test_a_change_whose_last_day_is_past_is_refused() -> None:
    hours = granted()
    wanted = allocations.ask_change(
        by=hours.requested_by,
        allocation=hours,
        values={**VALUES, "ends_on": clock.today() + timedelta(days=3)},
    )
    with clock.at(days_later(4)):
        found = refusal(lambda: allocations.act_on_change(wanted, "approve", by=secretary(), data={}))
    assert (found, state_of(hours)) == ("over", "active")


def while_another_decides(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Why the second is refused, which begins while the first has decided and not ended."""
    found: list[str] = []

    def decide() -> None:
        found.append(refusal(second))
        connection.close()

    with transaction.atomic():
        first()
        thread = Thread(target=decide, daemon=True)
        thread.start()
        thread.join(timeout=1)
        assert not found, "it did not wait"
    thread.join(timeout=30)
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_secretaries_who_grant_the_same_hours_at_once_one_is_told_that_they_are_there() -> None:
    firm, one, other = organisation(), secretary(), secretary()
    asked = [asked_hours(firm), asked_hours(firm)]
    reason = while_another_decides(
        lambda: allocations.act(asked[0], "approve", by=one, data={}),
        lambda: allocations.act(asked[1], "approve", by=other, data={}),
    )
    assert (reason, [state_of(hours) for hours in asked]) == ("granted_already", ["active", "requested"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_the_same_request_at_once_the_second_is_told_that_it_moved_on() -> None:
    asked, one, other = asked_hours(), secretary(), secretary()
    reason = while_another_decides(
        lambda: allocations.act(asked, "approve", by=one, data={}),
        lambda: allocations.act(asked, "refuse", by=other, data={"reason": "No."}),
    )
    assert (reason, state_of(asked)) == ("wrong_state", "active")


@pytest.mark.django_db(transaction=True)
def test_a_machine_offered_twice_is_accepted_once_by_two_at_once() -> None:
    offered = []
    for _giver in range(2):
        head, firm = representative()
        values = {"node_name": "kt1", "cores": 8, "starts_on": clock.today()}
        made = contributions.draft(by=head, organisation=firm, values=values)
        offered.append(contributions.act(made, "offer", by=head, data={}))
    one, other = secretary(), secretary()
    reason = while_another_decides(
        lambda: contributions.act(offered[0], "accept", by=one, data={}),
        lambda: contributions.act(offered[1], "accept", by=other, data={}),
    )
    assert (reason, Contribution.objects.filter(state="accepted").count()) == ("machine_taken", 1)


def test_machines_are_given_by_members_of_the_alliance() -> None:
    head, firm = representative(organisation(joined_on=None))
    values = {"node_name": "kt1", "cores": 8, "starts_on": clock.today()}
    found = refusal(lambda: contributions.draft(by=head, organisation=firm, values=values))
    assert found == "not_in_alliance"


def test_more_hours_than_there_can_be_are_refused_in_words_and_a_projects_word_stands_without_blanks() -> (
    None
):
    asked = asked_hours(project="  speech ")
    assert asked.project == "speech"
    client = client_of(secretary())
    for hours in (10_000_001, 2**63):
        answer = client.post(f"/farm/allocations/{asked.uid}/act", {"action": "approve", "hours": hours})
        assert (answer.status_code, state_of(asked)) == (422, "requested")
    found = refusal(lambda: allocations.act(asked, "approve", by=secretary(), data={"hours": 10_000_001}))
    assert found == "too_many_hours"
