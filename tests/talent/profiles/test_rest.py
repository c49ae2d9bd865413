"""REST of evidence, endorsements, profile, consent, looks and data: the same as the pages, and the caller's own alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock
from dure.people.models import Person
from dure.talent.models import Endorsement, Evidence
from dure.talent.profiles.looking import Audience, shown_card
from tests.factories.people import client_of, organisation, person
from tests.factories.talent import SKILL, fact

pytestmark = pytest.mark.django_db
BASE = "/api/v1/me/talent"


@pytest.fixture
def learner() -> Person:
    return person(language="en")


@pytest.fixture
def browser(learner: Person) -> Client:
    return client_of(learner)


def send(browser: Client, path: str, body: dict[str, Any], *, method: str = "post") -> Any:
    found = getattr(browser, method)(path, body, content_type="application/json")
    return found.status_code, found.json()


def until(days: int = 30) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def test_a_stranger_is_told_to_sign_in(client: Client) -> None:
    for path in ("", "/profile", "/consent", "/looks", "/data", "/receipts", "/endorsements", "/preview"):
        assert client.get(f"{BASE}{path}").status_code in (401, 403)


def test_evidence_stands_by_skill_with_its_terms(browser: Client, learner: Person) -> None:
    row = fact(learner, kind="role", title_en="Led it")
    (line,) = browser.get(BASE).json()["items"]
    assert (line["skill"], line["level"], line["number"], line["model_version"]) == (
        SKILL,
        2,
        1,
        "gaussian-1",
    )
    assert line["low"] <= line["mean"] <= line["high"]
    (said,) = line["facts"]
    assert (said["uid"], said["title"], said["weight"]) == (str(row.uid), "Led it", "Raises the level much.")


def test_a_fact_is_hidden_contested_and_decided_on(browser: Client, learner: Person) -> None:
    row = fact(learner, kind="role")
    act = f"{BASE}/evidence/{row.uid}/act"
    assert send(browser, act, {"action": "hide"})[1]["state"] == "hidden"
    status, said = send(browser, act, {"action": "contest"})
    assert (status, said["code"]) == (403, "no_reason")
    assert send(browser, act, {"action": "contest", "reason": "Wrong."})[0] == 200
    desk = client_of(person(roles=["secretariat"]))
    (waiting,) = desk.get("/api/v1/talent/contested").json()["items"]
    assert waiting["reason"] == "Wrong."
    decide = f"/api/v1/talent/contested/{row.uid}/act"
    assert send(desk, decide, {"action": "keep", "reason": "Right."})[1]["state"] == "standing"
    assert browser.get(f"{BASE}/evidence/{row.uid}").json()["answer"] == "Right."
    assert desk.get(f"{BASE}/evidence/{row.uid}").status_code == 404
    assert browser.get("/api/v1/talent/contested").status_code == 403


def test_claims_come_and_go(browser: Client) -> None:
    status, said = send(browser, f"{BASE}/claims", {"skill": SKILL, "level": 3})
    assert (status, said["kind"], said["level"]) == (201, "claim", 3)
    assert send(browser, f"{BASE}/claims", {"skill": SKILL, "level": 5})[0] == 422
    assert send(browser, f"{BASE}/claims", {"skill": "no-such-skill", "level": 1})[0] == 404
    assert browser.delete(f"{BASE}/claims/{said['uid']}").status_code == 204
    assert not Evidence.objects.exists()


def test_an_endorsement_is_asked_for_and_given(browser: Client, learner: Person) -> None:
    verifier = person(audience="public")
    body = {"verifier": str(verifier.uid), "skill": SKILL, "level": 2, "what": "I am married."}
    status, said = send(browser, f"{BASE}/endorsements", body)
    assert (status, [one["code"] for one in said["faults"]]) == (422, ["talent_text_marriage"])
    status, said = send(browser, f"{BASE}/endorsements", body | {"confirmed": True})
    assert (status, said["state"], said["are_colleagues"]) == (201, "asked", False)
    theirs = client_of(verifier)
    assert len(theirs.get(f"{BASE}/endorsements?of=me").json()["items"]) == 1
    act = f"{BASE}/endorsements/{Endorsement.objects.get().uid}/act"
    assert send(theirs, act, {"action": "give", "reason": "Seen."})[1]["answer"] == "Seen."
    assert browser.get(f"{BASE}/endorsements").json()["items"][0]["state"] == "given"
    assert Evidence.objects.get(person=learner).kind == "endorsement"


def test_what_one_looks_for_is_put_and_got(browser: Client) -> None:
    body = {"about_en": "Tables.", "kinds": ["job"], "regions": ["KR-26"], "languages": {"ko": 6}}
    status, said = send(browser, f"{BASE}/profile", body, method="put")
    assert status == 200
    assert browser.get(f"{BASE}/profile").json() == said
    assert (said["regions"], said["languages"]) == (["KR-26"], {"ko": 6})
    status, said = send(browser, f"{BASE}/profile", body | {"regions": ["XX"], "kinds": ["x"]}, method="put")
    assert (status, len(said["faults"])) == (422, 2)


def test_consent_is_previewed_given_looked_at_and_taken_back(browser: Client, learner: Person) -> None:
    firm = organisation()
    fact(learner, kind="role")
    assert browser.get(f"{BASE}/preview").json()["skills"] == []
    assert [one["slug"] for one in browser.get(f"{BASE}/preview?fields=skills").json()["skills"]] == [SKILL]
    body = {"purpose": "be_found", "organisation": firm.slug, "fields": ["skills"], "expires_on": until()}
    status, grant = send(browser, f"{BASE}/consent", body)
    assert (status, grant["organisation"], grant["in_force"]) == (201, firm.slug, True)
    shown_card(learner, Audience(person(), firm, "be_found"))
    (look,) = browser.get(f"{BASE}/looks").json()["items"]
    assert (look["organisation"], look["what"]) == (firm.slug, "skills")
    assert browser.delete(f"{BASE}/consent/{grant['uid']}").status_code == 204
    assert browser.delete(f"{BASE}/consent/{grant['uid']}").status_code == 404
    assert browser.get(f"{BASE}/consent").json()["items"] == []
    assert send(browser, f"{BASE}/consent", body | {"expires_on": until(900)})[0] == 403


def test_it_is_kept_deleted_and_the_receipt_is_a_file(browser: Client, learner: Person) -> None:
    assert browser.get(f"{BASE}/data").json() == {"keep_until": None}
    fact(learner, kind="role")
    assert send(browser, f"{BASE}/data/keep", {})[1] == {"keep_until": until(365)}
    receipt = browser.delete(f"{BASE}/data").json()
    assert receipt["counts"]["evidence"] == 1
    assert browser.delete(f"{BASE}/data").status_code == 204
    assert browser.get(f"{BASE}/receipts").json()["items"] == [receipt]
    assert browser.get(f"{BASE}/receipts/{receipt['uid']}").json()["sha256"] == receipt["sha256"]
