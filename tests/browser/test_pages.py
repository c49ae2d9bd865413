"""Every listed page in Korean, English, dark and on a phone: no violation, no error, no sideways scrolling, within its bytes."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.cases import Case, all_cases
from tests.browser.visit import visit_all

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_page_keeps_its_promises(case: Case, browser: Browser, live_server: LiveServer) -> None:
    url, person = case.prepare()
    visit_all(browser, base=live_server.url, person=person, paths=[url], name=case.name, status=case.status)
