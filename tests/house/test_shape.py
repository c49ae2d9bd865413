"""Code that fits in the head: short functions, short files, everything typed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [path for path in (ROOT / "src" / "dure").rglob("*.py") if "migrations" not in path.parts]
TESTS = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
LONGEST, USUAL, LONGEST_FILE = 70, 35, 600

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(paths: list[Path]) -> Iterator[tuple[str, Function]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    lengths = {name: length(node) for name, node in functions(SOURCES)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
    assert sorted(lengths.values())[int(0.95 * len(lengths))] <= USUAL


def test_files_are_short() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in [*SOURCES, *TESTS]}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_everything_says_what_it_returns() -> None:
    assert [name for name, node in functions(SOURCES) if node.returns is None] == []


def test_no_function_takes_many_things_by_place() -> None:
    """With more than four, a reader cannot tell at the call which is which."""
    many = [name for name, node in functions(SOURCES) if len(node.args.posonlyargs) + len(node.args.args) > 5]
    assert many == []
