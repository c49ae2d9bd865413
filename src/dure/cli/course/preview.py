"""A course folder in a browser as it is written: read anew at each request, on this machine only."""

import html
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from dure.cli.course.words import fault_lines
from dure.cli.words import either
from dure.engines import courses
from dure.engines.faults import Faulty

TYPES: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "css": "text/css",
}
PARTS: Final = 3


def serve(folder: Path, *, port: int) -> int:
    """Serve until Ctrl-C."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, folder)) as server:
        print(either("Preview", "미리 보기") + f": http://127.0.0.1:{server.server_port}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


class Handler(BaseHTTPRequestHandler):
    """Answers with the pages of the folder it was made for."""

    def __init__(self, folder: Path, *given: object) -> None:
        self._folder = folder
        super().__init__(*given)  # type: ignore[arg-type]  # what the server hands on: request, address, itself

    def do_GET(self) -> None:
        parts = [unquote(part) for part in self.path.split("?")[0].strip("/").split("/") if part]
        if parts == ["dure.css"]:
            self._answer(
                files("dure").joinpath("foundation/static/foundation/dure.css").read_bytes(), "text/css"
            )
        elif len(parts) == PARTS and parts[1] == "figures":
            self._figure(parts[0], parts[2])
        else:
            self._page(parts)

    def _figure(self, unit: str, name: str) -> None:
        kind = TYPES.get(name.rpartition(".")[2], "")
        path = (self._folder / "units" / unit / "figures" / name).resolve()
        if kind and path.is_file() and path.is_relative_to(self._folder.resolve()):
            self._answer(path.read_bytes(), kind)
        else:
            self.send_error(404)

    def _page(self, parts: list[str]) -> None:
        try:
            body = _body(courses.read(self._folder), parts)
        except Faulty as faulty:
            lines = "".join(f"<li>{html.escape(line)}</li>" for line in fault_lines(faulty.faults))
            body = f"<ul>{lines}</ul>"
        if not body:
            self.send_error(404)
            return
        page = (
            '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<link rel="stylesheet" href="/dure.css"><main class="page prose">{body}</main>'
        )
        self._answer(page.encode(), "text/html; charset=utf-8")

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", "default-src 'self'; script-src 'none'")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """A preview says nothing of who looks at it."""


def _body(course: courses.Course, parts: list[str]) -> str:
    """The list of units, or one in one language; "" for what is not there."""
    if not parts:
        return "".join(_listed(course))
    unit = course.unit(parts[0])
    language = parts[1] if len(parts) > 1 else "ko"
    if unit is None or language not in ("ko", "en"):
        return ""
    return (
        f'<p><a href="/">↑</a> · <a href="/{unit.id}/ko">한국어</a> · <a href="/{unit.id}/en">English</a></p>'
        + "".join(_unit(unit, language))
    )


def _listed(course: courses.Course) -> Iterator[str]:
    yield f"<h1>{html.escape(course.title.ko)} / {html.escape(course.title.en)}</h1><ol>"
    for unit in course.units:
        links = " · ".join(
            f'<a href="/{unit.id}/{one}">{html.escape(unit.title.within(one))}</a>' for one in ("ko", "en")
        )
        yield f"<li>{links}</li>"
    yield "</ol>"


def _unit(unit: courses.Unit, language: str) -> Iterator[str]:
    render = partial(courses.render, figure=lambda path: f"/{unit.id}/{path}")
    items = {item.id: item for item in unit.quiz}
    yield f"<h1>{html.escape(unit.title.within(language))}</h1>"
    for block in unit.lesson["ko" if language == "ko" else "en"]:
        if block.kind == "quiz" and block.text in items:
            yield from _item(items[block.text], language, render)
        elif block.kind == "lab" and unit.lab:
            yield from _lab(unit.lab, language, render)
        elif block.kind == "video":
            yield f'<p>▶ <a href="{html.escape(block.url)}">{html.escape(block.text)}</a></p>'
        elif block.kind == "text":
            yield render(block.text)
        else:
            yield f"<blockquote><b>{block.kind}</b>{render(block.text)}</blockquote>"


def _item(item: courses.Item, language: str, render: "partial[str]") -> Iterator[str]:
    yield f"<hr><p><b>{item.kind}</b> · {item.skill}</p>{render(item.ask.within(language))}"
    if item.code:
        yield f"<pre><code>{html.escape(item.code)}</code></pre>"
    for option in item.options:
        why = render(option.why.within(language)) if option.why else ""
        yield f"<div>{'☑' if option.right else '☐'} {render(option.text.within(language))}{why}</div>"
    answer = item.answer or ", ".join(item.patterns)
    yield f"<p><code>{html.escape(answer)}</code></p>" if answer else ""
    yield render(item.why.within(language)) + "<hr>" if item.why else "<hr>"


def _lab(lab: courses.Lab, language: str, render: "partial[str]") -> Iterator[str]:
    yield f"<hr><h2>{html.escape(lab.title.within(language))}</h2>"
    for cell in courses.cells_of(courses.without_solutions(lab.source), language):
        yield (
            render(cell.text)
            if cell.kind == "markdown"
            else f"<pre><code>{html.escape(cell.text)}</code></pre>"
        )
    for test in lab.tests:
        hint = f" — {html.escape(test.hint.within(language))}" if test.hint else ""
        yield f"<p>{test.where} · {test.points} · {html.escape(test.title.within(language))}{hint}</p>"
