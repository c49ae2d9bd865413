"""What an OpenID Connect provider may say wrongly, and what people read then: a page that says no, never a broken one."""

import time
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client

from dure.people.models import Person
from tests.people import provider as oidc
from tests.people.provider import CLIENT, Provider

pytestmark = pytest.mark.django_db
CLAIMS = {"sub": "u-1", "email": "lee@campus.example", "email_verified": True}
REAL = Provider.answer


def asked(client: Client) -> str:
    """Press the button; returns the state the provider was given."""
    away = client.post("/account/oidc/campus/login/").headers["Location"]
    return parse_qs(urlsplit(away).query)["state"][0]


def back(client: Client, **query: str) -> Any:
    return client.get("/account/oidc/campus/login/callback/", {"code": "c", **query})


def signed(provider: Provider, **claims: Any) -> dict[str, Any]:
    about = {"iss": provider.address, "aud": CLIENT["client_id"], "exp": int(time.time()) + 60}
    token = jwt.encode({**about, **CLAIMS, **claims}, CLIENT["secret"], algorithm="HS256")
    return {"access_token": "at", "token_type": "Bearer", "expires_in": 60, "id_token": token}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def refused(client: Client, answer: Any) -> bool:
    """A whole page with words, nobody signed in, no account made."""
    is_page = answer.status_code in {200, 401, 403} and "<h1" in answer.content.decode()
    return is_page and "_auth_user_id" not in client.session and not Person.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1_000_000_000}],
    ids=["audience", "issuer", "expired"],
)
def test_a_token_that_is_not_for_us_now_opens_nothing(wrong: dict[str, Any], settings: Any) -> None:
    def answer(self: Provider, path: str) -> dict[str, Any]:
        return signed(self, **wrong) if path == "/token" else REAL(self, path)

    client = Client(raise_request_exception=False)
    with oidc.running(**CLAIMS) as provider, patch.object(Provider, "answer", answer):
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        assert refused(client, back(client, state=asked(client)))


@pytest.mark.parametrize(
    "broken",
    [
        {"/token": {"error": "invalid_grant"}},
        {"/token": {"access_token": "at", "token_type": "Bearer", "id_token": "no.token.atall"}},
        {"/token": {}},
    ],
    ids=["error", "no token", "nothing"],
)
def test_a_provider_that_talks_nonsense_is_told_of_on_a_page(broken: dict[str, Any], settings: Any) -> None:
    def answer(self: Provider, path: str) -> dict[str, Any]:
        said: dict[str, Any] = broken.get(path) or ({} if path in broken else REAL(self, path))
        return said

    client = Client(raise_request_exception=False)
    with oidc.running(**CLAIMS) as provider, patch.object(Provider, "answer", answer):
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        assert refused(client, back(client, state=asked(client)))


def test_a_state_that_is_not_ours_or_was_used_opens_nothing(settings: Any) -> None:
    client, thief = Client(raise_request_exception=False), Client(raise_request_exception=False)
    with oidc.running(**CLAIMS) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        state = asked(client)
        assert refused(thief, back(thief, state=state))
        assert refused(client, back(client, state="made-up"))
        assert refused(client, back(client))
        assert provider.asked == []


def test_a_person_who_says_no_at_the_provider_reads_that_nothing_happened(settings: Any) -> None:
    client = Client(raise_request_exception=False)
    with oidc.running(**CLAIMS) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        answer = client.get(
            "/account/oidc/campus/login/callback/", {"error": "access_denied", "state": asked(client)}
        )
        shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        assert refused(client, shown)


def test_a_provider_that_is_away_is_told_of_on_a_page(settings: Any) -> None:
    client = Client(raise_request_exception=False)
    with oidc.running(**CLAIMS) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        state = asked(client)
    for answer in (client.post("/account/oidc/campus/login/"), back(client, state=state)):
        assert "<h1" in answer.content.decode()
        assert answer.status_code in {200, 401, 503}
    assert "_auth_user_id" not in client.session
