"""Openings over REST: all that the pages do."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock
from dure.people.models import Organisation
from dure.talent.models import Opening
from tests.factories import openings, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Organisation:
    return openings.verified()


@pytest.fixture
def browser(firm: Organisation) -> Client:
    return people.client_of(openings.speaker(firm))


PYTHON = {"title_ko": "인턴", "title_en": "Intern", "text_ko": "", "text_en": "Advanced Python is required."}


def body(**changed: Any) -> dict[str, Any]:
    left_out = {"problem"}
    given = {name: value for name, value in openings.fields().items() if name not in left_out}
    return given | {"deadline": given["deadline"].isoformat()} | changed


def send(client: Client, method: str, path: str, given: Any) -> Any:
    return getattr(client, method)(f"/api/v1{path}", json.dumps(given), content_type="application/json")


def test_the_whole_way_of_an_opening(firm: Organisation, browser: Client) -> None:
    given = body(organisation=firm.slug, kind="internship", steps=[], **PYTHON)
    made = send(browser, "post", "/openings", given)
    assert made.status_code == 201
    path = f"/openings/{made.json()['uid']}"
    assert [one["code"] for one in made.json()["lacks"]] == ["opening_no_steps"]
    suggested = browser.get(f"/api/v1{path}/suggestions").json()
    assert [(one["skill"], one["level"], one["is_must"]) for one in suggested] == [("python-basics", 3, True)]
    assert suggested[0]["places"][0]["found"] == "Python"
    no_more = {"skill": "python-basics"}
    assert send(browser, "post", f"{path}/suggestions", no_more).json() == []
    assert browser.get(f"/api/v1{path}/suggestions").json() == []
    assert "Suggest again" in browser.get(f"{path}/requirements").content.decode()
    browser.post(f"{path}/requirements", {"bring_back": "python-basics"})
    assert browser.get(f"/api/v1{path}/suggestions").json() == suggested
    browser.post(f"{path}/requirements", {"dismiss": "python-basics"})
    again = no_more | {"is_dismissed": False}
    assert send(browser, "post", f"{path}/suggestions", again).json() == suggested
    asked = {"requirements": [{"skill": "python-basics", "level": 3}]}
    assert (
        send(browser, "put", f"{path}/requirements", asked).json()["requirements"][0]["skill"]
        == "python-basics"
    )
    assert browser.get(f"/api/v1{path}/suggestions").json() == []
    assert send(browser, "post", f"{path}/act", {"action": "open"}).json()["code"] == "opening_no_steps"
    assert send(browser, "put", path, body(seats=3, steps=[])).json()["seats"] == 3
    assert send(browser, "put", path, body()).json()["lacks"] == []
    assert send(browser, "post", f"{path}/act", {"action": "open"}).json()["state"] == "open"
    listed = Client().get("/api/v1/openings?kind=internship&skill=python-basics&show=open").json()
    assert [one["is_verified"] for one in listed["items"]] == [True]
    assert Client().get("/api/v1/openings?kind=job").json()["count"] == 0
    gone = send(browser, "post", f"{path}/act", {"action": "withdraw", "reason": "Over."}).json()
    assert (gone["state"], gone["reason"]) == ("withdrawn", "Over.")


def test_fields_that_the_law_forbids_are_refused_by_name(firm: Organisation, browser: Client) -> None:
    given = body(organisation=firm.slug, kind="job", marital_status="any", 키="180", colour="red")
    answer = send(browser, "post", "/openings", given)
    assert answer.status_code == 422
    assert [(one["code"], one["place"]) for one in answer.json()["faults"]] == [
        ("hiring_field_forbidden", "marital_status"),
        ("hiring_field_forbidden", "키"),
        ("opening_field_unknown", "colour"),
    ]
    assert not Opening.objects.exists()


def test_everything_wrong_is_told_at_once(firm: Organisation, browser: Client) -> None:
    given = body(
        organisation=firm.slug,
        kind="job",
        regions=["KR-11", "KR", "Atlantis"],
        languages={"ko": 9},
        starts_on="2027-03-02",
        ends_on="2027-03-01",
        pay_from=2,
        pay_to=1,
    )
    answer = send(browser, "post", "/openings", given)
    assert [one["code"] for one in answer.json()["faults"]] == [
        "opening_ends_early",
        "opening_pay_upside_down",
        "opening_pay_incomplete",
        "opening_region_unknown",
        "opening_region_unknown",
        "opening_language_form",
    ]
    made = openings.opening(firm, is_open=False)
    asked = [{"skill": "levitation", "level": 2}, {"skill": "data-leakage", "level": 2}] * 2
    answer = send(browser, "put", f"/openings/{made.uid}/requirements", {"requirements": asked})
    codes = [one["code"] for one in answer.json()["faults"]]
    assert codes == ["opening_skill_unknown", "opening_twice", "opening_twice"]
    assert not made.requirements.exists()


def test_rivals_and_strangers_change_nothing(firm: Organisation) -> None:
    made = openings.opening(firm)
    rival = people.client_of(openings.speaker(people.organisation()))
    path = f"/openings/{made.uid}"
    for client, status in ((rival, 403), (Client(), 403)):
        assert send(client, "put", path, body()).status_code == status
        assert send(client, "post", f"{path}/act", {"action": "close"}).status_code == status
        assert send(client, "put", f"{path}/requirements", {"requirements": []}).status_code == status
        assert client.get(f"/api/v1{path}/suggestions").status_code == status
    hidden = openings.opening(firm, is_open=False, deadline=clock.now() + timedelta(days=1))
    assert rival.get(f"/api/v1/openings/{hidden.uid}").status_code == 404
    assert send(rival, "put", f"/openings/{hidden.uid}", body()).status_code == 404
