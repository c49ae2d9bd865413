"""What the commands say when they give up stands in both languages: an English sentence alone is no answer to a Korean operator."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

COMMANDS = Path(__file__).parents[2] / "src" / "dure" / "cli"
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def raised(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield node.exc


def literal(node: ast.expr) -> str:
    """The words of a string, also of one with places in it; nothing for what is made elsewhere, as by `either`."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return " ".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_no_command_gives_up_in_english_alone() -> None:
    found = [
        f"{path.name}:{call.lineno}"
        for path in COMMANDS.glob("*.py")
        for call in raised(path)
        for argument in call.args
        if SENTENCE.search(literal(argument))
    ]
    assert found == []
