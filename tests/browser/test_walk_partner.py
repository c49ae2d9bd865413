"""A partner abroad signs, in English: reads the text, sees which language decides, approves its hash, proves who signs, signs."""

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from dure.alliance.models import Agreement
from dure.foundation import workflow
from tests.browser.traveller import Traveller
from tests.factories import agreements, people

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ADDRESS = "vera@willowmere.example"


@pytest.fixture
def made() -> Agreement:
    """With the parties; the one at home has approved already. English decides."""
    home, abroad = people.organisation(), people.organisation(name_ko="", name_en="Willowmere University")
    found = agreements.circulated(home, abroad, authoritative="en")
    vera = people.signing_in(ADDRESS, name_ko="", name_en="Vera Ash")
    people.member(vera, abroad, "representative")
    data = {"sha256": found.revision.sha256}
    return workflow.perform(found, "approve", by=agreements.representative_of(home), data=data)


def test_a_partner_abroad_signs(browser: Browser, live_server: LiveServer, made: Agreement) -> None:
    with Traveller(browser, live_server.url, language="en") as vera:
        _come_in(vera, made)
        _read_and_approve(vera, made)
        workflow.perform(made, "open_signing", by=agreements.secretary())
        _sign(vera, made)
        _take_the_text_along(vera, made)


def _come_in(vera: Traveller, made: Agreement) -> None:
    """By the link in her mail: a stranger sees nothing there, signs in, and stands before it."""
    vera.page.goto(f"/agreements/{made.uid}")
    assert "There is nothing here" in vera.words()
    vera.follow("Sign in", within="main")
    vera.fill(login=ADDRESS, password=people.PASSWORD)
    vera.press("Sign In")
    vera.page.get_by_role("heading", name=made.title_en).wait_for()
    vera.seen.errors.clear()


def _read_and_approve(vera: Traveller, made: Agreement) -> None:
    vera.look("partner-agreement")
    for words in ("English decides", "They do research together.", made.revision.sha256):
        assert words in vera.page.locator("body").inner_text()
    vera.page.get_by_text("Approve this revision", exact=True).first.click()
    vera.tick("has_read")
    vera.press("Approve this revision")
    assert "Approved for your organisation." in vera.page.locator("body").inner_text()


def _sign(vera: Traveller, made: Agreement) -> None:
    """A wrong password signs nothing and loses nothing: the right one leads on to the signature."""
    vera.page.reload()
    vera.page.get_by_role("link", name="Sign Willowmere University").click()
    vera.look("partner-sign")
    vera.follow("Prove who I am")
    vera.fill(password="not my password")
    vera.press("Confirm")
    vera.look("partner-wrong", refused=True)
    assert "Incorrect password." in vera.words()
    assert not made.revision.signatures.exists()
    vera.fill(password=people.PASSWORD)
    vera.press("Confirm")
    vera.tick("here-is_meant")
    vera.press("Sign")
    vera.look("partner-signed")
    body = vera.page.locator("body").inner_text()
    assert "Signed. The page shows who else has signed." in body
    assert "Vera Ash" in vera.page.get_by_role("row", name="Willowmere University").inner_text()
    assert "Being signed" in body


def _take_the_text_along(vera: Traveller, made: Agreement) -> None:
    with vera.page.expect_download() as coming:
        vera.page.get_by_role("link", name="PDF, English first").click()
    text = " ".join(page.extract_text() for page in PdfReader(coming.value.path()).pages)
    for words in ("Memorandum on joint research", "They do research together.", made.revision.sha256[:16]):
        assert words in text, words
