"""A unit's files: its lesson in both languages, its quiz and its lab."""

import re
from collections.abc import Iterator
from typing import Any, Final

from markdown_it import MarkdownIt

from dure.engines.courses import labs, quizzes
from dure.engines.courses.folder import Folder
from dure.engines.courses.lessons import blocks_of, figures_in
from dure.engines.courses.rendering import MathError, formulas, math
from dure.engines.courses.validating import validated
from dure.engines.courses.values import LANGUAGES, Block, Item, Unit, Value

_HANGUL: Final = re.compile(r"[가-힣]")
_LINK: Final = re.compile(r"^(https?://|mailto:|#)")
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": True}).enable("table")
_LEAST_SPOKEN: Final = 20
"""Characters from which on a text must be in its language: names and code are shorter."""


class _Quiz(Value):
    items: tuple[Item, ...]


def read(folder: Folder, name: str) -> Unit | None:
    """The unit in `units/NAME`, with its faults in `folder`."""
    place = f"units/{name}"
    found = folder.mapping(f"{place}/unit.yaml")
    lesson = {language: _lesson(folder, place, language) for language in LANGUAGES}
    quiz = _quiz(folder, f"{place}/quiz.yaml")
    lab = labs.read(folder, f"{place}/lab") if folder.within(f"{place}/lab") else None
    _compare(folder, place, lesson, quiz, has_lab=bool(folder.within(f"{place}/lab")))
    if found is None:
        return None
    whole: dict[str, Any] = {**found, "id": name}
    unit, faults = validated(Unit, whole, place=f"{place}/unit.yaml")
    folder.faults += faults
    return unit and unit.model_copy(update={"lesson": lesson, "quiz": quiz, "lab": lab})


def _lesson(folder: Folder, place: str, language: str) -> tuple[Block, ...]:
    name = f"{place}/lesson.{language}.md"
    text = folder.text(name)
    if text is None:
        return ()
    blocks, faults = blocks_of(text, place=name)
    folder.faults += faults
    if language == "ko" and not _HANGUL.search(text):
        folder.fault("course_not_korean", name)
    for block in blocks:
        _look_at(folder, place, name, block)
    return blocks


def _look_at(folder: Folder, place: str, name: str, block: Block) -> None:
    """Figures that are there and say what they show, links that lead somewhere, no HTML."""
    if block.kind in ("quiz", "lab", "video"):
        return
    for words, path in figures_in(block):
        if not folder.has(f"{place}/{path}"):
            folder.fault("lesson_figure_missing", name, row=block.row, path=path)
        if not words.strip():
            folder.fault("lesson_figure_silent", name, row=block.row)
    for kind, row, target in noteworthy(block):
        if kind == "html":
            folder.fault("lesson_html", name, row=row)
        elif not _LINK.match(target):
            folder.fault("lesson_link", name, row=row)
    for row, formula, alone in formulas(block.text):
        try:
            math(formula, block=alone)
        except MathError:
            folder.fault("lesson_math", name, row=block.row + row, formula=formula.strip()[:80])


def noteworthy(block: Block) -> Iterator[tuple[str, int, str]]:
    """HTML and links with their lines."""
    for token in _MARKDOWN.parse(block.text):
        row = block.row + (token.map[0] if token.map else 0)
        for one in (token, *(token.children or ())):
            if one.type.startswith("html_"):
                yield "html", row, ""
            elif one.type == "link_open":
                yield "link", row, str(one.attrGet("href") or "")


def _quiz(folder: Folder, name: str) -> tuple[Item, ...]:
    if not folder.has(name) or (found := folder.mapping(name)) is None:
        return ()
    quiz, faults = validated(_Quiz, found, place=name)
    folder.faults += faults
    for at, item in enumerate(quiz.items if quiz else (), 1):
        for code, path in quizzes.faults_of(item):
            folder.fault(code, f"{name}: items[{at}].{path}")
        if len(item.ask.ko) > _LEAST_SPOKEN and not _HANGUL.search(item.ask.ko):
            folder.fault("course_not_korean", f"{name}: items[{at}].ask.ko")
        if _HANGUL.search(item.ask.en):
            folder.fault("course_not_english", f"{name}: items[{at}].ask.en")
    return quiz.items if quiz else ()


def _compare(
    folder: Folder,
    place: str,
    lesson: dict[Any, tuple[Block, ...]],
    quiz: tuple[Item, ...],
    *,
    has_lab: bool,
) -> None:
    """Both languages have the same quizzes, lab and films, and the lesson places each item once."""
    orders = [[_mark(block) for block in blocks if _mark(block)] for blocks in lesson.values()]
    if orders[0] != orders[1]:
        folder.fault("lesson_languages_differ", f"{place}/lesson.en.md")
    placed = [block.text for block in lesson["ko"] if block.kind == "quiz"]
    known = {item.id for item in quiz}
    for item in placed:
        if item not in known:
            folder.fault("lesson_quiz_unknown", f"{place}/lesson.ko.md", item=item)
    for item in sorted(known):
        if placed.count(item) != 1:
            folder.fault("lesson_quiz_count", f"{place}/lesson.ko.md", item=item)
    if sum(block.kind == "lab" for block in lesson["ko"]) != int(has_lab):
        folder.fault("lesson_lab_count", f"{place}/lesson.ko.md")


def _mark(block: Block) -> str:
    return {"quiz": f"quiz {block.text}", "lab": "lab", "video": f"video {block.url}"}.get(block.kind, "")
