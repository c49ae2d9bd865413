"""What of cohorts a person takes along, what is left when the account is gone, and the demo's cohort."""

import json
from typing import Any

import pytest

from dure.learn.cohorts import demo, leaving_places, places
from dure.learn.models import Announcement, Cohort, Course, Place, Programme
from dure.people.events import AccountDeleted
from dure.people.models import Person
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db


def test_places_and_motives_are_in_the_export(course: Course) -> None:
    led, person = cohorts.cohort(course, admission="selected"), people.person()
    places.apply(by=person, cohort=led, motive="I mend engines.")
    Announcement.objects.create(cohort=led, author=person, title="Told", body="by me")
    found: dict[str, Any] = leaving_places._cohorts(person)
    assert found["places"][0]["motive"] == "I mend engines."
    assert found["announcements"][0]["title"] == "Told"
    assert "I mend engines." in json.dumps(found, default=str)


def test_the_seat_of_who_goes_is_the_next_ones(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, seats=1)
    gone, waiting = people.person(), people.person()
    place = places.apply(by=gone, cohort=led, motive="mine")
    Place.objects.filter(pk=place.pk).update(motive="mine")
    places.apply(by=waiting, cohort=led)
    led.coaches.add(gone)
    for _twice in range(2):
        leaving_places.forget(AccountDeleted(gone.pk))
    place.refresh_from_db()
    assert (place.state, place.motive, place.block) == ("withdrawn", "", None)
    assert Place.objects.get(person=waiting).state == "in"
    assert list(led.coaches.all()) == [teacher]
    assert {one.person for one in led.circle.members.filter(until=None)} == {waiting}


def test_the_demo_has_a_cohort_with_seats_of_two_and_one_learner(course: Course, teacher: Person) -> None:
    Course.objects.filter(pk=course.pk).update(slug=demo.COURSE)
    home = course.organisation
    firms = [people.organisation(slug=slug) for slug in (demo.OPEN_SPONSOR, demo.OWN_SPONSOR)]
    learner = people.person(demo.LEARNER, is_demo=True)
    people.member(learner, firms[1])
    for _twice in range(2):
        demo.load(teacher, home)
    led = Cohort.objects.get()
    assert (led.name_ko, led.state) == ("산업 AI 실무 101 1기", "running")
    assert [(one.sponsor, one.seats) for one in led.blocks.all()] == [(firms[0], 12), (firms[1], 4)]
    place = Place.objects.get()
    assert (place.person, place.state, place.organisation) == (learner, "in", firms[1])
    assert Programme.objects.count() == 1
