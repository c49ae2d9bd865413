"""Walls that imports cannot show: states, templates, URL names, model strings, and how long things are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "dure"
FLOORS = ["foundation", "people", "farm", "problems", "learn", "talent", "alliance", "web", "cli"]
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def floor_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def above(floor: str) -> list[str]:
    return FLOORS[FLOORS.index(floor) + 1 :] if floor in FLOORS else FLOORS


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_floor_names_a_higher_one_in_templates_urls_or_model_strings(path: Path) -> None:
    floor = floor_of(path)
    if floor == "settings":
        return
    higher = [name for name in above(floor) if name != "cli"]
    reaching = re.compile(rf"^(?:{'|'.join(higher) or 'nothing'})(?:/[\w/]+\.html|:[a-z_]+|\.[A-Z]\w+)$")
    assert [text for text in strings(ast.parse(path.read_text())) if reaching.match(text)] == []


def test_templates_of_a_floor_name_only_urls_and_templates_at_or_below_it() -> None:
    named = re.compile(r"""\{%\s*(?:url|include|extends)\s+["'](\w+)[:/]""")
    pages = [(path, floor_of(path)) for path in SOURCE.rglob("*.html")]
    wrong = [
        f"{path.relative_to(SOURCE)} → {name}"
        for path, floor in pages
        for name in named.findall(path.read_text())
        if name in above(floor)
    ]
    assert wrong == []


def test_only_the_workflow_writes_a_state() -> None:
    """Evaluations and leases follow the queue, not a workflow; their module is the queue's own."""
    allowed = {"foundation/workflow.py", "foundation/leases.py"}
    written = [
        f"{name}:{line}"
        for path in FILES
        if (name := str(path.relative_to(SOURCE))) not in allowed and "/scoring/" not in name
        for line in state_writes(ast.parse(path.read_text()))
    ]
    assert written == []


def state_writes(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (
                node.lineno for t in node.targets if isinstance(t, ast.Attribute) and t.attr == "state"
            )


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for path in FILES
        if (source := path.read_text()).strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert [str(path.relative_to(SOURCE)) for path in silent] == []


def test_public_functions_of_engines_and_doors_are_documented() -> None:
    doors = [path for path in FILES if floor_of(path) == "engines" or path.name == "api.py"]
    silent = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in doors
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_files_fit_in_the_head() -> None:
    long = {str(p.relative_to(SOURCE)): n for p in FILES if (n := p.read_text().count("\n")) > 600}
    assert long == {}


def test_no_notes_are_left_behind() -> None:
    words = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    assert [str(p.relative_to(SOURCE)) for p in FILES if words.search(p.read_text())] == []
