"""The trail takes new entries only, of every kind of data, and never a secret."""

import math
from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import RequestFactory, override_settings

from dure.foundation import audit
from dure.foundation.access import STRANGER, SYSTEM
from dure.foundation.middleware import client_address
from dure.foundation.models import AuditEntry
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db


def written(**detail: object) -> AuditEntry:
    audit.write(by=SYSTEM, action="test.done", detail=detail)
    return AuditEntry.objects.filter(action="test.done")[0]


def test_an_entry_can_be_written_but_neither_changed_nor_deleted() -> None:
    entry = written(password="x", n=1)
    assert entry.detail == {"n": 1}
    for change in (lambda: AuditEntry.objects.update(action="other"), entry.delete):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()


def test_secrets_are_dropped_by_name_in_any_case_and_depth() -> None:
    nested = {"clientSecret": "s", "ok": [{"API_KEY": "k", "id": 3}]}
    entry = written(Password="x", access_token="t", settings=nested)
    assert entry.detail == {"settings": {"ok": [{"id": 3}]}}


def test_what_json_or_postgresql_cannot_hold_is_written_readably() -> None:
    uid = uuid4()
    entry = written(
        nan=math.nan,
        inf=-math.inf,
        text="a\x00b\ud800",
        day=date(2026, 1, 2),
        uid=uid,
        many=range(3),
        set={1},
    )
    said = entry.detail
    assert (said["nan"], said["inf"], said["text"]) == (
        "nan",
        "-inf",
        "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}",
    )
    assert (said["day"], said["uid"], said["set"]) == ("2026-01-02", str(uid), [1])


def test_long_texts_are_cut_and_objects_stand_by_their_identifier() -> None:
    someone = person()
    entry = written(text="x" * 10_000, who=someone)
    assert len(entry.detail["text"]) == 500
    assert entry.detail["who"] == str(someone.uid)


def test_who_and_from_where_are_kept() -> None:
    someone = person()
    with audit.origin("192.0.2.7"):
        audit.write(by=someone, action="test.who", obj=someone)
    audit.write(by=STRANGER, action="test.nobody")
    known, nobody = AuditEntry.objects.get(action="test.who"), AuditEntry.objects.get(action="test.nobody")
    assert (known.actor, known.actor_name, known.origin) == (someone, "", "192.0.2.7")
    assert (known.entity, known.uid) == ("people.Person", someone.uid)
    assert (nobody.actor, nobody.actor_name, nobody.origin) == (None, "stranger", "")


def test_a_request_leaves_its_address_behind() -> None:
    someone = person()
    client_of(someone).get("/me/export", REMOTE_ADDR="198.51.100.4")
    assert AuditEntry.objects.get(action="person.exported").origin == "198.51.100.4"


@pytest.mark.parametrize(("trusted", "seen"), [(True, "203.0.113.9"), (False, "10.0.0.1")])
def test_a_proxys_word_counts_only_when_trusted_and_only_its_own(*, trusted: bool, seen: str) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "1.1.1.1, 203.0.113.9"}
    )
    with override_settings(TRUST_PROXY=trusted):
        assert client_address(request) == seen
