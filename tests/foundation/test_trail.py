"""The audit trail is read by auditors and the secretariat, on the page, as CSV and over REST."""

import pytest
from django.test import Client

from dure.foundation import audit
from dure.foundation.access import Role
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db
WAYS = ("/audit", "/audit.csv", "/api/v1/audit")


@pytest.mark.parametrize("path", WAYS)
def test_auditors_read_it_and_others_are_told_why_not(path: str) -> None:
    who = person(name_ko="홍길동")
    audit.write(by=who, action="test.done", obj=who, detail={"n": "=1+1"})
    for role in (Role.AUDITOR, Role.SECRETARIAT):
        page = client_of(person(roles=[role])).get(path)
        assert page.status_code == 200
        assert "test.done" in page.content.decode()
    for client in (Client(), client_of(person()), client_of(person(roles=[Role.OPERATOR]))):
        assert client.get(path).status_code == 403


def test_it_is_found_by_action_and_object_and_nonsense_finds_nothing() -> None:
    who = person()
    audit.write(by=who, action="test.done", obj=who)
    audit.write(by=who, action="other.done")
    client = client_of(person(roles=[Role.AUDITOR]))
    assert client.get("/api/v1/audit?action=test.").json()["count"] == 1
    assert client.get(f"/api/v1/audit?uid={who.uid}&action=test").json()["count"] == 1
    assert client.get("/api/v1/audit?uid=nonsense").json()["count"] == 0


def test_the_export_runs_no_formula() -> None:
    audit.write(by=person(name_ko="=HYPERLINK(1)", name_en=""), action="test.done")
    body = client_of(person(roles=[Role.AUDITOR])).get("/audit.csv").content.decode()
    assert "'=HYPERLINK" in body
