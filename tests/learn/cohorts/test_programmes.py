"""Programmes: made by the instructors of an organisation, known to whoever knows it, with its cohorts as each may see them."""

import pytest
from django.test import Client

from dure.foundation.access import Audience
from dure.learn.models import Course, Programme
from dure.people.models import Person
from tests.factories import cohorts, people

pytestmark = pytest.mark.django_db
GIVEN = {
    "slug": "ai-bootcamp",
    "name_ko": "AI 부트캠프",
    "name_en": "AI bootcamp",
    "summary_ko": "",
    "summary_en": "Six months.",
    "hours": 840,
}


def browser_of(person: Person | None) -> Client:
    client = people.client_of(person) if person else Client()
    client.cookies["dure_language"] = "en"
    return client


def test_an_instructor_makes_and_changes_one(course: Course, teacher: Person) -> None:
    browser, home = browser_of(teacher), course.organisation
    assert browser.get("/programmes/new").status_code == 200
    answer = browser.post("/programmes/new", GIVEN | {"organisation": home.pk})
    assert answer["Location"] == "/programmes/ai-bootcamp"
    again = browser.post("/programmes/new", GIVEN | {"organisation": home.pk, "name_en": "Typed"})
    assert again.status_code == 422
    assert "Another programme has this address." in again.content.decode()
    assert 'value="Typed"' in again.content.decode()
    wrong = browser.post("/programmes/new", {"organisation": home.pk, "slug": "No!", "hours": 99999})
    said = wrong.content.decode()
    for words in ("An address has small letters", "Write a name of the programme", "from 0 to 10,000 hours"):
        assert words in said
    assert browser.post("/programmes/ai-bootcamp/edit", GIVEN | {"hours": 900}).status_code == 302
    assert Programme.objects.get().hours == 900
    other = browser_of(people.person(roles=["instructor"]))
    assert other.get("/programmes/ai-bootcamp/edit").status_code == 403
    assert browser_of(people.person()).get("/programmes/new").status_code == 403


def test_its_cohorts_stand_by_term_as_the_reader_sees_them(course: Course) -> None:
    programme = cohorts.programme(course.organisation)
    for term in ("2026-1", "2026-2"):
        cohorts.cohort(course, programme=programme, term=term, name_en=f"Class of {term}")
    cohorts.cohort(course, programme=programme, name_en="Draft class", is_open=False)
    said = browser_of(None).get(f"/programmes/{programme.slug}").content.decode()
    assert said.index("Class of 2026-2") < said.index("Class of 2026-1")
    assert "Draft class" not in said
    Course.objects.filter(pk=course.pk).update(audience=Audience.PRIVATE)
    hidden = browser_of(None).get(f"/programmes/{programme.slug}").content.decode()
    assert "Class of" not in hidden
    assert Client().get(f"/api/v1/programmes/{programme.slug}/cohorts").json()["items"] == []


def test_a_programme_of_an_organisation_nobody_knows_is_hidden(course: Course) -> None:
    unknown = people.organisation(joined_on=None)
    programme = cohorts.programme(unknown)
    assert Client().get(f"/programmes/{programme.slug}").status_code == 404
    assert programme.name_en not in browser_of(None).get("/programmes").content.decode()


def test_programmes_over_rest(course: Course, teacher: Person) -> None:
    browser = people.client_of(teacher)
    given = GIVEN | {"organisation": course.organisation.slug}
    made = browser.post("/api/v1/programmes", given, content_type="application/json")
    assert (made.status_code, made.json()["hours"]) == (201, 840)
    taken = browser.post("/api/v1/programmes", given, content_type="application/json")
    assert [one["code"] for one in taken.json()["faults"]] == ["programme_taken"]
    changed = browser.put(
        "/api/v1/programmes/ai-bootcamp", {"name_en": "Camp", "hours": 1}, content_type="application/json"
    )
    assert (changed.json()["name_en"], changed.json()["name_ko"], changed.json()["hours"]) == ("Camp", "", 1)
    assert [one["slug"] for one in Client().get("/api/v1/programmes").json()["items"]] == ["ai-bootcamp"]
    other = people.organisation()
    foreign = given | {"slug": "other", "organisation": other.slug}
    assert browser.post("/api/v1/programmes", foreign, content_type="application/json").status_code == 403
