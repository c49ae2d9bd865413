"""SAML with signed responses against a served installation: `DURE_SAML` is read at start, so nothing less shows it."""

import base64
import datetime as dt
import email
import json
import re
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import httpx
import pytest

from tests.cli.identity_provider import Asked, IdentityProvider
from tests.cli.serving import serving
from tests.cli.waiting import until_still

FAR = {
    "provider_id": "https://far.example",
    "name": "Far",
    "client_id": "far",
    "settings": {"idp": {"entity_id": "https://far.example", "metadata_url": "http://127.0.0.1:9/metadata"}},
}
BASE = "/account/saml/campus"
Browser = Iterator[httpx.Client]


@pytest.fixture(scope="module")
def idp() -> IdentityProvider:
    return IdentityProvider()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saml") / "data"


@pytest.fixture(scope="module")
def address(idp: IdentityProvider, folder: Path) -> Iterator[str]:
    with serving(folder, DURE_SAML=json.dumps([*idp.settings(), FAR])) as served:
        yield served.url


@pytest.fixture
def browser(address: str) -> Browser:
    with httpx.Client(base_url=address, timeout=60, headers={"Accept-Language": "en"}) as client:
        yield client


def sent_away(browser: httpx.Client, name: str = "campus") -> httpx.Response:
    """Press the provider's button as the sign-in page has it."""
    browser.get("/account/login/").raise_for_status()
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    return browser.post(f"/account/saml/{name}/login/", data=form)


def asked(browser: httpx.Client) -> Asked:
    return Asked.of(sent_away(browser).headers["Location"])


def came_back(browser: httpx.Client, response: str) -> httpx.Response:
    return browser.post(f"{BASE}/acs/", data={"SAMLResponse": response}, follow_redirects=True)


def is_in(browser: httpx.Client) -> bool:
    return browser.get("/account/email/").status_code == 200


def letter_link(folder: Path) -> str:
    """The path in the newest letter, which lies as a file where no mail server is set."""
    letters = folder / "mail"
    until_still(lambda: any(letters.glob("*.log")), lambda: None)
    newest = max(letters.glob("*.log"), key=lambda path: path.stat().st_mtime)
    body = email.message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://[^/]+(/account/confirm-email/\S+)", body.get_content())
    assert found, body.get_content()
    return found[1]


def test_the_sign_in_page_has_the_button_and_the_metadata_names_us(browser: httpx.Client) -> None:
    assert "Campus" in browser.get("/account/login/").text
    metadata = browser.get(f"{BASE}/metadata/")
    assert metadata.status_code == 200
    assert f"{BASE}/acs/" in metadata.text


def test_a_signed_answer_makes_an_account_whose_address_is_proved_and_the_next_one_opens_it(
    idp: IdentityProvider, browser: httpx.Client, folder: Path
) -> None:
    came_back(browser, idp.response(asked(browser), mail="jieun@campus.example"))
    assert not is_in(browser)  # nobody has shown yet that this address is hers
    path = letter_link(folder)
    page = browser.get(path)
    assert "jieun@campus.example" in page.text
    browser.post(path, data={"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
    browser.cookies.clear()
    came_back(browser, idp.response(asked(browser), mail="jieun@campus.example"))
    assert is_in(browser)


Wrong = Callable[[IdentityProvider, Asked], str]
WRONG: dict[str, Wrong] = {
    "another's signature": lambda _idp, request: IdentityProvider().response(request, mail="a@b.example"),
    "no signature": lambda idp, request: idp.response(request, mail="a@b.example", sign=False),
    "changed after signing": lambda idp, request: changed(idp.response(request, mail="a@b.example")),
    "too late": lambda idp, request: idp.response(
        request, mail="a@b.example", until=dt.timedelta(minutes=-7)
    ),
    "for another site": lambda idp, request: idp.response(
        Asked(request.id, request.answer_to, "https://other.example"), mail="a@b.example"
    ),
    "not asked for": lambda idp, request: idp.response(
        Asked("_never", request.answer_to, request.audience), mail="a@b.example"
    ),
    "no XML": lambda _idp, _request: base64.b64encode(b"<never closed").decode(),
    "no base64": lambda _idp, _request: "§§§",
    "a file of this machine": lambda idp, request: entity(idp.response(request, mail="a@b.example")),
}


def changed(response: str) -> str:
    words = base64.b64decode(response)
    assert b"a@b.example" in words
    return base64.b64encode(words.replace(b"a@b.example", b"x@y.example")).decode()


def entity(response: str) -> str:
    words = base64.b64decode(response).replace(b"a@b.example", b"&file;")
    doctype = b'<!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    return base64.b64encode(doctype + words).decode()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_answer_is_a_page_that_says_no(
    idp: IdentityProvider, browser: httpx.Client, folder: Path, wrong: str
) -> None:
    letters = len(list((folder / "mail").glob("*.log")))
    page = came_back(browser, WRONG[wrong](idp, asked(browser)))
    assert page.status_code in {200, 401, 403}
    assert "<h1" in page.text
    assert not is_in(browser)
    assert len(list((folder / "mail").glob("*.log"))) == letters


def test_an_answer_opens_once(idp: IdentityProvider, browser: httpx.Client) -> None:
    response = idp.response(asked(browser), mail="jieun@campus.example")
    came_back(browser, response)
    assert is_in(browser)
    browser.cookies.clear()
    came_back(browser, response)
    assert not is_in(browser)


def test_a_provider_that_is_away_is_a_page_that_says_so(browser: httpx.Client) -> None:
    page = sent_away(browser, "far")
    assert page.status_code == 503
    assert "<h1" in page.text
