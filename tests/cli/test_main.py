"""The table of commands, its help in two languages, and the reference made from it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dure.cli import documents
from dure.cli.benching import RESULT
from dure.cli.main import COMMANDS, main, overview, parser_of
from tests.cli.serving import ROOT, bare_environment, dure


def test_help_lists_every_command_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    english = overview()
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    korean = overview()
    for name, command in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(command.en)}$", english, re.MULTILINE)
        assert re.search(rf"^  {name} +{re.escape(command.ko)}$", korean, re.MULTILINE)


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dcotor"]) == 2
    assert "dure doctor" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_parser(name: str) -> None:
    assert f"usage: dure {name}" in parser_of(name).format_help()


def test_help_imports_no_command_and_no_django() -> None:
    code = (
        "import sys; from dure.cli.main import main; main(['--help']); "
        "print(sorted(m for m in sys.modules if m.startswith(('django', 'dure.cli.'))))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=bare_environment(), capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[-1] == "['dure.cli.main', 'dure.cli.words']"


def test_reference_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "reference" / "cli.md").read_text() == documents.reference()


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(
        "[here](b.md#part) [there](https://example.org) [up](../README.md)"
    )
    assert documents.dead_links(tmp_path) == ["docs/a.md: b.md", "docs/a.md: ../README.md"]


def test_manage_reaches_django(tmp_path: Path) -> None:
    done = dure("manage", "check", DURE_DATA=str(tmp_path / "data"))
    assert done.returncode == 0, done.stdout
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("line", "matches"),
    [
        ("scoring ratio=0.93 max=1.50 ok", True),
        ("queue ratio=12 min=3 short", True),
        ("scoring ratio=0.93 ok", False),
        ("scoring ratio=nan max=1.50 ok", False),
    ],
)
def test_a_benchmark_names_its_result(line: str, matches: bool) -> None:
    assert bool(RESULT.fullmatch(line)) is matches


def test_what_starts_the_site_does_not_read_its_settings_before_their_environment_is_there() -> None:
    """Read too early they would name another database than the one that is about to be started."""
    code = "import sys, dure.cli.up; print('dure.settings' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
