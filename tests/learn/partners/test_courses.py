"""Partners' courses: who lists them, who sees them, and what is wrong with one is told at once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, workflow
from dure.foundation.models import AuditEntry
from dure.learn.models import PartnerCourse, TrustedIssuer
from dure.learn.partners import issuers
from dure.people.models import Organisation
from tests.factories import partners, people
from tests.factories.partners import Elsewhere

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def home() -> Organisation:
    return people.organisation()


def typed(**changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    given = {name: value for name, value in partners.FIELDS.items() if name != "skills" and value is not None}
    return given | {"skill_0": "data-leakage", "level_0": "2"} | changed


def test_a_representative_lists_a_course_and_everybody_sees_it(home: Organisation, client: Client) -> None:
    browser = people.client_of(partners.representative(home))
    browser.post("/partner-courses/new", typed(organisation=home.pk))
    course = PartnerCourse.objects.get()
    assert (course.state, course.skills) == ("draft", {"data-leakage": 2})
    assert client.get(f"/partner-courses/{course.uid}").status_code == 404
    assert "비전 과정" not in client.get("/partner-courses").content.decode()
    browser.post(f"/partner-courses/{course.uid}/act", {"action": "list"})
    page = client.get(f"/partner-courses/{course.uid}", headers={"accept-language": "en"}).content.decode()
    assert "Vision programme" in page
    assert "Data leakage" in page
    assert "비전 과정" in client.get("/partner-courses?kind=institute").content.decode()
    assert "비전 과정" not in client.get("/partner-courses?kind=mooc").content.decode()
    assert AuditEntry.objects.filter(action="partner_course.made").exists()


@pytest.mark.parametrize("kind", ["stranger", "member", "rival", "instructor", "secretariat"])
def test_who_may_list_a_course_for_an_organisation(kind: str, home: Organisation) -> None:
    someone = {
        "member": lambda: people.member(people.person(), home).person,
        "rival": lambda: partners.representative(people.organisation()),
        "instructor": lambda: partners.instructor(home),
        "secretariat": lambda: people.person(roles=["secretariat"]),
    }.get(kind)
    browser = people.client_of(someone()) if someone else Client()
    body = {**partners.FIELDS, "organisation": home.slug}
    answer = browser.post("/api/v1/partner-courses", json.dumps(body), content_type="application/json")
    allowed = kind in ("instructor", "secretariat")
    assert answer.status_code == (201 if allowed else 403)
    assert PartnerCourse.objects.exists() is allowed


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(home: Organisation) -> None:
    browser = people.client_of(partners.representative(home))
    given = typed(
        organisation=home.pk,
        url="http://institute.example/",
        starts_on="2027-03-02",
        ends_on="2027-03-01",
        title_en="Kept",
    )
    answer = browser.post("/partner-courses/new", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give an address that begins with https://." in page
    assert "It ends before it begins." in page
    assert 'value="Kept"' in page
    given = typed(organisation=home.pk, skill_0="", skill_1="data-quality", level_1="")
    assert "Choose a level for this skill." in browser.post("/partner-courses/new", given).content.decode()
    assert not PartnerCourse.objects.exists()


def test_what_is_changed_stays_in_step_and_rivals_cannot(home: Organisation) -> None:
    course = partners.course(home)
    url = f"/partner-courses/{course.uid}/edit"
    assert people.client_of(partners.representative(people.organisation())).get(url).status_code == 403
    browser = people.client_of(partners.representative(home))
    assert 'value="120"' in browser.get(url).content.decode()
    browser.post(url, typed(hours="130", skill_1="data-quality", level_1="1"))
    course.refresh_from_db()
    assert (course.hours, course.skills) == (130, {"data-leakage": 2, "data-quality": 1})


def test_a_course_without_skills_is_not_listed(home: Organisation) -> None:
    course = partners.course(home, is_listed=False, skills={})
    browser = people.client_of(partners.representative(home))
    answer = browser.post(
        f"/api/v1/partner-courses/{course.uid}/act",
        json.dumps({"action": "list"}),
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "partner_no_skills")


def test_unknown_skills_and_levels_are_refused_over_rest(home: Organisation) -> None:
    browser = people.client_of(partners.representative(home))
    body = {**partners.FIELDS, "organisation": home.slug, "skills": {"levitation": 2, "data-leakage": 9}}
    answer = browser.post("/api/v1/partner-courses", json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == ["unknown_skills", "bad_skill_level"]


def test_an_issuer_counts_once_its_keys_are_read(home: Organisation, elsewhere: Elsewhere) -> None:
    course = partners.course(home)
    browser = people.client_of(partners.representative(home))
    url = f"/partner-courses/{course.uid}/issuers"
    given = {"name": "Vector", "issuer": elsewhere.issuer, "keys_url": elsewhere.keys_url}
    assert browser.post(url, given).status_code == 302
    issuer = TrustedIssuer.objects.get()
    assert [key["kid"] for key in issuer.keys] == [elsewhere.kid()]
    elsewhere.at.pages["/keys"] = b"gone"
    browser.post(f"{url}/{issuer.uid}", {"action": "read"})
    issuer.refresh_from_db()
    assert (issuer.trouble, len(issuer.keys)) == ("credential_no_issuer_keys", 1)
    assert "those read before go on counting" in browser.get(url).content.decode()
    browser.post(f"{url}/{issuer.uid}", {"action": "remove"})
    assert not TrustedIssuer.objects.exists()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://institute.example/keys", "no https address"),
        ("https://10.0.0.8/keys", "private network"),
        ("https://127.0.0.1/keys", "private network"),
        ("https://[::1]/keys", "private network"),
    ],
    ids=["plain", "private", "loopback", "loopback-6"],
)
def test_keys_are_read_from_the_public_internet_only(home: Organisation, address: str, says: str) -> None:
    course = partners.course(home)
    browser = people.client_of(partners.representative(home))
    given = {"name": "Vector", "issuer": "https://institute.example", "keys_url": address}
    answer = browser.post(f"/partner-courses/{course.uid}/issuers", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not TrustedIssuer.objects.exists()


def test_keys_are_read_again_once_a_day(home: Organisation, elsewhere: Elsewhere) -> None:
    course = partners.course(home)
    by = partners.representative(home)
    given = {"name": "Vector", "issuer": elsewhere.issuer, "keys_url": elsewhere.keys_url}
    issuers.trust(course, by=by, **given)
    assert issuers.read_all(clock.now()) == 0
    elsewhere.publish(2)
    assert issuers.read_all(clock.now() + timedelta(days=1, minutes=1)) == 1
    assert [key["kid"] for key in TrustedIssuer.objects.get().keys] == [elsewhere.kid(2)]


def test_the_number_of_queries_does_not_grow(
    home: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by = partners.representative(home)
    browser = people.client_of(by)
    first = partners.course(home, seats=2)
    for url in ("/partner-courses", f"/partner-courses/{first.uid}"):
        browser.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            browser.get(url)
    for _ in range(9):
        partners.course(home, seats=2)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get("/partner-courses").content.decode()
    assert page.count("Vision programme") == 10


def test_a_closed_course_takes_no_one_more(home: Organisation) -> None:
    course = partners.course(home, seats=2)
    workflow.perform(course, "close", by=partners.representative(home))
    someone = people.person(language="en")
    browser = people.client_of(someone)
    assert "This course is not listed now." in browser.get(f"/partner-courses/{course.uid}").content.decode()
    assert browser.post(f"/partner-courses/{course.uid}/ask", {}).status_code == 403
