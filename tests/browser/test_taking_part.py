"""Handing in as people do it: dropped, double-clicked, without a script; the score comes by itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, Error, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from dure.problems.models import Submission
from dure.problems.scoring import process
from tests.browser.visit import VARIANTS, open_context
from tests.cutting import line_to
from tests.factories.contest import Contest, broken_file, contest
from tests.factories.problems import predictions

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
EN = VARIANTS[1]
DROP = """([name, text]) => {
  const data = new DataTransfer(), zone = document.querySelector('.dropzone input');
  data.items.add(new File([text], name));
  zone.dispatchEvent(new DragEvent('dragover', {dataTransfer: data, bubbles: true}));
  zone.files = data.files;  // what Chromium itself does with a drop on a file input
  zone.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}));
  zone.dispatchEvent(new Event('change', {bubbles: true}));
}"""


@contextmanager
def scorer() -> Iterator[None]:
    """A scorer at work beside the browser."""
    working = process.Scorer(name="browser")

    def work() -> None:
        try:
            working.run()
        finally:
            connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        working.stop()
        thread.join(timeout=10)


@pytest.fixture
def made() -> Contest:
    return contest(terms=False, rivals=2, rows=60)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, made: Contest) -> Iterator[Page]:
    with open_context(browser, EN, base=live_server.url, person=made.talent) as context:
        yield context.new_page()


def choose(page: Page, content: bytes, name: str = "first.csv") -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    page.locator("input[type=file]").set_input_files(files=[file])


def test_the_score_appears_without_a_reload_and_the_board_is_one_click_away(
    page: Page, made: Contest
) -> None:
    page.goto(f"{made.url}/submit")
    choose(page, predictions(made.challenge))
    page.get_by_label("Note for your team").fill("linear")
    page.locator("form.form button").click()
    waiting = page.locator(".handed > li").first
    expect(waiting).to_contain_text("In the queue")
    page.evaluate("window.kept = true")
    with scorer():
        expect(waiting).to_contain_text("Scored", timeout=15_000)
        expect(page.locator("#say")).to_contain_text("#")
        assert page.evaluate("window.kept") is True
        expect(page.locator("#submissions[hx-get]")).to_have_count(0)
        for _ in range(20):  # the board is computed when the queue is quiet
            page.locator("main").get_by_role("link", name="See the leaderboard").click()
            if page.get_by_role("row", name="your team").count():
                break
            page.go_back()
        expect(page.get_by_role("row", name="your team")).to_be_visible()
    page.go_back()
    expect(page.locator(".handed > li").first).to_contain_text("Scored")


def test_a_file_can_be_dropped(page: Page, made: Contest) -> None:
    page.goto(f"{made.url}/submit")
    page.evaluate(DROP, ["dropped.csv", predictions(made.challenge).decode()])
    expect(page.locator("[data-chosen]")).to_contain_text("dropped.csv")
    page.locator("form.form button").click()
    expect(page.locator(".handed > li").first).to_contain_text("dropped.csv")


def test_a_double_click_hands_in_once_and_going_back_lets_one_hand_in_again(
    page: Page, made: Contest
) -> None:
    page.goto(f"{made.url}/submit")
    choose(page, predictions(made.challenge))
    page.locator("form.form button").dblclick()
    expect(page.locator(".handed > li")).to_have_count(1)
    page.go_back()
    choose(page, predictions(made.challenge, seed=5), "second.csv")
    page.locator("form.form button").click()
    expect(page.locator(".handed > li")).to_have_count(2)
    assert Submission.objects.filter(team=made.team).count() == 2


def test_every_fault_is_told_at_once_and_focused(page: Page, made: Contest) -> None:
    page.goto(f"{made.url}/submit")
    choose(page, broken_file(60), "broken.csv")
    page.locator("form.form button").click()
    faults = page.get_by_role("alert")
    expect(faults).to_be_focused()
    assert faults.locator("li").count() >= 4
    expect(page.locator("main")).to_contain_text("Nothing was counted")
    page.screenshot(path=Path("test-artefacts/browser/challenge-submit-faults.png"), full_page=True)


def test_it_works_without_a_script(browser: Browser, live_server: LiveServer, made: Contest) -> None:
    with open_context(browser, EN, base=live_server.url, person=made.talent) as signed_in:
        state = signed_in.storage_state()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=state, locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"{made.url}/submit")
    choose(page, predictions(made.challenge))
    page.locator("form.form button").click()
    expect(page.locator(".handed > li")).to_contain_text("In the queue")
    process.Scorer(name="test").run(until_empty=True)
    page.get_by_role("link", name="Load this page again").click()
    expect(page.locator(".handed > li")).to_contain_text("Scored")
    page.locator(".handed").get_by_role("button", name="Choose").click()
    expect(page.locator(".handed").get_by_role("button", name="Final")).to_be_visible()
    context.close()


def test_loading_again_after_the_answer_was_lost_hands_in_once(
    browser: Browser, live_server: LiveServer, made: Contest
) -> None:
    """Chromium itself sends a lost POST once more; then the person loads the page again. The form's key makes it all one."""
    with (
        line_to(urlsplit(live_server.url).port or 0, "answer", "answer", "answer") as line,
        open_context(browser, EN, base=line.address, person=made.talent) as context,
    ):
        page = context.new_page()
        page.goto(f"{made.url}/submit")
        choose(page, predictions(made.challenge))
        page.locator("form.form button").click()
        expect(page.locator("header .brand")).to_have_count(0, timeout=20_000)
        while line.cuts:
            with suppress(Error):  # the browser's own page says that the answer was empty
                page.reload()
        page.goto(f"{made.url}/submit")
        expect(page.locator(".handed > li")).to_have_count(1)
    assert line.cut == 3
    assert Submission.objects.filter(team=made.team).count() == 1
