"""Every listed page in Korean, English, dark and on a phone: no violation, no error, no sideways scrolling, within its bytes."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.cases import Case, all_cases
from tests.browser.visit import VARIANTS, open_context, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_page_keeps_its_promises(case: Case, browser: Browser, live_server: LiveServer) -> None:
    url, person = case.prepare()
    for variant in VARIANTS:
        with open_context(browser, variant, base=live_server.url, person=person) as context:
            page = visit(context, url, name=f"{case.name}-{variant.name}", status=case.status)
            assert page.locator("html").get_attribute("lang") == variant.language
