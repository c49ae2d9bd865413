"""Seats in partners' courses: asked for, given, and told to whoever keeps the books."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, events
from dure.foundation.models import Notice
from dure.learn.events import PartnerSeatsGiven, PartnerSeatUsed
from dure.learn.models import PartnerCourse, PartnerPlace
from dure.learn.partners import courses, leaving, places
from dure.people.events import AccountDeleted
from dure.people.models import Organisation, Person
from tests.factories import partners, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return people.organisation()


@pytest.fixture
def manager(home: Organisation) -> Person:
    return partners.representative(home)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every event of seats, as a higher floor would hear it."""
    found: list[Any] = []
    monkeypatch.setattr(events, "record", found.append)
    return found


def asked(course: PartnerCourse, **fields: Any) -> PartnerPlace:
    return places.ask(by=people.person(language="en"), course=course, **fields)


def test_a_seat_is_asked_for_given_and_counted(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=1)
    someone = people.person(language="en")
    browser = people.client_of(someone)
    browser.post(f"/partner-courses/{course.uid}/ask", {"motive": "I build cameras."})
    place = PartnerPlace.objects.get()
    assert Notice.objects.filter(person=manager, kind="learn.partner_asked").exists()
    desk = people.client_of(manager)
    teacher = people.client_of(partners.instructor(home))
    assert "Decide who gets a seat" in teacher.get("/").content.decode()
    assert "I build cameras." in desk.get(f"/partner-courses/{course.uid}/places").content.decode()
    desk.post(f"/partner-places/{place.uid}/act", {"action": "give"})
    place.refresh_from_db()
    assert (place.state, place.block) == ("given", course.blocks.get())
    assert Notice.objects.filter(person=someone, kind="learn.partner_given").exists()
    assert "Decide who gets a seat" not in teacher.get("/").content.decode()
    assert "Has a seat" in browser.get(f"/partner-courses/{course.uid}").content.decode()


def test_the_last_seat_is_given_once(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=1)
    first, second = asked(course), asked(course)
    desk = people.client_of(manager)
    for place, status in ((first, 302), (second, 403)):
        assert desk.post(f"/partner-places/{place.uid}/act", {"action": "give"}).status_code == status
    places.act(first, "withdraw", by=first.person)
    assert desk.post(f"/partner-places/{second.uid}/act", {"action": "give"}).status_code == 302


def test_reserved_seats_are_for_their_organisation(home: Organisation, manager: Person) -> None:
    ours, theirs = people.organisation(), people.organisation()
    course = partners.course(home)
    courses.give_seats(course, by=manager, seats=1, reserved_for=ours)
    colleague, rival = people.person(language="en"), people.person(language="en")
    people.member(colleague, ours)
    people.member(rival, theirs)
    url = f"/partner-courses/{course.uid}"
    assert "Free for your organisation" in people.client_of(colleague).get(url).content.decode()
    page = people.client_of(rival).get(url).content.decode()
    assert "Free for your organisation" not in page
    assert str(ours.name_en) not in page
    outsider = places.ask(by=rival, course=course, organisation=theirs)
    insider = places.ask(by=colleague, course=course, organisation=ours)
    desk = people.client_of(manager)
    assert desk.post(f"/partner-places/{outsider.uid}/act", {"action": "give"}).status_code == 403
    assert desk.post(f"/partner-places/{insider.uid}/act", {"action": "give"}).status_code == 302


def test_nobody_asks_on_a_seat_of_others(home: Organisation) -> None:
    course = partners.course(home, seats=1)
    browser = people.client_of(people.person())
    body = json.dumps({"organisation": people.organisation().slug})
    url = f"/api/v1/partner-courses/{course.uid}/places"
    assert browser.post(url, body, content_type="application/json").status_code == 404
    assert not PartnerPlace.objects.exists()


def test_a_refusal_has_a_reason_that_the_person_reads(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=1)
    place = asked(course)
    desk = people.client_of(manager)
    url = f"/partner-places/{place.uid}/act"
    assert desk.post(url, {"action": "decline"}).status_code == 422
    desk.post(url, {"action": "decline", "reason": "Full this term."})
    page = people.client_of(place.person).get(f"/partner-courses/{course.uid}").content.decode()
    assert "Full this term." in page
    people.client_of(place.person).post(url, {"action": "ask_again"})
    place.refresh_from_db()
    assert (place.state, place.reason) == ("asked", "")


def test_asking_twice_is_asking_once(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=1)
    place = asked(course)
    again = places.ask(by=place.person, course=course)
    assert again.pk == place.pk
    assert Notice.objects.filter(person=manager, kind="learn.partner_asked").count() == 1


def test_after_the_date_and_without_seats_nobody_asks(home: Organisation) -> None:
    late = partners.course(home, seats=1, apply_until=clock.today() - timedelta(days=1))
    none = partners.course(home)
    browser = people.client_of(people.person(language="en"))
    for course, code in ((late, "partner_too_late"), (none, "partner_no_seats")):
        url = f"/api/v1/partner-courses/{course.uid}/places"
        answer = browser.post(url, "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_only_who_looks_after_it_sees_who_asks(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=1)
    place = asked(course, motive="zqmotiveqz")
    rival = people.client_of(partners.representative(people.organisation()))
    assert rival.get(f"/partner-courses/{course.uid}/places").status_code == 403
    assert rival.post(f"/partner-places/{place.uid}/act", {"action": "give"}).status_code == 404
    assert "zqmotiveqz" not in rival.get(f"/partner-courses/{course.uid}").content.decode()


def test_seats_given_and_used_go_out_as_events(home: Organisation, manager: Person, heard: list[Any]) -> None:
    course = partners.course(home)
    block = courses.give_seats(course, by=manager, seats=3)
    place = asked(course)
    places.act(place, "give", by=manager)
    place.refresh_from_db()
    places.act(place, "withdraw", by=place.person)
    courses.return_seats(block, by=manager, seats=2)
    seats = [(type(one), one.seats) for one in heard if isinstance(one, PartnerSeatsGiven | PartnerSeatUsed)]
    assert seats == [
        (PartnerSeatsGiven, 3),
        (PartnerSeatUsed, 1),
        (PartnerSeatUsed, -1),
        (PartnerSeatsGiven, -2),
    ]


def test_no_more_is_taken_back_than_is_free(home: Organisation, manager: Person) -> None:
    course = partners.course(home, seats=2)
    block = course.blocks.get()
    places.act(asked(course), "give", by=manager)
    desk = people.client_of(manager)
    url = f"/partner-courses/{course.uid}/seats/{block.uid}/return"
    assert desk.post(url, {"seats": "2"}).status_code == 403
    assert desk.post(url, {"seats": "1"}).status_code == 302
    block.refresh_from_db()
    assert block.returned == 1


def test_what_one_asked_is_taken_along_and_forgotten(home: Organisation) -> None:
    place = asked(partners.course(home, seats=1), motive="zqmotiveqz")
    assert "zqmotiveqz" in partners.exported(place.person)
    leaving.forget(AccountDeleted(person=place.person.pk))
    place.refresh_from_db()
    assert place.motive == ""


def test_the_page_of_seats_has_few_queries(
    home: Organisation, manager: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    course = partners.course(home, seats=3)
    desk = people.client_of(manager)
    url = f"/partner-courses/{course.uid}/places"
    asked(course)
    desk.get(url)
    with django_assert_max_num_queries(14) as few:
        desk.get(url)
    for _ in range(6):
        asked(course)
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk.get(url)
