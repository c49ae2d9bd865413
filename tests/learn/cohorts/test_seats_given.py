"""Seats that organisations give: who enters and takes back, who is told, and events whose sum is what stands in the rows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from dure.foundation import events, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice, OutboxEvent
from dure.learn.cohorts import places, seats
from dure.learn.events import SeatsGiven, SeatUsed
from dure.learn.models import Cohort, Course, SeatBlock
from dure.people.models import Membership, Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course


def hear(_event: Any) -> None:
    """Somebody who keeps a ledger."""


@pytest.fixture
def ledger() -> Iterator[None]:
    """Events are written only where somebody listens."""
    before = dict(events._handlers)
    events.subscribe(SeatsGiven, hear)
    events.subscribe(SeatUsed, hear)
    yield
    events._handlers.clear()
    events._handlers.update(before)


def booked(name: str) -> dict[str, int]:
    """The sum of an event's seats over each block."""
    found: dict[str, int] = {}
    for payload in OutboxEvent.objects.filter(name=name).values_list("payload", flat=True):
        found[payload["block"]] = found.get(payload["block"], 0) + payload["seats"]
    return found


def in_rows() -> dict[str, int]:
    return {str(one.uid): one.seats - one.returned for one in SeatBlock.objects.all()}


def taken() -> dict[str, int]:
    return {str(one.uid): one.places.count() for one in SeatBlock.objects.all()}


@pytest.mark.django_db
def test_the_sum_of_events_is_what_stands_in_the_rows(course: Course, teacher: Person, ledger: None) -> None:
    firm = people.organisation()
    led = cohorts.cohort(course, seats=0, is_open=False)
    one = seats.give(by=teacher, cohort=led, sponsor=firm, seats=5)
    two = seats.give(by=teacher, cohort=led, sponsor=firm, seats=2, reserved_for=firm)
    assert booked("SeatsGiven") == in_rows() == {str(one.uid): 5, str(two.uid): 2}
    led = workflow.perform(led, "open", by=teacher)
    learner, worker = people.person(), people.person()
    people.member(worker, firm)
    places.apply(by=learner, cohort=led)
    place = places.apply(by=worker, cohort=led, organisation=firm)
    seats.give_back(by=teacher, block=one, count=4)
    places.act(place, "withdraw", by=worker)
    used = {key: count for key, count in booked("SeatUsed").items() if count}
    assert used == {key: count for key, count in taken().items() if count} == {str(one.uid): 1}
    workflow.perform(led, "call_off", by=teacher, data={"reason": "nobody came"})
    assert booked("SeatsGiven") == in_rows() == {str(one.uid): 0, str(two.uid): 0}
    assert set(booked("SeatUsed").values()) == {0}


@pytest.mark.django_db
def test_no_seat_that_somebody_has_is_taken_back(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, seats=3)
    places.apply(by=people.person(), cohort=led)
    block = led.blocks.get()
    for count in (3, 0, -1):
        with pytest.raises(Faulty):
            seats.give_back(by=teacher, block=block, count=count)
    assert seats.give_back(by=teacher, block=block, count=2).returned == 2


@pytest.mark.django_db
def test_the_sponsors_representatives_take_back_and_rivals_do_not(course: Course) -> None:
    firm, rival = people.organisation(), people.organisation()
    led = cohorts.cohort(course)
    block = cohorts.block(led, firm, seats=4)
    ours, theirs, plain = people.person(), people.person(), people.person()
    people.member(ours, firm, Membership.Role.REPRESENTATIVE)
    people.member(theirs, rival, Membership.Role.REPRESENTATIVE)
    people.member(plain, firm)
    address = f"/cohorts/{led.uid}/seats/{block.uid}/return"
    for outsider in (theirs, plain):
        assert people.client_of(outsider).post(address, {"count": 1}).status_code == 404
    answer = people.client_of(ours).post(address, {"count": 3})
    assert answer["Location"] == f"/cohorts/{led.uid}/sponsor/{firm.slug}"
    block.refresh_from_db()
    assert block.returned == 3
    people.client_of(ours).post(address, {"count": 9})
    block.refresh_from_db()
    assert block.returned == 3
    with pytest.raises(Denied):
        seats.give_back(by=theirs, block=block, count=1)


@pytest.mark.django_db
def test_more_seats_go_to_who_waits_and_the_sponsor_is_told(course: Course, teacher: Person) -> None:
    firm, speaker = people.organisation(), people.person()
    people.member(speaker, firm, Membership.Role.REPRESENTATIVE)
    led = cohorts.cohort(course, seats=1)
    first, second, third = (places.apply(by=people.person(), cohort=led) for _ in range(3))
    browser = people.client_of(teacher)
    address = f"/cohorts/{led.uid}/seats"
    assert browser.post(address, {"sponsor": firm.pk, "seats": 0}).status_code == 422
    assert browser.post(address, {"sponsor": firm.pk, "seats": 1}).status_code == 302
    for place in (first, second, third):
        place.refresh_from_db()
    assert [first.state, second.state, third.state] == ["in", "in", "waiting"]
    assert second.block is not None
    assert second.block.sponsor == firm
    assert Notice.objects.get(person=second.person, kind="learn.cohort_admitted")
    told = Notice.objects.get(person=speaker, kind="learn.cohort_seats")
    assert told.url == f"/cohorts/{led.uid}/sponsor/{firm.slug}"


@pytest.mark.django_db
def test_seats_over_rest(course: Course, teacher: Person) -> None:
    firm = people.organisation()
    led = cohorts.cohort(course)
    browser, address = people.client_of(teacher), f"/api/v1/cohorts/{led.uid}/seats"
    given = {"sponsor": firm.slug, "seats": 6, "reserved_for": firm.slug}
    made = browser.post(address, given, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["free"], made.json()["reserved_for"]) == (6, firm.slug)
    many = browser.post(address, given | {"seats": 30000}, content_type="application/json")
    assert (many.status_code, many.json()["faults"][0]["code"]) == (422, "seats_out_of_range")
    back = f"{address}/{made.json()['uid']}/return"
    assert browser.post(back, {"count": 2}, content_type="application/json").json()["returned"] == 2
    too_many = browser.post(back, {"count": 9}, content_type="application/json")
    assert too_many.json()["faults"][0]["code"] == "seats_are_taken"
    assert [one["seats"] for one in browser.get(address).json()["items"]] == [2, 6]
    assert people.client_of(people.person()).get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_seats_that_are_taken_and_returned_at_once_are_never_fewer_than_none(
    tmp_path: Path, ledger: None
) -> None:
    course = open_course(tmp_path)
    teacher, led = course.authors.get(), cohorts.cohort(course, seats=6)
    block, crowd = led.blocks.get(), [people.person() for _ in range(8)]

    def ask(person: Person | None) -> None:
        try:
            if person is None:
                seats.give_back(by=teacher, block=block, count=1)
            else:
                places.apply(by=person, cohort=led)
        except Faulty:
            pass
        finally:
            connection.close()

    mixed = [one for person in crowd for one in (person, None)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, mixed))
    found = seats.of(Cohort.objects.get(pk=led.pk)).get()
    assert found.free == 0
    assert found.taken + found.returned == 6
    assert booked("SeatUsed") == {str(block.uid): found.taken}
    assert led.places.filter(state="waiting").count() == 8 - found.taken
