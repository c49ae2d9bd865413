"""Applying: what a cohort says of itself, who gets a seat, the list one waits on, giving up and coming again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.foundation import clock, notices
from dure.foundation.models import Notice
from dure.learn.cohorts import places
from dure.learn.models import Cohort, Course, Place
from dure.people.models import Person
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db


def browser_of(person: Person | None = None) -> Client:
    client = people.client_of(person) if person else Client()
    client.cookies["dure_language"] = "en"
    return client


def page(person: Person | None, address: str) -> str:
    answer = browser_of(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_cohort_says_what_it_is(course: Course) -> None:
    firm = people.organisation()
    led = cohorts.cohort(course, term="2026-2", seats=3)
    cohorts.block(led, firm, seats=4, reserved_for=firm)
    worker = people.person()
    people.member(worker, firm)
    places.apply(by=people.person(), cohort=led)
    said = page(None, f"/cohorts/{led.uid}")
    coach = led.coaches.get()
    for words in ("2026-2", "Korean", "2 hours", coach.name_en, "1 / 7", "Sign in to apply."):
        assert words in said
    seats = browser_of(worker).get(f"/cohorts/{led.uid}").context["seats"]
    assert (seats.offered, seats.open_to_all, seats.for_reader, seats.taken) == (7, 2, 6, 1)
    assert firm.name_en not in said


def test_who_applies_has_a_seat_or_a_number_on_the_list(course: Course) -> None:
    led = cohorts.cohort(course, seats=1)
    one, two, three = (people.person(language="en") for _ in range(3))
    for person in (one, two, three):
        answer = browser_of(person).post(f"/cohorts/{led.uid}/apply", {"organisation": ""})
        assert answer.status_code == 302
    assert "You have a place, and learn" in page(one, f"/cohorts/{led.uid}")
    assert "You are number 2 of 2 on the waiting list." in page(three, f"/cohorts/{led.uid}")
    kinds = dict(Notice.objects.filter(kind__startswith="learn.cohort").values_list("person_id", "kind"))
    assert kinds == {
        one.pk: "learn.cohort_accepted",
        two.pk: "learn.cohort_queued",
        three.pk: "learn.cohort_queued",
    }
    browser_of(one).post(f"/cohorts/{led.uid}/withdraw")
    assert "You have a place, and learn" in page(two, f"/cohorts/{led.uid}")
    assert Notice.objects.filter(person=two, kind="learn.cohort_admitted").count() == 1
    again = browser_of(one)
    assert again.get(f"/cohorts/{led.uid}").context["applying"] is not None
    again.post(f"/cohorts/{led.uid}/apply", {"organisation": ""})
    assert "You are number 2 of 2" in page(one, f"/cohorts/{led.uid}")


def test_one_comes_for_an_organisation_of_ones_own(led: Cohort) -> None:
    mine, other, person = people.organisation(), people.organisation(), people.person()
    people.member(person, mine)
    browser = browser_of(person)
    form = browser.get(f"/cohorts/{led.uid}").context["applying"]
    assert form.initial["organisation"] == mine.slug
    wrong = browser.post(f"/cohorts/{led.uid}/apply", {"organisation": other.slug})
    assert wrong.status_code == 422
    assert not Place.objects.exists()
    browser.post(f"/cohorts/{led.uid}/apply", {"organisation": mine.slug})
    assert Place.objects.get().organisation == mine


def test_where_a_coach_decides_one_says_why_and_waits(course: Course, teacher: Person) -> None:
    led = cohorts.cohort(course, admission="selected", name_en="Selected class")
    person = people.person(language="en")
    browser_of(person).post(f"/cohorts/{led.uid}/apply", {"motive": "I mend engines."})
    assert Place.objects.get().motive == "I mend engines."
    assert "Your application is with the coaches" in page(person, f"/cohorts/{led.uid}")
    (waits,) = [one for one in notices.todos(teacher) if "/cohorts/" in one.url]
    assert (waits.title, waits.url) == ("Selected class", f"/cohorts/{led.uid}/people?state=applied")
    assert notices.todos(person) == []
    browser_of(person).post(f"/cohorts/{led.uid}/withdraw")
    assert [one for one in notices.todos(teacher) if "/cohorts/" in one.url] == []


def test_after_the_last_day_nobody_applies(led: Cohort) -> None:
    person = people.person(language="en")
    Cohort.objects.filter(pk=led.pk).update(apply_until=clock.today() - timedelta(days=1))
    said = page(person, f"/cohorts/{led.uid}")
    assert "The date until which one could apply has passed." in said
    assert browser_of(person).post(f"/cohorts/{led.uid}/apply", {}).status_code == 403


def test_the_list_shows_what_takes_people_and_ones_own(course: Course) -> None:
    korean = cohorts.cohort(course, name_en="Korean class", term="2026-1")
    english = cohorts.cohort(course, name_en="English class", language="en", term="2026-2")
    cohorts.cohort(course, name_en="Draft class", is_open=False)
    late = cohorts.cohort(course, name_en="Late class")
    Cohort.objects.filter(pk=late.pk).update(apply_until=clock.today() - timedelta(days=1))
    person = people.person()
    places.apply(by=person, cohort=english)
    said = page(None, "/cohorts")
    assert "Korean class" in said
    assert "English class" in said
    assert "Draft class" not in said
    assert "Late class" not in said
    assert "Korean class" not in page(None, "/cohorts?language=en")
    assert "English class" not in page(None, "/cohorts?term=2026-1")
    assert "Nothing found" in page(None, "/cohorts?term=nonsense")
    mine = page(person, "/cohorts?mine=1")
    assert ("English class" in mine, "Korean class" in mine) == (True, False)
    assert "/cohorts" in page(None, "/courses")
    on_course = page(None, f"/courses/{course.slug}")
    assert "Korean class" in on_course
    assert "Draft class" not in on_course
    assert "Draft class" in page(course.authors.get(), f"/courses/{course.slug}")
    assert str(korean.uid) in on_course


def test_applying_over_rest(led: Cohort) -> None:
    one, two, three = (people.person() for _ in range(3))
    address = f"/api/v1/cohorts/{led.uid}"
    states = []
    for person in (one, two, three):
        answer = people.client_of(person).post(f"{address}/apply", {}, content_type="application/json")
        states.append((answer.status_code, answer.json()["state"], answer.json()["waiting_number"]))
    assert states == [(200, "in", None), (200, "in", None), (200, "waiting", 1)]
    gone = people.client_of(one).delete(f"{address}/place")
    assert gone.json()["state"] == "withdrawn"
    assert people.client_of(three).get(f"{address}/place").json()["state"] == "in"
    assert people.client_of(people.person()).get(f"{address}/place").status_code == 404
    told = people.client_of(two).get(address).json()
    assert (told["seats"], told["seats_free"], told["waiting"], told["place"]["state"]) == (2, 0, 0, "in")
    assert told["actions"] == []
    listed = Client().get("/api/v1/cohorts").json()["items"]
    assert [one["uid"] for one in listed] == [str(led.uid)]
    assert Client().post(f"{address}/apply", {}, content_type="application/json").status_code == 403


def test_made_and_changed_over_rest(course: Course, teacher: Person) -> None:
    browser = people.client_of(teacher)
    given = cohorts.values(course) | {"seats": 4}
    plain = {name: str(value) if "_on" in name or "until" in name else value for name, value in given.items()}
    made = browser.post(f"/api/v1/courses/{course.slug}/cohorts", plain, content_type="application/json")
    assert made.status_code == 201, made.content
    address = f"/api/v1/cohorts/{made.json()['uid']}"
    assert [one["action"] for one in made.json()["actions"]] == ["open", "call_off"]
    opened = browser.post(f"{address}/act", {"action": "open"}, content_type="application/json")
    assert opened.json()["state"] == "open"
    renamed = browser.put(address, plain | {"name_en": "Third"}, content_type="application/json")
    assert renamed.json()["name_en"] == "Third"
    wrong = plain | {"name_en": "", "name_ko": "", "version": 9, "coaches": ["who@example.org"]}
    refused = browser.put(address, wrong, content_type="application/json")
    assert refused.status_code == 422
    codes = {fault["code"] for fault in refused.json()["faults"]}
    assert codes == {"no_cohort_name", "no_such_version", "no_such_coach"}
    stranger = people.client_of(people.person())
    assert stranger.put(address, plain, content_type="application/json").status_code == 403


@pytest.mark.parametrize("path", ["", "/people", "/seats", "/news"])
def test_pages_ask_the_same_few_questions_however_many_there_are(
    course: Course, teacher: Person, path: str
) -> None:
    firm = people.organisation()
    led = cohorts.cohort(course, seats=30)
    browser = people.client_of(teacher)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(f"/cohorts/{led.uid}{path}").status_code == 200
        counts.append(len(asked))
        for _ in range(8):
            person = people.person()
            people.member(person, firm)
            places.apply(by=person, cohort=led, organisation=firm)
            cohorts.block(led, firm)
    assert counts[1] <= counts[0] + 1
    assert counts[1] <= 12


def test_the_lists_ask_few_questions(course: Course, led: Cohort) -> None:
    person = people.person()
    for _ in range(5):
        places.apply(by=person, cohort=cohorts.cohort(course))
    browser = browser_of(person)
    browser.get("/cohorts")
    for path in ("/cohorts", "/cohorts?mine=1", f"/courses/{course.slug}", f"/cohorts/{led.uid}"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        assert len(asked) <= 12, (path, len(asked))
