"""Passkeys as people use them: Chromium with a virtual authenticator makes one, and later signs in with nothing else."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from dure.people.models import Person
from tests.browser.visit import ARTEFACTS, VARIANTS, open_context, violations
from tests.factories.people import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = VARIANTS[3]
KEYS = "/account/2fa/webauthn/"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def owner() -> Person:
    cache.clear()
    someone = person(password=PASSWORD)
    EmailAddress.objects.create(user=someone, email=someone.email or "", verified=True, primary=True)
    return someone


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A stranger's telephone, in Korean. A passkey belongs to a name, so the server is `localhost`."""
    base = live_server.url.replace("127.0.0.1", "localhost")
    with open_context(browser, PHONE, base=base, person=None) as context:
        yield context.new_page()


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A fingerprint reader that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, str(made["authenticatorId"])


def picture(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"passkey-{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert violations(page) == []


def sign_in_with_password(page: Page, someone: Person) -> None:
    page.goto("/account/login/")
    picture(page, "login")
    page.locator("input[name=login]").fill(someone.email or "")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def add_passkey(page: Page) -> None:
    page.goto(f"{KEYS}add/")
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button").click()
    picture(page, "add")
    page.locator("input[name=name]").fill("내 휴대전화")
    expect(page.get_by_label("이 키만으로 로그인")).to_be_checked()
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(f"{KEYS}add/")


def test_a_passkey_is_made_and_then_opens_the_account_alone(page: Page, owner: Person) -> None:
    session, device = authenticator(page)
    sign_in_with_password(page, owner)
    add_passkey(page)
    page.goto(KEYS)
    picture(page, "list")
    expect(page.locator("main")).to_contain_text("내 휴대전화")
    stored = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [(key["rpId"], key["isResidentCredential"]) for key in stored] == [("localhost", True)]
    page.context.clear_cookies(name="sessionid")
    page.goto("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto("/me")
    expect(page.locator("[name=name_ko]")).to_have_value(owner.name_ko)
    used = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert used[0]["signCount"] > stored[0]["signCount"]


def test_a_passkey_that_was_removed_opens_nothing(page: Page, owner: Person) -> None:
    authenticator(page)
    sign_in_with_password(page, owner)
    add_passkey(page)
    Authenticator.objects.filter(user=owner).delete()
    page.context.clear_cookies(name="sessionid")
    page.goto("/account/login/")
    page.locator("#passkey_login").click()
    expect(page.get_by_role("status").filter(has_text="패스키나 코드를 확인하지 못했습니다")).to_be_visible()
    picture(page, "refused")
    page.goto("/me")
    expect(page.locator("[name=name_ko]")).to_have_count(0)
