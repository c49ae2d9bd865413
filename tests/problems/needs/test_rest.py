"""Needs over REST: the allowed and the refused way side by side."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation import workflow
from dure.foundation.access import Role
from dure.people.models import Membership, Person
from dure.problems.models import Problem, TermsAcceptance
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import accepted_need, draft_need

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def call(browser: Client, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = browser.generic(method, ROOT + path, json.dumps(body or {}), content_type="application/json")
    return answer.status_code, json.loads(answer.content) if answer.content else None


@pytest.fixture
def owner() -> Person:
    found = person()
    member(found, organisation(slug="firm"))
    return found


def test_a_need_goes_from_draft_to_accepted(owner: Person) -> None:
    browser, desk = client_of(owner), client_of(person(roles=[Role.SECRETARIAT]))
    status, made = call(browser, "POST", "/problems", {"organisation": "firm", "title": "불량이 많다"})
    assert status == 201
    path = f"/problems/{made['uid']}"
    assert made["missing"]
    assert call(browser, "POST", f"{path}/act", {"action": "post"})[0] == 403
    words = {
        "hurts_ko": "아프다",
        "data_ko": "있다",
        "worth_ko": "크다",
        "cost_ko": "3억",
        "sensitivity": "internal",
    }
    assert call(browser, "PATCH", path, words)[0] == 200
    assert call(desk, "GET", path)[0] == 404
    assert call(browser, "POST", f"{path}/act", {"action": "post"})[1]["state"] == "posted"
    assert call(browser, "POST", f"{path}/act", {"action": "post"})[0] == 409
    assert call(browser, "PATCH", path, words)[0] == 403
    assert call(desk, "POST", f"{path}/messages", {"body": "누가 썼나요?"})[0] == 201
    assert call(browser, "GET", f"{path}/messages")[1]["items"][0]["body"] == "누가 썼나요?"
    accept = {"action": "accept", "route": "team", "curator": str(owner.uid), "audience": "public"}
    assert call(browser, "POST", f"{path}/act", accept)[0] == 403
    assert (
        call(desk, "POST", f"{path}/act", {**accept, "curator": str(person().uid)})[1]["state"] == "accepted"
    )
    seen = call(Client(), "GET", path)[1]
    assert seen["hurts_ko"] == "아프다"
    assert seen["inside"] is None
    assert call(browser, "GET", path)[1]["inside"]["cost_ko"] == "3억"


def test_strangers_rivals_and_other_members_get_nothing(owner: Person) -> None:
    problem = workflow.perform(draft_need(owner=owner), "post", by=owner)
    rival = person()
    member(rival, organisation(), Membership.Role.REPRESENTATIVE)
    for browser in (Client(), client_of(person()), client_of(rival)):
        path = f"/problems/{problem.uid}"
        statuses = [
            call(browser, "GET", path)[0],
            call(browser, "PATCH", path, {"hurts_ko": "x"})[0],
            call(browser, "POST", f"{path}/act", {"action": "withdraw"})[0],
            call(browser, "GET", f"{path}/messages")[0],
            call(browser, "POST", f"{path}/messages", {"body": "x"})[0],
            call(browser, "GET", f"{path}/terms")[0],
            call(browser, "GET", f"{path}/similar")[0],
        ]
        assert statuses == [404] * 7
        assert call(browser, "GET", "/problems")[1]["count"] == 0
    assert call(Client(), "POST", "/problems", {"organisation": "firm", "title": "x"})[0] == 403
    assert call(client_of(rival), "POST", "/problems", {"organisation": "firm", "title": "x"})[0] == 403
    assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"title_ko": "x" * 161},
        {"sensitivity": "none"},
        {"original": "fr"},
        {"hurts_ko": ["x"]},
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(owner: Person, body: Any) -> None:
    problem = draft_need(owner=owner)
    status, answer = call(client_of(owner), "PATCH", f"/problems/{problem.uid}", body)
    assert status == 422
    assert answer["faults"][0]["place"].startswith("body")


def test_files_are_added_read_and_taken_out(owner: Person) -> None:
    problem = draft_need(owner=owner)
    browser, url = client_of(owner), f"{ROOT}/problems/{problem.uid}/files"
    made = browser.post(url, {"file": SimpleUploadedFile("a.txt", b"abc")}).json()
    answer: Any = browser.get(made["url"])
    assert b"".join(answer.streaming_content) == b"abc"
    assert client_of(person()).get(made["url"]).status_code == 404
    assert client_of(person()).delete(made["url"]).status_code == 404
    assert browser.delete(made["url"]).status_code == 204
    assert browser.get(made["url"]).status_code == 404


def test_terms_are_chosen_accepted_and_asked_again_when_they_change(owner: Person) -> None:
    problem = accepted_need(owner=owner, audience="public")
    path, browser, talent = f"/problems/{problem.uid}/terms", client_of(owner), person()
    assert call(client_of(talent), "POST", path, {"template": "data_use"})[0] == 404
    assert call(browser, "POST", path, {"template": "nothing"})[0] == 403
    first = call(
        browser, "POST", path, {"template": "data_use", "values": {"until": "{purpose} <b>2027</b>"}}
    )[1]
    assert "{purpose} <b>2027</b>" in first["summary_ko"]
    assert (
        call(browser, "POST", path, {"template": "data_use", "values": {"until": "{purpose} <b>2027</b>"}})[1]
        == first
    )
    assert call(Client(), "POST", f"{path}/accept", {"sha256": [first["sha256"]]})[0] == 403
    assert call(client_of(talent), "POST", f"{path}/accept", {"sha256": [first["sha256"]]})[1] == {
        "accepted": 1
    }
    assert call(client_of(talent), "POST", f"{path}/accept", {"sha256": [first["sha256"]]})[1] == {
        "accepted": 0
    }
    second = call(browser, "POST", path, {"template": "data_use", "values": {"until": "2028"}})[1]
    assert second["version"] == 2
    assert second["sha256"] != first["sha256"]
    stale = call(client_of(talent), "POST", f"{path}/accept", {"sha256": [first["sha256"]]})
    assert (stale[0], stale[1]["code"]) == (409, "terms_changed")
    assert TermsAcceptance.objects.count() == 1
    assert [one["sha256"] for one in call(Client(), "GET", path)[1]] == [second["sha256"]]


def test_routes_and_templates_are_open_to_everybody() -> None:
    routes = call(Client(), "GET", "/routes")[1]
    assert [route["key"] for route in routes] == [value for value, _label in Problem.Route.choices]
    assert all(
        low <= high for route in routes for low, high in (route["weeks"], route["cost"], route["days"])
    )
    templates = call(Client(), "GET", "/terms-templates")[1]
    assert {one["kind"] for one in templates} == {"data_use", "confidentiality", "results"}
