"""The secretariat verifies organisations on a page of its own and over REST."""

import json
from typing import Any

import pytest
from django.test import Client

from dure.foundation.models import AuditEntry
from dure.talent.models import Opening, VerifiedOrganisation
from tests.factories import openings, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return people.client_of(people.person(roles=["secretariat"], language="en"))


def test_it_names_the_papers_and_takes_it_back_with_a_reason(desk: Client) -> None:
    made = openings.opening(is_open=False)
    firm = made.organisation
    assert "openings wait" in desk.get("/openings/verified").content.decode()
    url = f"/openings/verified/{firm.uid}"
    assert desk.post(url, {"papers": " "}).status_code == 422
    desk.post(url, {"papers": "certificate of 2026"})
    assert VerifiedOrganisation.objects.get().papers == "certificate of 2026"
    assert "certificate of 2026" in desk.get(url).content.decode()
    desk.post(f"/openings/{made.uid}/act", {"action": "open"})
    assert desk.post(url, {"reason": ""}).status_code == 422
    page = desk.post(url, {"reason": "It closed down."}, follow=True).content.decode()
    assert "Taken back; 1 opening closed." in page
    assert Opening.objects.get().state == "closed"
    assert not VerifiedOrganisation.objects.exists()
    done = AuditEntry.objects.filter(action__contains="verified_for_openings").values_list(
        "action", flat=True
    )
    assert set(done) == {"organisation.verified_for_openings", "organisation.unverified_for_openings"}


def test_over_rest_as_on_the_page(desk: Client) -> None:
    firm = openings.opening(is_open=False).organisation

    def sent(**body: str) -> Any:
        url = f"/api/v1/openings/verified/{firm.uid}"
        return desk.post(url, json.dumps(body), content_type="application/json")

    rows = desk.get("/api/v1/openings/verified").json()["items"]
    assert rows[0] | {"uid": ""} == {
        "uid": "",
        "organisation": firm.slug,
        "is_verified": False,
        "papers": "",
        "verified_at": None,
        "waits": True,
    }
    assert sent(action="verify").json()["code"] == "no_papers"
    assert sent(action="verify", papers="seen").json() == {"is_verified": True, "closed": 0}
    assert sent(action="take_back").json()["code"] == "no_reason"
    assert sent(action="take_back", reason="Over.").json() == {"is_verified": False, "closed": 0}


def test_nobody_else_sees_the_page() -> None:
    firm = people.organisation()
    browser = people.client_of(openings.speaker(firm))
    for url in ("/openings/verified", f"/openings/verified/{firm.uid}", "/api/v1/openings/verified"):
        assert browser.get(url).status_code == 403
        assert Client().get(url).status_code in (401, 403)
    assert browser.post(f"/openings/verified/{firm.uid}", {"papers": "mine"}).status_code == 403
    assert not VerifiedOrganisation.objects.exists()
