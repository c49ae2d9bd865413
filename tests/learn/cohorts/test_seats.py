"""Seats: reserved ones go to their organisation's people, and one that comes free to who waits longest and may have it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from dure.foundation.access import Denied, Hidden
from dure.learn.cohorts import places
from dure.learn.cohorts.seating import Free, choose
from dure.learn.models import Cohort, Course, Place
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(tmp_path)


@pytest.fixture
def one_seat(course: Course) -> Cohort:
    return cohorts.cohort(course, seats=1)


def test_reserved_seats_are_taken_first_and_never_by_others() -> None:
    blocks = [Free(1, None, 1), Free(2, 7, 1)]
    assert choose(blocks, 7) == 2
    assert choose(blocks, 8) == 1
    assert choose(blocks, None) == 1
    assert choose([Free(2, 7, 1)], 8) is None
    assert choose([Free(1, None, 0), Free(2, 7, 0)], 7) is None


def test_who_has_a_place_learns_the_version_of_the_cohort_and_shares_its_circle(one_seat: Cohort) -> None:
    learner = people.person()
    place = places.apply(by=learner, cohort=one_seat)
    assert place.state == "in"
    assert place.enrolment is not None
    assert place.enrolment.version == one_seat.version
    assert one_seat.circle.members.get(until=None).person == learner


def test_the_seat_of_who_leaves_goes_to_who_waits_longest(one_seat: Cohort) -> None:
    first, second, third = (places.apply(by=people.person(), cohort=one_seat) for _ in range(3))
    assert [first.state, second.state, third.state] == ["in", "waiting", "waiting"]
    places.act(first, "withdraw", by=first.person)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("in", "waiting")
    again = places.apply(by=first.person, cohort=one_seat)
    assert again.state == "waiting"
    assert again.applied_at > third.applied_at


def test_a_reserved_seat_passes_over_those_who_may_not_have_it(course: Course) -> None:
    firm = people.organisation()
    led = cohorts.cohort(course, seats=0, is_open=False)
    cohorts.block(led, firm, seats=1, reserved_for=firm)
    Cohort.objects.filter(pk=led.pk).update(state="open")
    stranger, worker = people.person(), people.person()
    people.member(worker, firm)
    assert places.apply(by=stranger, cohort=led).state == "waiting"
    assert places.apply(by=worker, cohort=led, organisation=firm).state == "in"


def test_nobody_applies_for_an_organisation_of_others(one_seat: Cohort) -> None:
    firm = people.organisation()
    with pytest.raises(Hidden):
        places.apply(by=people.person(), cohort=one_seat, organisation=firm)


def test_a_coach_decides_where_the_cohort_says_so(course: Course) -> None:
    led = cohorts.cohort(course, seats=1, admission="selected")
    one, two = (places.apply(by=people.person(), cohort=led) for _ in range(2))
    assert (one.state, two.state) == ("applied", "applied")
    coach = led.coaches.get()
    assert places.act(one, "accept", by=coach).state == "in"
    with pytest.raises(Denied) as refused:
        places.act(two, "accept", by=coach)
    assert refused.value.refused.reason == "cohort_full"
    assert places.act(two, "queue", by=coach).state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once_however_many_ask_at_once(tmp_path: Path) -> None:
    led = cohorts.cohort(open_course(tmp_path), seats=3)
    crowd = [people.person() for _ in range(12)]

    def ask(person: Person) -> str:
        try:
            return places.apply(by=person, cohort=led).state
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        states = list(pool.map(ask, crowd))
    assert states.count("in") == 3
    assert states.count("waiting") == 9
    assert Place.objects.filter(cohort=led, state="in").count() == 3
