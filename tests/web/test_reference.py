"""The reference says what the code does, and leaves nothing out."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dure.cli.main import COMMANDS
from dure.foundation.workflow import WORKFLOWS
from dure.settings import env
from dure.web.reference import DOCUMENTS
from dure.web.reference.commands import names
from dure.web.rest import api

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def headings(name: str) -> set[str]:
    return set(re.findall(r"^## (.+)$", (FOLDER / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_what_the_code_says(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == DOCUMENTS[name](), "run ./dure manage reference --write"


def test_every_workflow_setting_and_command_has_its_heading() -> None:
    assert {heading.split(":")[0] for heading in headings("workflows.md")} == set(WORKFLOWS)
    assert headings("settings.md") == set(env.SETTINGS)
    assert headings("manage.md") == set(names())
    assert {f"dure {name}" for name in COMMANDS} <= headings("cli.md")


def test_every_operation_is_listed() -> None:
    text = (FOLDER / "rest.md").read_text("utf-8")
    paths = dict(api.get_openapi_schema())["paths"]
    listed = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert set(re.findall(r"^\| ([A-Z]+) \| `([^`]+)`", text, re.MULTILINE)) == listed


def test_a_picture_names_known_states_only() -> None:
    text = (FOLDER / "workflows.md").read_text("utf-8")
    known = {state.name for table in WORKFLOWS.values() for state in table.states} | {"[*]"}
    arrows = re.findall(r"^    (\S+) --> ([^:\s]+)", text, re.MULTILINE)
    assert {end for arrow in arrows for end in arrow} == known


def test_the_command_compares_and_writes(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"settings\.md"):
        call_command("reference", folder=str(tmp_path))
    call_command("reference", folder=str(tmp_path), write=True)
    call_command("reference", folder=str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == set(DOCUMENTS)
