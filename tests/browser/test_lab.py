"""A lab as people use it: Chromium opens it from Dure's own page, runs a cell, and finds its work again after the lab ended."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dure.cli.labs import are_here
from dure.engines.sandbox import LEAST_LEVEL, protection
from tests.browser.visit import ARTEFACTS
from tests.farm.labs.site import Site, labs_site

pytestmark = [pytest.mark.browser, pytest.mark.labs, pytest.mark.sandbox, pytest.mark.slow]
START_MS, STEP_MS = 180_000, 60_000
"""How long the first start of a lab may take, and any single step in it. Nothing here waits without an end."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    if not are_here() or protection().level < LEAST_LEVEL:
        pytest.skip("labs need their packages and a sandbox: ./dure test --install")
    folder = Path(tempfile.mkdtemp(prefix="dure-lab-seen-"))
    try:
        with labs_site(folder / "data", "ann") as served:
            yield served
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """Ann's window, signed in to Dure."""
    context = browser.new_context(base_url=site.served.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(STEP_MS)
    with context:
        window = context.new_page()
        window.goto(site.link("ann"))
        window.locator("main form button").first.click()
        window.wait_for_url(lambda url: "/login" not in url and "/enter" not in url)
        yield window
        picture(window, "end")


def run_cell(page: Page, code: str) -> None:
    """Type into the notebook's last cell, once its kernel is there, and run it as people do."""
    last = page.locator(".jp-Notebook .jp-CodeCell").last
    last.wait_for(timeout=START_MS)
    expect(page.locator("#jp-main-statusbar")).to_contain_text(
        "Python 3 (ipykernel) | Idle", timeout=START_MS
    )
    caret = last.locator(".cm-content")
    caret.click()
    expect(caret).to_be_focused()
    page.keyboard.insert_text(code)
    expect(caret).to_have_text(code)
    page.keyboard.press("Shift+Enter")


def picture(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"lab-{name}.png")


def end_own_lab(page: Page) -> None:
    page.goto("/labs")
    page.locator("form[action$='/labs/stop'] button").click()
    expect(page.locator("form[action$='/labs/stop']")).to_have_count(0)


def test_a_cell_runs_and_the_work_is_there_after_the_lab_was_ended(site: Site, page: Page) -> None:
    page.goto("/labs/open?source=empty")
    page.locator("form[action$='/labs/open'] button").click()
    page.wait_for_url(f"{site.labs_url}/user/**", timeout=START_MS)
    run_cell(page, "kept = open('work.txt', 'w').write('of hours'); print(6 * 7, 'apples')")
    expect(page.locator(".jp-OutputArea-output")).to_contain_text("42 apples")
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-TabBar-tab.jp-mod-current").first).not_to_have_class("jp-mod-dirty")
    expect(page.get_by_text("official Jupyter news")).to_have_count(0)
    picture(page, "cell")
    notebook = page.url

    end_own_lab(page)
    page.goto(notebook)
    page.locator(".jp-Notebook").wait_for(timeout=START_MS)
    assert page.url == notebook
    expect(page.locator(".jp-OutputArea-output")).to_contain_text("42 apples")
    run_cell(page, "print(open('work.txt').read().upper(), 'kept' in globals())")
    expect(page.locator(".jp-OutputArea-output").last).to_contain_text("OF HOURS False")
    picture(page, "again")
