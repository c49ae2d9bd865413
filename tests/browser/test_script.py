"""The little script: it asks before what hurts, names the chosen file, and menus close again."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.visit import VARIANTS, open_context

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
EN, PHONE = VARIANTS[1], VARIANTS[3]
FORM = """() => { document.querySelector('main').innerHTML = `
  <form action="/search"><button name="q" value="gone" data-confirm="Really?">Delete</button></form>
  <label class="dropzone"><b>Drop</b><span data-chosen></span><input type="file" multiple></label>` }"""


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Page:
    page = open_context(browser, EN, base=live_server.url, person=None).new_page()
    page.goto("/search")
    page.evaluate(FORM)
    return page


def test_what_hurts_is_asked_once_more(page: Page) -> None:
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("Really?")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert "gone" not in page.url
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, go ahead").click()
    page.wait_for_url("**/search?q=gone")
    page.context.close()


def test_a_chosen_file_is_named_with_its_size(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "predictions.csv"
    file.write_bytes(b"x" * 2_500_000)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-chosen]")).to_have_text("predictions.csv (2.5 MB)")
    page.context.close()


def test_the_menu_on_a_phone_opens_and_escape_closes_it(browser: Browser, live_server: LiveServer) -> None:
    with open_context(browser, PHONE, base=live_server.url, person=None) as context:
        page = context.new_page()
        page.goto("/")
        link = page.locator(".phone").get_by_role("link", name="로그인")
        expect(link).to_be_hidden()
        page.locator(".phone > summary").click()
        expect(link).to_be_visible()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()


def test_back_shows_a_whole_page_after_a_part_was_loaded(browser: Browser, live_server: LiveServer) -> None:
    with open_context(browser, EN, base=live_server.url, person=None) as context:
        page = context.new_page()
        page.goto("/")
        page.evaluate("""() => { const main = document.querySelector('main');
          main.innerHTML = '<a id="go" href="/nowhere" hx-get="/nowhere" hx-target="main" hx-push-url="true">go</a>';
          htmx.process(main) }""")
        page.locator("#go").click()
        page.wait_for_url("**/nowhere")
        expect(page.locator("main h1")).to_have_text("There is nothing here")
        page.goto("/search")
        page.go_back()
        expect(page.locator("header .brand")).to_be_visible()
        expect(page.locator("h1")).to_have_text("There is nothing here")
