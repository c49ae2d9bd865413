"""Tokens: scoped, hashed, expiring, revocable, shown once; sessions are protected from other sites."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dure.foundation import clock
from dure.foundation.access import Denied
from dure.people.actions import tokens
from dure.people.models import Person, PersonalAccessToken
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db
LIST = "/api/v1/me/tokens"


def bearer(plain: str) -> dict[str, Any]:
    return {"headers": {"authorization": f"Bearer {plain}"}}


def made(someone: Person, *scopes: str, days: int = 30) -> tokens.NewToken:
    return tokens.create_token(someone, name="laptop", scopes=scopes, days=days)


def test_a_token_acts_as_its_person_and_dies_when_revoked_expired_or_closed() -> None:
    someone = person()
    first, second = made(someone, "read"), made(someone, "read", days=1)
    client = Client()
    assert client.get(LIST, **bearer(first.plain)).json()["count"] == 2
    tokens.revoke_token(someone, first.token.uid)
    refused = client.get(LIST, **bearer(first.plain))
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_token")
    with clock.at(clock.now() + timedelta(days=1, seconds=1)):
        assert client.get(LIST, **bearer(second.plain)).status_code == 401
    assert client.get(LIST, **bearer(second.plain)).status_code == 200
    Person.objects.filter(pk=someone.pk).update(is_active=False)
    assert client.get(LIST, **bearer(second.plain)).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "Basic abc", "dure_x"])
def test_a_wrong_header_is_refused_rather_than_taken_for_a_stranger(header: str) -> None:
    assert Client().get(LIST, headers={"authorization": header}).status_code == 401


def test_reading_needs_any_scope_and_changing_needs_the_named_one() -> None:
    someone, client = person(), Client()
    body = {"name": "ci", "scopes": ["read"], "days": 1}
    for scope, status in (("read", 403), ("submit", 403), ("host", 403), ("admin", 201)):
        key = made(someone, scope).plain
        assert client.get(LIST, **bearer(key)).status_code == 200
        answer = client.post(LIST, body, content_type="application/json", **bearer(key))
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["code"] == "scope"


def test_the_secret_is_shown_once_and_only_its_hash_is_kept() -> None:
    someone = person()
    client = client_of(someone)
    answer = client.post(
        LIST, {"name": "ci", "scopes": ["submit"], "days": 7}, content_type="application/json"
    )
    plain = answer.json()["token"]
    assert plain.startswith("dure_")
    assert plain not in client.get(LIST).content.decode()
    assert not PersonalAccessToken.objects.filter(sha256=plain).exists()
    page = client.post("/me/tokens", {"name": "page", "scopes": ["read"], "days": 7})
    assert page.status_code == 200
    assert "dure_" in page.content.decode()
    shown = page.context["made"].plain
    assert shown not in client.get("/me/tokens").content.decode()


def test_last_use_is_noted_at_most_once_a_minute() -> None:
    someone = person()
    key = made(someone, "read").plain
    start = clock.now()
    seen = []
    for seconds in (0, 30, 61):
        with clock.at(start + timedelta(seconds=seconds)):
            assert Client().get(LIST, **bearer(key)).status_code == 200
        seen.append(PersonalAccessToken.objects.get().last_used_at)
    assert seen == [start, start, start + timedelta(seconds=61)]


def test_nobody_sees_or_ends_another_persons_token() -> None:
    mine = made(person(), "read").token
    other = client_of(person())
    assert other.get(LIST).json()["count"] == 0
    assert other.delete(f"{LIST}/{mine.uid}").status_code == 404
    assert other.post(f"/me/tokens/{mine.uid}/revoke").status_code == 404
    assert client_of(mine.person).post(f"/me/tokens/{mine.uid}/revoke").status_code == 302
    assert PersonalAccessToken.objects.get().revoked_at is not None


def test_a_session_needs_our_own_page_to_change_something() -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(person())
    body = {"name": "ci", "scopes": ["read"], "days": 1}
    answer = guarded.post(LIST, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    guarded.get("/me/tokens")
    secret = guarded.cookies["csrftoken"].value
    answer = guarded.post(LIST, body, content_type="application/json", headers={"x-csrftoken": secret})
    assert answer.status_code == 201


def test_a_stranger_is_told_to_sign_in() -> None:
    answer = Client().get(LIST)
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in")
    assert Client().get("/me/tokens").status_code == 403


@pytest.mark.parametrize(
    ("name", "scopes", "days", "reason"),
    [
        (" ", ["read"], 5, "name_needed"),
        ("x", [], 5, "scope_needed"),
        ("x", ["root"], 5, "scope_needed"),
        ("x", ["read"], 0, "bad_expiry"),
        ("x", ["read"], 366, "bad_expiry"),
    ],
)
def test_a_bad_wish_is_refused_with_its_reason(name: str, scopes: list[str], days: int, reason: str) -> None:
    with pytest.raises(Denied, match=reason):
        tokens.create_token(person(), name=name, scopes=scopes, days=days)


def test_there_is_a_bound_on_live_tokens() -> None:
    someone = person()
    keys = [made(someone, "read") for _ in range(tokens.MAX_LIVE)]
    with pytest.raises(Denied, match="too_many_tokens"):
        made(someone, "read")
    tokens.revoke_token(someone, keys[0].token.uid)
    assert made(someone, "read").token.is_live
