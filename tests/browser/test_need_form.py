"""The guided form keeps what is written without a button, and the triage desk finds needs as one types."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from dure.problems.models import Problem
from tests.browser.cases import needs
from tests.browser.visit import VARIANTS, open_context

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_form_saves_as_one_goes(browser: Browser, live_server: LiveServer) -> None:
    url, owner = needs._edit_empty()
    Problem.objects.update(saved_at="2026-01-01T00:00:00Z")
    with open_context(browser, VARIANTS[0], base=live_server.url, person=owner) as context:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        assert "2026-01-01" in page.locator("#saved").inner_text()
        page.locator("[name=hurts_ko]").fill("하루 300개가 불량입니다.")
        with page.expect_response(lambda answer: "sensitivity=personal" in (answer.request.post_data or "")):
            page.locator("[name=sensitivity][value=personal]").check()
        expect(page.locator("#saved")).not_to_contain_text("2026-01-01")
        problem = Problem.objects.get()
        assert (problem.hurts_ko, problem.sensitivity, problem.state) == (
            "하루 300개가 불량입니다.",
            "personal",
            "draft",
        )
        assert page.url.endswith(url)


def test_the_desk_finds_needs_as_one_types(browser: Browser, live_server: LiveServer) -> None:
    url, secretary = needs._triaged()
    with open_context(browser, VARIANTS[0], base=live_server.url, person=secretary) as context:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        expect(page.locator("#similar")).to_contain_text("압출기 소음으로 고장 찾기")
        page.locator("#like").press_sequentially("없는말")
        expect(page.locator("#similar")).not_to_contain_text("압출기 소음으로 고장 찾기")
