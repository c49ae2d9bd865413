"""Every code raised in the scoring engine has a sentence, and the sentence's params are carried."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import dure.engines.scoring
from dure.engines.scoring.fault_codes import FAULTS, FINDINGS

ROOT = Path(dure.engines.scoring.__file__).parent
MAKERS = {"Fault": 0, "at_rows": 0, "_named": 0, "_listed": 0}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield node.func.id, node


def code(call: ast.Call) -> str:
    first = call.args[0]
    assert isinstance(first, ast.Constant)
    return str(first.value)


def named(sentence: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", sentence))


def test_every_code_has_a_sentence() -> None:
    made = {code(call) for maker, call in calls() if maker in MAKERS}
    assert made - FAULTS.keys() == set()
    found = {code(call) for maker, call in calls() if maker == "Finding"}
    assert found - FINDINGS.keys() == set()
    assert len(made) > 60


def test_params_written_beside_a_code_fill_its_sentence() -> None:
    checked = 0
    for maker, call in calls():
        if maker not in {"Fault", "Finding"}:
            continue
        sentence = (FAULTS if maker == "Fault" else FINDINGS)[code(call)]
        params = call.args[1 if maker == "Fault" else 2 :][:1]
        if not params:
            assert named(sentence) == set(), code(call)
        elif isinstance(params[0], ast.Dict) and None not in params[0].keys:
            keys = {key.value for key in params[0].keys if isinstance(key, ast.Constant)}
            assert named(sentence) <= keys, code(call)
        checked += 1
    assert checked > 60


def test_no_sentence_is_left_over() -> None:
    text = "".join(path.read_text() for path in ROOT.rglob("*.py") if path.name != "fault_codes.py")
    unused = [one for one in FAULTS if f'"{one}"' not in text]
    assert unused == []
    assert [one for one in FINDINGS if f'"{one}"' not in text] == []


def test_sentences_are_plain() -> None:
    for sentence in [*FAULTS.values(), *FINDINGS.values()]:
        assert sentence[-1] in ".?"
        assert "%" not in re.sub(r"%\(\w+\)s", "", sentence)
