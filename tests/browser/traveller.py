"""One person at one browser, who walks through many pages; each page looked at keeps what all pages promise."""

import itertools
from typing import Any, Self

from playwright.sync_api import Browser, FilePayload, Locator, Page, ViewportSize

from tests.browser.visit import ARTEFACTS, Seen, Variant, open_context, violations

WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
_numbers = itertools.count(1)


class Traveller:
    """`person` is signed in from the start; None comes as a stranger. `phone`: a touch screen, and no other."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        *,
        language: str = "ko",
        scheme: str = "light",
        person: Any = None,
        phone: bool = False,
    ) -> None:
        self.sizes = ((PHONE, "-390"),) if phone else ((PHONE, "-390"), (WIDE, ""))
        variant = Variant("traveller", language, self.sizes[-1][0]["width"], scheme)
        self.context = open_context(browser, variant, base=base, person=person)
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.seen = Seen()
        self.page.on("console", self.seen.note_console)
        self.page.on("pageerror", lambda error: self.seen.errors.append(str(error)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """A walk that failed leaves the page where it stopped as a picture."""
        if kind is not None:
            self.page.screenshot(path=ARTEFACTS / f"stopped-{next(_numbers):02d}.png", full_page=True)
        self.context.close()

    def go(self, url: str) -> None:
        answer = self.page.goto(url, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, (url, answer.status)

    def look(self, name: str, *, refused: bool = False) -> None:
        """Hold the open page, on its sizes, to its promises; `refused` allows the browser to note a 422."""
        self.page.wait_for_load_state("networkidle")
        picture = f"journey-{next(_numbers):02d}-{name}"
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        for size, suffix in self.sizes:
            self.page.set_viewport_size(size)
            self.page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            self.page.screenshot(path=ARTEFACTS / f"{picture}{suffix}.png", full_page=True)
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
            assert violations(self.page) == [], (name, size)
        assert [text for text in self.seen.errors if not (refused and "422" in text)] == [], name
        self.seen.errors.clear()

    def fill(self, **fields: str) -> None:
        """Write into fields by their names in the form."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def tick(self, name: str, value: str = "") -> None:
        found = self.page.locator(f"input[name={name}]" + (f"[value={value}]" if value else ""))
        found.check()

    def press(self, label: str, *, within: str = "main") -> None:
        """Press a button, or follow a link that looks like one, and wait for what comes."""
        found: Locator = self.page.locator(within).get_by_role("button", name=label, exact=True)
        found.first.click()
        self.page.wait_for_load_state("networkidle")

    def tap(self, label: str, *, role: Any = "button") -> None:
        """A finger on a button or a link."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role(role, name=label).first.tap()
        self.page.wait_for_load_state("networkidle")

    def follow(self, label: str, *, within: str = "body") -> None:
        self.page.locator(within).get_by_role("link", name=label, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")

    def say_yes(self) -> None:
        """Answer the question that is asked before what cannot be taken back."""
        with self.page.expect_navigation():
            self.page.get_by_role("dialog").locator("button[value=yes]").click()
        self.page.wait_for_load_state("networkidle")

    def choose(self, name: str, content: bytes) -> None:
        """Choose a file for the form's drop zone."""
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        self.page.locator("input[type=file]").first.set_input_files(files=[file])

    def words(self) -> str:
        return self.page.locator("main").inner_text()
