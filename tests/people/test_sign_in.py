"""Ways in: password with checks and limits, verified e-mail, passkeys, OpenID Connect, SAML as an extra, invitation only."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from dure.people.actions.consents import latest_texts
from dure.people.models import Consent, Person
from dure.settings import env
from tests.factories.people import PASSWORD, client_of, person
from tests.people import provider as oidc

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP = "/account/login/", "/account/signup/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Limits live in the cache, which lives in the database: each test starts with none used."""
    cache.clear()
    yield
    cache.clear()


def form(**fields: Any) -> dict[str, Any]:
    agreed = {f"agree_{text.key}_{text.version}": "on" for text in latest_texts()}
    return {
        "email": "new@example.org",
        "name_ko": "새사람",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **agreed,
        **fields,
    }


def with_password(email: str) -> Person:
    someone = person(email, password=PASSWORD)
    EmailAddress.objects.create(user=someone, email=email, verified=True, primary=True)
    return someone


def signed_in_as(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def test_an_address_must_be_verified_before_it_opens_anything() -> None:
    client = Client()
    assert client.post(SIGNUP, form()).status_code == 302
    assert not signed_in_as(client)
    made = Person.objects.get(email="new@example.org")
    client.post(LOGIN, {"login": "new@example.org", "password": PASSWORD})
    assert not signed_in_as(client)
    link = re.search(r"/account/confirm-email/\S+", str(mail.outbox[0].body))
    assert link
    client.post(link.group(0))
    fresh = Client()
    fresh.post(LOGIN, {"login": "new@example.org", "password": PASSWORD})
    assert signed_in_as(fresh) == str(made.pk)
    assert Consent.objects.filter(person=made).count() == 2


def test_sign_up_asks_for_a_name_and_a_yes_to_both_texts() -> None:
    missing = form(name_ko="")
    missing.pop("agree_privacy_1")
    shown = Client().post(SIGNUP, missing)
    assert shown.status_code == 200
    assert set(shown.context["form"].errors) == {"name_ko", "agree_privacy_1"}
    assert not Person.objects.exists()


@pytest.mark.parametrize("weak", ["short-1", "password1234", "1029384756473", "new@example.org"])
def test_weak_passwords_are_refused(weak: str) -> None:
    shown = Client().post(SIGNUP, form(password1=weak, password2=weak))
    assert shown.status_code == 200
    assert "password1" in shown.context["form"].errors
    assert not Person.objects.exists()


def test_nobody_learns_by_signing_up_whether_an_address_is_known() -> None:
    with_password("known@example.org")
    known = Client().post(SIGNUP, form(email="known@example.org"))
    fresh = Client().post(SIGNUP, form(email="fresh@example.org"))
    assert (known.status_code, known.headers["Location"]) == (fresh.status_code, fresh.headers["Location"])


def test_after_five_wrong_passwords_even_the_right_one_waits() -> None:
    someone, client = with_password("a@example.org"), Client()
    for _ in range(5):
        client.post(LOGIN, {"login": "a@example.org", "password": "wrong"})
    client.post(LOGIN, {"login": "a@example.org", "password": PASSWORD})
    assert not signed_in_as(client)
    cache.clear()
    client.post(LOGIN, {"login": "a@example.org", "password": PASSWORD})
    assert signed_in_as(client) == str(someone.pk)


def test_an_address_that_knocks_too_often_gets_429() -> None:
    client = Client()
    answers = [
        client.post(LOGIN, {"login": f"{number}@example.org", "password": "x"}).status_code
        for number in range(31)
    ]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_an_imported_account_sets_its_first_password_by_mail() -> None:
    someone = person("imported@example.org")
    client = Client()
    client.post("/account/password/reset/", {"email": "imported@example.org"})
    link = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    there = client.get(link.group(0)).headers["Location"]
    client.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    someone.refresh_from_db()
    assert someone.check_password(PASSWORD)


def test_passkey_pages_open_and_signing_in_with_one_is_offered() -> None:
    someone = with_password("a@example.org")
    client = client_of(someone)
    assert client.get("/account/2fa/").status_code == 200
    asked = client.get("/account/2fa/webauthn/add/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/webauthn/add/")
    assert page.status_code == 200
    assert "challenge" in page.content.decode()
    login_page = Client().get(LOGIN).content.decode()
    assert "passkey" in login_page.lower()
    options = Client().get("/account/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
    assert "challenge" in options.content.decode()


def test_invitation_only_closes_sign_up_to_everybody_else(settings: Any) -> None:
    settings.INVITATION_ONLY = True
    assert Client().post(SIGNUP, form()).status_code == 200
    assert not Person.objects.exists()
    client = Client()
    with oidc.running(sub="1", email="x@campus.example", email_verified=True) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        through_provider(client)
    assert not signed_in_as(client)
    assert not Person.objects.exists()


def through_provider(client: Client) -> Any:
    """Press the button, be sent away, come back with a code."""
    away = client.post("/account/oidc/campus/login/").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "c", "state": asked["state"][0]}
    return client.get("/account/oidc/campus/login/callback/", back)


def test_a_provider_signs_in_with_the_address_it_vouches_for(settings: Any) -> None:
    claims = {"sub": "u-1", "email": "Lee@campus.example", "email_verified": True, "name": "이순신"}
    with oidc.running(**claims) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
        shown = Client().get(LOGIN)
        assert "Campus Login" in shown.content.decode()
        assert "form-action 'self' https:" in shown.headers["Content-Security-Policy"]
        assert "https:" not in Client().get("/").headers["Content-Security-Policy"]
        first, second = Client(), Client()
        through_provider(first)
        made = Person.objects.get(email="lee@campus.example")
        assert (made.name_ko, signed_in_as(first)) == ("이순신", str(made.pk))
        assert first.get("/people").headers["Location"].startswith("/me/consents")
        through_provider(second)
        assert signed_in_as(second) == str(made.pk)
        assert provider.asked[0]["code_verifier"]
    assert Person.objects.count() == 1


def test_an_address_the_provider_does_not_vouch_for_opens_no_account(settings: Any) -> None:
    someone = with_password("a@example.org")
    for vouched in (False, True):
        client = Client()
        with oidc.running(sub="evil", email="a@example.org", email_verified=vouched) as provider:
            settings.SOCIALACCOUNT_PROVIDERS = oidc.settings_for(provider)
            through_provider(client)
        assert signed_in_as(client) != str(someone.pk)


def test_saml_without_its_extra_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.saml() == []
    monkeypatch.setenv("DURE_SAML", '[{"provider_id": "idp"}]')
    monkeypatch.setattr(env, "find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match="saml extra is not installed"):
        env.saml()
    monkeypatch.setattr(env, "find_spec", lambda name: name)
    assert env.saml() == [{"provider_id": "idp"}]


@pytest.mark.parametrize("wrong", ["{", '{"a": 1}', "[1]"])
def test_a_provider_setting_that_is_no_list_names_itself(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DURE_OIDC", wrong)
    with pytest.raises(ImproperlyConfigured, match="DURE_OIDC"):
        env.json_list("DURE_OIDC")
