"""Markdown cells as a lesson or a lab can show them, and words that stand in one language only."""

import re
from collections.abc import Mapping
from typing import Final

from dure.engines.courses.rendering import MathError, formulas, math
from dure.engines.courses.units import noteworthy
from dure.engines.courses.values import Block

MARKS: Final[Mapping[str, str]] = {"ko": "(번역 필요)", "en": "(to be translated)"}
"""What stands before words that are still in the other language."""
_HANGUL: Final = re.compile(r"[가-힣]")
_AS_IS: Final = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`)", re.DOTALL)
_AUTOLINK: Final = re.compile(r"<(https?://[^>\s]{1,2000})>")
_FIGURE: Final = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\]\n]{0,500})\]\((?!https?://|mailto:|#)[^)\n]{0,2000}\)")
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_HEADING: Final = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_LONGEST_TITLE: Final = 120


def language_of(texts: str) -> str:
    """The language that a notebook is written in."""
    return "ko" if _HANGUL.search(texts) else "en"


def both(text: str, language: str) -> dict[str, str]:
    """The same words for both languages, marked in the one that they are not in."""
    other = "en" if language == "ko" else "ko"
    return {language: text, other: f"{MARKS[other]} {text}"}


def both_blocks(text: str, language: str) -> dict[str, str]:
    """The same for text with headings, lists and the like: the mark stands in a line of its own."""
    other = "en" if language == "ko" else "ko"
    return {language: text, other: f"{MARKS[other]}\n\n{text}"}


def heading_of(text: str) -> str:
    """The first heading of a text in plain words, in one line; "" where there is none."""
    found = _HEADING.search(text)
    plain = re.sub(r"[*_`$\[\]<>]", "", found[1]) if found else ""
    return " ".join(plain.split())[:_LONGEST_TITLE]


def shown(text: str) -> str:
    """The text as pages here show it; what they cannot becomes plain words."""
    made = "".join(
        part if number % 2 else _plain(part) for number, part in enumerate(_AS_IS.split(text.strip()))
    )
    made = re.sub(r"^:::", r"\\:::", made, flags=re.MULTILINE)
    for formula in _unreadable(made):
        made = made.replace(f"${formula}$", f"`{formula.strip()}`").replace("$`", "`").replace("`$", "`")
    return made if _is_fit(made) else _quoted(text)


def _plain(text: str) -> str:
    text = _AUTOLINK.sub(r"[\1](\1)", text)
    text = _FIGURE.sub(lambda found: f"({found[1]})" if found[1] else "", text)
    return _TAG.sub("&lt;", _LINK.sub(r"\1", text))


def _unreadable(text: str) -> list[str]:
    found = []
    for _row, formula, alone in formulas(text):
        try:
            math(formula, block=alone)
        except MathError:
            found.append(formula)
    return found


def _is_fit(text: str) -> bool:
    """Whether a lesson may hold it."""
    block = Block(kind="text", text=text)
    links = re.compile(r"^(https?://|mailto:|#)")
    return not _unreadable(text) and all(
        kind == "link" and links.match(target) for kind, _row, target in noteworthy(block)
    )


def _quoted(text: str) -> str:
    """As it was written, for reading alone."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    return f"{fence}text\n{text.strip()}\n{fence}"
