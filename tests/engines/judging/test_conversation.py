"""Judge and submission talk; whatever a submission does, the judge's score is the judge's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from dure.engines.judging import Verdict
from dure.engines.judging.kit.comparing import is_number, is_same
from tests.engines.judging.talking import QUICK, talk

CASES = """
import judge
from comparing import is_number, is_table
from judge import RaisedError, StoppedError, call, report
tests = []
def case(name, function, arguments, right):
    try:
        passed = right(call(function, *arguments))
    except (RaisedError, StoppedError) as error:
        passed, name = False, f"{name}: {type(error).__name__} {error}"
    tests.append([name, passed])
case("sum", "add", [2, 3], lambda value: is_number(value, 5))
case("sum again", "add", [20, 3], lambda value: is_number(value, 23))
case("rates", "churn", [{"a": [1, 0], "b": [1, 1]}], lambda value: is_table(value, {"a": 0.5, "b": 1.0}))
report(tests=tests)
"""
GOOD = """
def add(a, b):
    return a + b
def churn(groups):
    return {name: sum(left) / len(left) for name, left in groups.items()}
"""


def passed(verdict: Verdict) -> list[bool]:
    assert verdict.report is not None, verdict
    return [right for _name, right in verdict.report["tests"]]


def said(verdict: Verdict) -> str:
    return str(verdict.report)


def test_a_good_submission_passes_all_and_a_half_right_one_half(tmp_path: Path) -> None:
    verdict = talk(tmp_path, CASES, GOOD)
    assert passed(verdict) == [True, True, True]
    assert (verdict.judge_fault, verdict.submission_ended, verdict.calls) == (None, None, 3)
    half = GOOD.replace("/ len(left)", "")
    assert passed(talk(tmp_path, CASES, half)) == [True, True, False]


ALWAYS_EQUAL = """
class Yes:
    def __getattr__(self, name): return lambda *a, **k: self
    def __getitem__(self, key): return self
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __sub__(self, other): return self
    def __abs__(self): return self
    def __hash__(self): return 1
def add(a, b): return Yes()
def churn(groups): return Yes()
"""
PROTOCOL = """
import os
out = [fd for fd in range(3, 20) if os.path.exists(f"/proc/self/fd/{fd}") and "pipe" in os.readlink(f"/proc/self/fd/{fd}")]
"""
FORGED = PROTOCOL + 'for fd in out: os.write(fd, b\'{"id": "1", "ok": {"v": 5}}\\n\')\n' + GOOD
NESTED = PROTOCOL + GOOD.replace(
    "return a + b", "os.write(out[0], b'[' * 200000 + b']' * 200000 + bytes([10]))"
)
DIGITS = GOOD.replace("return a + b", "return int('9' * 4000) * 10 ** 4000")
LONG = GOOD.replace("return a + b", "return 'x' * 3_000_000")
NAN = GOOD.replace("return a + b", "return float('nan')")
TRUE = GOOD.replace("return a + b", "return a + b == 5 or True")
CHEATS: dict[str, tuple[str, str | None]] = {
    "always equal": (ALWAYS_EQUAL, None),
    "a forged answer": (FORGED, "forged"),
    "endless nesting": (NESTED, "malformed"),
    "a number of thousands of digits": (DIGITS, None),
    "a line without end": (LONG, "long"),
    "not a number": (NAN, None),
    "true for one": (TRUE, None),
    "leaves": (GOOD.replace("return a + b", "import os; os._exit(0)"), "ended"),
    "exits": (GOOD.replace("return a + b", "raise SystemExit(0)"), "ended"),
    "never answers": (GOOD.replace("return a + b", "while True: pass"), "time"),
    "closes the conversation": (
        PROTOCOL + GOOD.replace("return a + b", "[os.close(fd) for fd in out]; return 5"),
        "ended",
    ),
    "raises": (GOOD.replace("return a + b", "return a / 0"), None),
    "is no program": ("def add(:", None),
    "lacks the function": (GOOD.replace("def add", "def plus"), None),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_gains_nothing_and_the_judge_lives(tmp_path: Path, cheat: str) -> None:
    source, ending = CHEATS[cheat]
    verdict = talk(tmp_path, CASES, source)
    assert verdict.judge_fault is None
    assert passed(verdict)[:2] == [False, False], said(verdict)
    assert verdict.submission_ended == ending


def test_after_the_end_every_test_is_lost_and_says_why(tmp_path: Path) -> None:
    verdict = talk(tmp_path, CASES, CHEATS["leaves"][0])
    assert passed(verdict) == [False, False, False]
    assert said(verdict).count("StoppedError ended") == 3


LEAK = """
def add(a, b):
    kind = type(f"seen_{a}_{b}", (Exception,), {})
    raise kind(f"inputs {a} {b}")
