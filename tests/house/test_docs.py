"""The documentation keeps its word: links lead somewhere, both languages are there, commands and settings it names exist."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dure.cli.documents import ENVIRONMENT
from dure.cli.main import COMMANDS, parser_of
from dure.settings.env import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.ko.md", ROOT / "CHANGELOG.md"])
ENGLISH_ONLY = ("reference", "adr", "contributing.md")
"""Reference is written by the program; decisions and contributing are for those who read the code."""
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:[A-Z_]+=\S+ )*(?:\.{0,2}/)?dure ([a-z].*)")
# The run of a command in an example ends where the shell takes over, or another program's words begin.
SHELL = {"--", "|", ">", ">>", "&&", "||", ";", "2>&1"}
BY_NAME = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES]


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text())


def lines_of_shell(page: Path) -> Iterator[str]:
    for _indent, language, body in FENCE.findall(page.read_text()):
        if language == "sh":
            yield from body.replace("\\\n", " ").splitlines()


def commands(page: Path) -> Iterator[list[str]]:
    """What follows `dure` in shell examples and in `dure …` within sentences."""
    inline = re.findall(r"`([^`\n]+)`", prose(page))
    for line in [*lines_of_shell(page), *inline]:
        found = COMMAND.match(line.partition("#")[0])
        if found:
            rest = re.sub(r"\"[^\"]*\"|'[^']*'", "quoted", found[1]).split()
            yield rest[: next((at for at, word in enumerate(rest) if word in SHELL), len(rest))]


@pytest.mark.parametrize("page", BY_NAME)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(prose(page))]
    local = [
        target for target in targets if target and "://" not in target and not target.startswith("mailto:")
    ]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", BY_NAME)
def test_each_page_stands_in_both_languages_and_links_the_other(page: Path) -> None:
    inside = page.relative_to(DOCS).parts[0] if page.is_relative_to(DOCS) else page.name
    if inside in (*ENGLISH_ONLY, "CHANGELOG.md"):
        assert not page.name.endswith(".ko.md")
        return
    name = page.name.removesuffix(".ko.md") if page.name.endswith(".ko.md") else page.name.removesuffix(".md")
    other = page.with_name(f"{name}.md" if page.name.endswith(".ko.md") else f"{name}.ko.md")
    assert other.exists()
    assert f"]({other.name})" in page.read_text()


@pytest.mark.parametrize("page", BY_NAME)
def test_korean_pages_are_korean_and_have_the_same_examples(page: Path) -> None:
    if not page.name.endswith(".ko.md"):
        return
    english = page.with_name(page.name.replace(".ko.md", ".md"))
    assert len(re.findall("[가-힣]", prose(page))) > 200
    assert [words[:1] for words in commands(page)] == [words[:1] for words in commands(english)]


@pytest.mark.parametrize("page", BY_NAME)
def test_commands_exist_with_these_options(page: Path) -> None:
    for words in commands(page):
        name, rest = words[0], words[1:]
        assert name in COMMANDS, words
        if COMMANDS[name].raw:
            continue
        known = set(options(parser_of(name)))
        assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known, words


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from options(inner)


def management_commands() -> set[str]:
    return {path.stem for path in (ROOT / "src" / "dure").glob("*/management/commands/[!_]*.py")}


@pytest.mark.parametrize("page", BY_NAME)
def test_management_commands_exist(page: Path) -> None:
    named = {
        words[1] for words in commands(page) if words[0] == "manage" and words[1:] and words[1].islower()
    }
    assert named <= management_commands()


@pytest.mark.parametrize("page", BY_NAME)
def test_settings_are_declared(page: Path) -> None:
    named = set(re.findall(r"\b(?:DURE_[A-Z_]+|DATABASE_URL)\b", page.read_text()))
    declared = set(SETTINGS) | {name for row in ENVIRONMENT for name in row.split(", ")}
    assert named <= declared


def test_the_tutorial_makes_the_files_it_speaks_of(tmp_path: Path) -> None:
    script = DOCS / "tutorial" / "files" / "make_data.py"
    subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=True)
    made = {path.name for path in tmp_path.iterdir()}
    named = set(re.findall(r"`(\w+\.csv)`", (DOCS / "tutorial" / "host-a-problem.md").read_text()))
    assert named - made == {"broken.csv"}
    assert "monday.csv" in made
