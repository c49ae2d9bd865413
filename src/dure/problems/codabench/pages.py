"""Title picture, terms and pages: text that people will read."""

import re
from typing import Any, Final

from dure.problems.codabench.fields import UNSTORABLE, Section
from dure.problems.codabench.model import Files, Page, PageFormat
from dure.problems.codabench.shelf import Shelf

_HTML_SUFFIXES: Final = (".html", ".htm")
_RAW_HTML: Final = re.compile(r"<(?:[a-zA-Z][\w-]*(?:\s[^<>]*)?/?|/[a-zA-Z][\w-]*|!--.*?--)>", re.DOTALL)
NO_FILE: Final = Files("", "missing")


def read_image(section: Section, shelf: Shelf) -> Files | None:
    image = shelf.files(section.raw("image"), place=section.at("image"))
    if image is None:
        shelf.notes.warn("image_missing", section.at("image"))
    return image


def read_terms(reference: Any, *, shelf: Shelf, place: str) -> Page:
    """The terms to accept. They are required, and unlike other pages they may not be missing or empty."""
    files = shelf.files(reference, place=place)
    if files is None:
        shelf.notes.fault("required_missing", place)
        return Page("terms", NO_FILE)
    if files.kind != "file":
        shelf.notes.fault("terms_not_a_file", place, path=files.path)
    return _page("terms", files, shelf=shelf, place=place)


def read_pages(section: Section, shelf: Shelf) -> tuple[Page, ...]:
    pages = []
    for entry in section.sections("pages"):
        title = entry.text("title", required=True)
        place = entry.at("file")
        page = read_page(title, entry.raw("file"), shelf=shelf, place=place)
        if page is not None:
            pages.append(page)
        entry.ignore("index")
        entry.close()
    return tuple(pages)


def read_page(title: str, reference: Any, *, shelf: Shelf, place: str) -> Page | None:
    files = shelf.files(reference, place=place)
    if files is None:
        shelf.notes.fault("required_missing", place)
        return None
    if files.kind in ("zip", "folder"):
        shelf.notes.fault("page_not_a_file", place, path=files.path)
        return None
    return _page(title, files, shelf=shelf, place=place)


def _page(title: str, files: Files, *, shelf: Shelf, place: str) -> Page:
    text = shelf.text(files, place=place)
    if UNSTORABLE.search(text):
        shelf.notes.fault("text_unstorable", place)
    if files.kind == "file" and not text.strip():
        shelf.notes.fault("page_empty", place, path=files.path)
    format_: PageFormat = "html" if files.path.lower().endswith(_HTML_SUFFIXES) else "markdown"
    if format_ == "html":
        shelf.notes.warn("page_html", place, path=files.path)
    elif _RAW_HTML.search(text):
        shelf.notes.warn("page_raw_html", place, path=files.path)
    return Page(title, files, text, format_)