def churn(groups):
    raise ValueError(str(groups))
"""


def test_an_exception_carries_no_input_out(tmp_path: Path) -> None:
    heard = said(talk(tmp_path, CASES, LEAK))
    assert "sum: RaisedError Exception" in heard
    assert "rates: RaisedError ValueError" in heard
    assert "seen_" not in heard
    assert "inputs" not in heard


def test_what_a_submission_prints_never_mixes_in(tmp_path: Path) -> None:
    noisy = "import sys\nprint('x' * 500_000)\nsys.stdout.flush()\n" + GOOD.replace(
        "return a + b", "print('{\"id\": 1}'); return a + b"
    )
    assert passed(talk(tmp_path, CASES, noisy)) == [True, True, True]


def test_the_calls_are_counted(tmp_path: Path) -> None:
    verdict = talk(tmp_path, CASES, GOOD, replace(QUICK, calls=2))
    assert passed(verdict) == [True, True, False]
    assert (verdict.submission_ended, verdict.calls) == ("calls", 2)


JUDGE_FAULTS: dict[str, tuple[str, str]] = {
    "ends without a report": ("import judge", "ended"),
    "raises": ("import judge\nraise ValueError", "ended"),
    "says no JSON": ("import judge\njudge._out.write('hello\\n'); judge._out.flush(); input()", "malformed"),
    "says something else": ("import judge\njudge._say({'x': 1}); input()", "malformed"),
    "says too much": ("import judge\njudge.report(x='y' * 3_000_000); input()", "long"),
    "falls silent": ("import judge\ninput()", "time"),
}


@pytest.mark.parametrize("fault", JUDGE_FAULTS)
def test_a_judge_that_fails_is_its_authors_fault(tmp_path: Path, fault: str) -> None:
    source, why = JUDGE_FAULTS[fault]
    verdict = talk(tmp_path, source, GOOD, replace(QUICK, judge_seconds=3))
    assert (verdict.report, verdict.judge_fault, verdict.submission_ended) == (None, why, None)


ARRAYS = """
import numpy
from comparing import is_list, is_number
from judge import call, report
def right(function, *arguments, expected):
    value = call(function, *arguments)
    return is_list(value, expected) if isinstance(expected, list) else is_number(value, expected)
report(tests=[
    ["array", right("double", numpy.array([1.0, 2.5]), expected=[2.0, 5.0])],
    ["scalar", right("mean", numpy.array([1, 2]), expected=1.5)],
    ["gap", call("gaps") == [1.0, None]],
])
"""


def test_arrays_go_there_and_come_back_and_a_gap_is_null(tmp_path: Path) -> None:
    source = (
        "import numpy\ndef double(x): return x * 2\ndef mean(x): return x.mean()\n"
        "def gaps(): return numpy.array([1.0, float('nan')])\n"
    )
    assert passed(talk(tmp_path, ARRAYS, source)) == [True, True, True]


def test_a_judge_that_floods_is_stopped_by_the_length_of_its_line(tmp_path: Path) -> None:
    verdict = talk(tmp_path, "import os\nwhile True: os.write(1, b'x' * 65536)", GOOD)
    assert verdict.judge_fault == "long"


BIG_CALL = """
from judge import StoppedError, call, report
try:
    call("add", "x" * 900_000, "")
except StoppedError as error:
    report(tests=[["big", str(error) == "time"]])
"""


def test_a_submission_that_reads_nothing_costs_its_time_only(tmp_path: Path) -> None:
    """A call larger than the pipe: the writer waits no longer than the call may."""
    verdict = talk(tmp_path, BIG_CALL, "import time\ntime.sleep(60)", replace(QUICK, start_seconds=2))
    assert passed(verdict) == [True]


def test_the_comparators_know_their_types() -> None:
    assert is_number(1, 1)
    assert is_number(0.1 + 0.2, 0.3)
    assert not any(is_number(value, 1) for value in (True, "1", None, [1], float("inf"), 10**400))
    assert is_same({"1": [1.0, None]}, {1: [1, None]})
    assert not is_same({"a": 1, "b": 2}, {"a": 1})
    assert not is_same([1, 2], [1])
    assert not is_same(1, "1")
    assert is_same("yes", "yes")
