"""Visiting a page as people do: in both languages, dark, on a phone; and what must hold each time."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache" / "axe-core" / "axe.min.js"
ARTEFACTS = ROOT / "test-artefacts" / "browser"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark a page differs from itself by its colours alone
COLOURS = ["color-contrast"]
# Waiting for a silent network would cost each visit half a second: what a page asks for at once is waited for by name.
# The page's policy allows no eval, which Playwright's own waiting would use.
SETTLED = """async () => {
  const isOpen = () => document.fonts.status !== 'loaded' || document.querySelector('.htmx-request');
  for (let tries = 0; tries < 500 && isOpen(); tries += 1) await new Promise((next) => setTimeout(next, 20));
}"""
PAGE_BUDGET = 50_000
FONT_BUDGET = 200_000
TABLET = 600
BACKEND = "dure.people.sessions.Backend"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at a page."""

    name: str
    language: str
    width: int
    scheme: str


VARIANTS = (
    Variant("ko", "ko", 1200, "light"),
    Variant("en", "en", 1200, "light"),
    Variant("dark", "ko", 1200, "dark"),
    Variant("390", "ko", 390, "light"),
)


@dataclass
class Seen:
    """What happened while a page was open. Fonts are loaded once and kept for good, so they have a budget of their own."""

    errors: list[str] = field(default_factory=list)
    page_bytes: int = 0
    font_bytes: int = 0

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def note_response(self, response: Response) -> None:
        """Text is counted as it travels in production: compressed."""
        if response.status in {204, 301, 302, 304}:
            return
        body = response.body()
        if response.request.resource_type == "font":
            self.font_bytes += len(body)
        else:
            self.page_bytes += len(gzip.compress(body, 9))


def open_context(browser: Browser, variant: Variant, *, base: str, person: Any) -> BrowserContext:
    """A fresh browser profile in the variant, signed in as the person."""
    context = browser.new_context(
        base_url=base,
        viewport=ViewportSize(width=variant.width, height=900),
        locale="ko-KR" if variant.language == "ko" else "en-GB",
        color_scheme="dark" if variant.scheme == "dark" else "light",
        has_touch=variant.width < TABLET,
    )
    cookies = {settings.LANGUAGE_COOKIE_NAME: variant.language}
    if person is not None:
        client = Client()
        client.force_login(person, backend=BACKEND)
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    return context


def visit_all(
    browser: Browser, *, base: str, person: Any, paths: Sequence[str], name: str, status: int = 200
) -> None:
    """Visit each page in both languages; the Korean one is also turned dark and narrow, without being loaded anew."""
    for variant in VARIANTS[:2]:
        with open_context(browser, variant, base=base, person=person) as context:
            for number, path in enumerate(paths):
                picture = f"{name}-{number}-{variant.name}"
                page = visit(context, path, name=picture, status=status)
                assert page.locator("html").get_attribute("lang") == variant.language
                if variant.language == "ko":
                    _turn(page, picture)
                page.close()


def _turn(page: Page, picture: str) -> None:
    """In the dark it differs by its colours alone; on a phone by its layout. Both are the style sheet's work."""
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=ARTEFACTS / f"{picture}-dark.png", full_page=True)
    assert violations(page, only=COLOURS) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(ViewportSize(width=VARIANTS[3].width, height=900))
    page.screenshot(path=ARTEFACTS / f"{picture}-390.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert violations(page) == []


def visit(context: BrowserContext, url: str, *, name: str, status: int = 200) -> Page:
    """Open the page and hold it to everything a page promises; the picture stays in test-artefacts/."""
    page, seen = context.new_page(), Seen()
    page.on("console", seen.note_console)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("response", seen.note_response)
    answer = page.goto(url)
    page.evaluate(SETTLED)
    assert answer is not None
    assert answer.status == status
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
    expected = [] if status == 200 else [error for error in seen.errors if str(status) in error]
    assert [error for error in seen.errors if error not in expected] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert seen.page_bytes <= PAGE_BUDGET, seen.page_bytes
    assert seen.font_bytes <= FONT_BUDGET, seen.font_bytes
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert violations(page, only=COLOURS if dark else TAGS) == []
    return page


def violations(page: Page, *, only: list[str] = TAGS) -> list[str]:
    """What axe finds, in short."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(f"() => axe.run({{runOnly: {only}}})")
    return [_short(found) for found in result["violations"]]


def _short(found: dict[str, Any]) -> str:
    node = found["nodes"][0]
    return f"{found['id']} x{len(found['nodes'])}: {node['html'][:160]} {node['failureSummary']}"
