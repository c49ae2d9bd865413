"""Pages of credentials in all the ways to look at them: valid, revoked, the transcript, and the verifier with its answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.foundation import workflow
from dure.people.models import Person
from tests.browser.visit import ARTEFACTS, VARIANTS, open_context, violations, visit, visit_all
from tests.factories.credentials import awarded
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def own(holder: Person) -> str:
    return f"/badges/{awarded(holder).uid}"


def revoked(holder: Person) -> str:
    made = awarded(holder)
    workflow.perform(made, "revoke", by=person(roles=["secretariat"]), data={"reason": "Copied."})
    return f"/badges/{made.uid}"


def transcript(holder: Person) -> str:
    awarded(holder)
    return "/me/transcript"


def empty(_: Person) -> str:
    return "/me/transcript"


def verifier(_: Person) -> str:
    return "/badges/verify"


@pytest.mark.parametrize("state", [own, revoked, transcript, empty, verifier], ids=lambda one: one.__name__)
def test_pages_of_credentials_keep_their_promises(
    state: Callable[[Person], str], browser: Browser, live_server: LiveServer
) -> None:
    holder = person()
    path = state(holder)
    visit_all(browser, base=live_server.url, person=holder, paths=[path], name=f"credential-{state.__name__}")


def test_a_token_is_pasted_and_answered(browser: Browser, live_server: LiveServer) -> None:
    made = awarded(person(name_ko="김하늘", name_en="Haneul Kim"))
    for variant in VARIANTS:
        with open_context(browser, variant, base=live_server.url, person=None) as context:
            page = visit(context, "/badges/verify", name=f"credential-asked-{variant.name}")
            page.locator("textarea[name=credential]").fill(made.token)
            page.locator("main form button").click()
            page.get_by_text("김하늘 · Haneul Kim").wait_for()
            page.screenshot(path=ARTEFACTS / f"credential-answer-{variant.name}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
            assert violations(page) == []
