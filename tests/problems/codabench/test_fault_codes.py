import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import dure.problems.codabench
from dure.engines.faults import Fault
from dure.problems.codabench.fault_codes import FAULTS, SENTENCES, WARNINGS, sentence

SOURCES = Path(dure.problems.codabench.__file__).parent


def raised() -> dict[tuple[str, str], list[set[str]]]:
    """Every `notes.fault("code", …)` and `notes.warn(…)` in the package: kind and code, with the values each call names."""
    found: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
    for path in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("fault", "warn")
            ):
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno} names no code"
                names = {keyword.arg or "**" for keyword in node.keywords} - {"row"}
                found[node.func.attr, str(code.value)].append(names)
    return found


def test_every_code_that_is_raised_has_a_sentence_and_every_sentence_is_used() -> None:
    faults = {code for kind, code in raised() if kind == "fault"}
    warnings = {code for kind, code in raised() if kind == "warn"}
    assert faults | {"member_changed"} == set(FAULTS)  # raised when a member is opened, as a Faulty
    assert warnings == set(WARNINGS)


def test_every_call_names_the_values_its_sentence_wants() -> None:
    for (_, code), calls in raised().items():
        wanted = set(re.findall(r"%\((\w+)\)s", SENTENCES[code]))
        assert all(wanted <= given for given in calls), code


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_are_sentences(code: str) -> None:
    text = SENTENCES[code]
    assert re.search(r"[.:]$|%\(command\)s$|%\(path\)s$", text)
    assert "%" not in re.sub(r"%\(\w+\)s", "", text)


def test_a_sentence_is_filled_in() -> None:
    assert sentence(Fault("task_unknown", {"index": 7})) == "There is no task 7."
