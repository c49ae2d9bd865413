"""Korean particles fit what stands before them: a sentence never puts one after a word that it does not know yet.

Whether 을 or 를, 이 or 가, 은 or 는, 과 or 와, 로 or 으로 fits depends on the last letter of the word before, filled in only when
the sentence is said. Neither a guess nor both at once reads as Korean: a known word comes between.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).parents[2] / "src" / "dure"
CATALOGUE = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "django.po"
BOTH = re.compile(r"[을를이가은는과와]\([을를이가은는과와]\)|\(으\)로|\(이\)[라나며]")
PLACE = r"(?:%\(\w+\)s|\{[\w.]*\})"
GUESSED = re.compile(PLACE + r"[”’\"']? ?(?:은|는|이|가|을|를|과|와|으로|로|이라|라|이나|나)(?![가-힣])")


def sentences() -> Iterator[str]:
    """All Korean in the catalogue, in the code's own strings, and in the texts beside it; a place for a value is `{}`."""
    for entry in polib.pofile(str(CATALOGUE)):
        yield from (entry.msgstr, *entry.msgstr_plural.values())
    for path in SOURCE.rglob("*.py"):
        yield from spoken(ast.parse(path.read_text(encoding="utf-8")))
    for ending in ("html", "yaml", "md"):
        yield from (path.read_text(encoding="utf-8") for path in SOURCE.rglob(f"*.{ending}"))


def spoken(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def wrong(text: str) -> list[str]:
    """Each place with what follows it."""
    return [text[at.start() : at.end() + 12] for pattern in (BOTH, GUESSED) for at in pattern.finditer(text)]


def test_no_particle_follows_a_word_that_is_filled_in() -> None:
    assert [found for text in sentences() for found in wrong(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "“%(title)s”을(를) 엽니다.",
        "%(name)s(으)로 보냅니다.",
        "{}이(가) 없습니다.",
        "{file} 이 이미 있습니다.",
        "%(title)s을 엽니다.",
        "{} 로 접수했습니다",
    ],
)
def test_a_guess_is_found(text: str) -> None:
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    ["“%(title)s” 문제를 엽니다.", "{} 이상", "%(name)s의 값", "%(organisation)s에서", "{folder} 폴더를"],
)
def test_a_known_word_between_is_none(text: str) -> None:
    assert wrong(text) == []
