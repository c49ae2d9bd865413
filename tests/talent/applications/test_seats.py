"""Seats are never given twice, and the waiting list moves by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dure.foundation import clock
from dure.foundation.access import Denied
from dure.talent.applications import by_date, deciding
from dure.talent.applications.seats import free_in, place_on_list
from dure.talent.models import Application, Offer, Opening
from tests.factories import applications as made
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_an_offer_holds_a_seat_and_no_second_one_is_made() -> None:
    hiring = made.hiring()
    assert hiring.offered().state == "offered"
    second = hiring.moved(hiring.applied(), "review")
    with pytest.raises(Denied) as refused:
        hiring.moved(second, "offer")
    assert refused.value.refused.reason == "no_free_seat"
    assert hiring.moved(second, "waitlist").position == 1


def test_nobody_is_put_on_the_list_while_a_seat_is_free() -> None:
    hiring = made.hiring()
    with pytest.raises(Denied) as refused:
        hiring.waiting()
    assert refused.value.refused.reason == "seat_is_free"


@pytest.mark.parametrize("way", ["decline", "withdraw", "accept then withdraw", "take_back"])
def test_a_seat_that_comes_free_is_offered_to_the_next_at_once(way: str) -> None:
    hiring = made.hiring()
    first = hiring.offered()
    second, third = hiring.waiting(), hiring.waiting()
    assert [place_on_list(second), place_on_list(third)] == [1, 2]
    by = hiring.speaker if way == "take_back" else first.person
    for action in way.split(" then "):
        made.moved(first, action, by=by)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, second.reason_code, second.position) == ("offered", "next_on_list", None)
    assert second.offers.get().made_by is None
    assert (third.state, place_on_list(third)) == ("waitlisted", 1)
    assert free_in(hiring.opening) == 0


def test_an_offer_runs_out_by_the_clock_and_the_next_is_offered_the_seat() -> None:
    hiring = made.hiring()
    first, second = hiring.offered(), hiring.waiting()
    before, after = clock.now() + timedelta(days=6), clock.now() + timedelta(days=8)
    with clock.at(before):
        assert by_date.expire_offers(before) == 0
    with clock.at(after):
        assert by_date.expire_offers(after) == 1
        assert by_date.expire_offers(after) == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("expired", "offered")
    assert list(Offer.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "made"]
    assert second.offers.get().answer_by == after + timedelta(days=7)


def test_an_offer_is_not_accepted_after_its_time_even_before_the_clock_struck() -> None:
    hiring = made.hiring()
    first = hiring.offered()
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Denied) as refused:
        deciding.act(first, "accept", by=first.person)
    assert refused.value.refused.reason == "offer_ran_out"


def test_more_seats_move_the_list_by_the_clock() -> None:
    hiring = made.hiring()
    hiring.offered()
    waiting = [hiring.waiting() for _ in range(3)]
    Opening.objects.filter(pk=hiring.opening.pk).update(seats=3)
    assert by_date.move_lists(clock.now()) == 2
    assert by_date.move_lists(clock.now()) == 0
    states = [Application.objects.get(pk=one.pk).state for one in waiting]
    assert states == ["offered", "offered", "waitlisted"]


def test_the_order_of_the_list_is_changed_for_a_reason() -> None:
    hiring = made.hiring()
    hiring.offered()
    first, second = hiring.waiting(), hiring.waiting()
    given: dict[str, Any] = {"by": hiring.speaker, "earlier": True}
    with pytest.raises(Denied):
        deciding.move_on_list(second, reason=" ", **given)
    deciding.move_on_list(second, reason="Speaks Korean.", **given)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (place_on_list(second), place_on_list(first)) == (1, 2)
    deciding.move_on_list(second, reason="Is first already.", **given)
    second.refresh_from_db()
    assert place_on_list(second) == 1
    with pytest.raises(Denied):
        deciding.move_on_list(second, by=people.person(), earlier=True, reason="I want it.")


def test_an_opening_that_is_withdrawn_answers_everybody() -> None:
    hiring = made.hiring()
    offered, waiting, fresh = hiring.offered(), hiring.waiting(), hiring.applied()
    Opening.objects.filter(pk=hiring.opening.pk).update(state="withdrawn")
    assert by_date.end_with_openings(clock.now()) == 3
    assert by_date.end_with_openings(clock.now()) == 0
    for one in (offered, waiting, fresh):
        one.refresh_from_db()
        assert (one.state, one.reason_code, one.decided_by) == ("rejected", "opening_withdrawn", None)
    assert Offer.objects.get().state == "withdrawn"


def test_who_still_waits_is_answered_when_it_begins() -> None:
    hiring = made.hiring(starts_on=clock.today() + timedelta(days=30))
    hiring.offered()
    waiting = hiring.waiting()
    assert by_date.end_with_openings(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert by_date.end_with_openings(clock.now()) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason_code) == ("rejected", "no_seat_left")


@pytest.mark.django_db(transaction=True)
def test_the_last_seats_are_given_once_however_many_decide_at_once() -> None:
    hiring = made.hiring(seats=3)
    crowd = [hiring.moved(hiring.applied(), "review") for _ in range(12)]

    def offer(application: Application) -> str:
        try:
            return hiring.moved(application, "offer").state
        except Denied as denied:
            return denied.refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(offer, crowd))
    assert found.count("offered") == 3
    assert found.count("no_free_seat") == 9
    assert Application.objects.filter(state="offered").count() == 3


@pytest.mark.django_db(transaction=True)
def test_seats_freed_by_many_at_once_go_to_as_many_who_wait() -> None:
    hiring = made.hiring(seats=4)
    held = [hiring.offered() for _ in range(4)]
    waiting = [hiring.waiting() for _ in range(6)]

    def leave(application: Application) -> None:
        try:
            deciding.act(application, "decline", by=application.person)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(leave, held))
    states = [Application.objects.get(pk=one.pk).state for one in waiting]
    assert states == ["offered"] * 4 + ["waitlisted"] * 2
    assert free_in(hiring.opening) == 0
