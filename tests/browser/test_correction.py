"""Correcting answers as a host does it: look first, then decide; in every way to look at a page."""

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from pytest_django.live_server_helper import LiveServer

from dure.problems.models import AnswerVersion
from tests.browser.visit import ARTEFACTS, VARIANTS, Variant, open_context, violations
from tests.problems.hosting import making
from tests.problems.hosting.test_fewer_rows import answers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_host_sees_what_would_change_before_it_does(
    variant: Variant, browser: Browser, live_server: LiveServer
) -> None:
    challenge = making.with_teams(2)
    body = answers(200, out=(3, 17), wrong=(9, 10, 11))
    with open_context(browser, variant, base=live_server.url, person=making.host_of(challenge)) as context:
        page = context.new_page()
        page.goto(f"/challenges/{challenge.slug}/manage/versions", wait_until="networkidle")
        page.locator("#answers-note_en").fill("Sensor 3 was broken.")
        page.locator("input[type=file]").set_input_files(FilePayload(name="a.csv", mimeType="", buffer=body))
        page.locator("button[value=look]").click()
        expect(page.locator("#h-correction")).to_be_visible()
        page.screenshot(path=ARTEFACTS / f"correction-{variant.name}.png", full_page=True)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
        assert AnswerVersion.objects.filter(challenge=challenge).count() == 1
        page.locator("button[value=answers]").click()
        expect(page.locator("#h-answers")).to_be_visible()
        assert AnswerVersion.objects.get(challenge=challenge, number=2).dropped == 2
