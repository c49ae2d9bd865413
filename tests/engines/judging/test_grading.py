"""A lab graded between two real sandboxes: what it says of each test, of the submission's end, and of a judge that fails."""

import json
from collections.abc import Mapping
from dataclasses import replace
from threading import Timer
from typing import Any

import pytest

from dure.engines.judging import NoResultsError, Place, Result, begin, results_in
from tests.engines.judging.labs import PLAIN, QUICK, WITH_PACKAGES, Lab, graded, laid, results

pytestmark = pytest.mark.sandbox
PUBLIC: Mapping[str, Place] = {"mean_of_three": "public"}


def test_the_solution_passes_everything_and_what_it_printed_is_in_its_own_log() -> None:
    came = graded(PLAIN, PLAIN.solution)
    assert all(one.passed for one in results(PLAIN, came).values())
    assert (came.submission.exit_code, came.submission.limit) == (0, None)
    assert came.submission.stderr.startswith(b"mean of 3\nmean of 1000\n")
    assert came.judge.stderr == b""


def test_the_stub_passes_nothing_and_says_what_it_raised() -> None:
    came = graded(PLAIN, PLAIN.stub)
    assert [(one.passed, one.raised) for one in results(PLAIN, came).values()] == [
        (False, "NotImplementedError")
    ] * 5
    assert b"NotImplementedError" in came.submission.stderr


def test_a_check_runs_the_public_tests_alone_and_explains() -> None:
    wrong = PLAIN.solution.replace("/ len(numbers)", "")
    found = results(PLAIN, graded(PLAIN, wrong, tests=PUBLIC), tests=PUBLIC)
    assert found == {
        "mean_of_three": Result(
            "mean_of_three", passed=False, said="the mean of 1, 2 and 6 is 3, and yours is 9"
        )
    }


@pytest.mark.packages
def test_arrays_and_tables_are_graded_with_the_packages_on_both_sides() -> None:
    came = graded(WITH_PACKAGES, WITH_PACKAGES.solution)
    assert all(one.passed for one in results(WITH_PACKAGES, came).values()), came
    half = WITH_PACKAGES.solution.replace(" / numpy.std(values)", "")
    found = results(WITH_PACKAGES, graded(WITH_PACKAGES, half))
    assert [one.passed for one in found.values()] == [True, False, True]


ENDS = {
    "crashes": ("import os; os.kill(os.getpid(), 11)", {"ended"}, (None, 11, None)),
    "exits": ("import sys; sys.exit(3)", {"ended"}, (3, None, None)),
    "loops": ("while True: pass", {"time"}, (None, 9, "stopped")),
    "floods": ("while True: print('x' * 99_999)", {"ended", "time"}, None),
    "eats memory": ("held = []\n    while True: held.append(b'x' * 10**7)", {"ended", ""}, None),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_submission_that_ends_loses_the_tests_that_are_left_and_no_others(end: str) -> None:
    words, stopped, outcome = ENDS[end]
    source = PLAIN.solution.replace("    return [name", f"    {words}\n    return [name")
    came = graded(PLAIN, source)
    found = results(PLAIN, came)
    assert [one.passed for one in found.values()][:4] == [True, True, True, False]
    assert found["late_ones"].stopped in stopped
    assert found["shares"].stopped == found["late_ones"].stopped
    told = came.submission
    assert outcome is None or (told.exit_code, told.signal, told.limit) == outcome


def test_what_was_printed_before_an_endless_loop_is_in_the_log() -> None:
    source = PLAIN.solution.replace(
        "    return [name", "    print('here')\n    while True: pass\n    return [name"
    )
    assert graded(PLAIN, source).submission.stderr.endswith(b"here\n")


BROKEN = """
from judge import RaisedError, StoppedError, call


def right() -> object:
    return True


def number() -> object:
    return 1


def nothing() -> object:
    return None


def sentence() -> object:
    return "x" * 9999


def odd_sentence() -> object:
    return "a\\0b\\ud800c"


def breaks() -> object:
    print("for the author")
    return call("mean", [1])["a"]


def leaves() -> object:
    raise SystemExit(0)


def raises_well() -> object:
    try:
        call("mean", [])
    except RaisedError as error:
        return str(error) == "ZeroDivisionError"
    return False
"""


def test_each_way_in_which_a_test_can_end_is_told_apart() -> None:
    tests: dict[str, Place] = dict.fromkeys(
        ("right", "number", "nothing", "sentence", "odd_sentence", "breaks", "leaves", "raises_well"),
        "public",
    )
    lab = replace(PLAIN, public=BROKEN, tests=tests)
    came = graded(lab, PLAIN.solution)
    found = results(lab, came)
    assert [name for name, one in found.items() if one.passed] == ["right", "raises_well"]
    assert {name: one.broken for name, one in found.items() if one.broken} == {
        "breaks": "TypeError",
        "leaves": "SystemExit",
    }
    assert (len(found["sentence"].said), found["odd_sentence"].said) == (500, "a\ufffdb?c")
    assert b"for the author" in came.judge.stderr
    assert b"number gave int" in came.judge.stderr
    assert b"for the author" not in came.submission.stderr


LEAKS = """
class Leak(Exception):
    pass


def mean(numbers):
    if len(numbers) == 2:
        raise type("LEAK%d" % numbers[0], (Exception,), {})("LEAK")
    return "LEAK"


def late(waits, limit):
    print("LEAK")
    return ["LEAK", *waits]


def shares(names):
    return {"LEAK": names}
"""
LEAKY = PLAIN.hidden.replace("-> bool:", "-> object:").replace(
    'return is_list(call("late", {"a": 3, "b": 9, "c": 12}, 5), ["b", "c"])',
    'got = call("late", {"a": 3}, 5)\n    print(got)\n    return f"wrong: {got}"',
)


def test_nothing_of_the_learners_reaches_the_results_of_hidden_tests() -> None:
    """Also where the test's author gave a sentence with the learner's value in it."""
    lab = replace(PLAIN, hidden=LEAKY)
    came = graded(lab, LEAKS)
    found = results(lab, came)
    assert found["ones"].raised == "Exception"
    hidden = [one for name, one in found.items() if lab.tests[name] == "hidden"]
    assert "LEAK" not in json.dumps([str(one) for one in hidden])
    assert "LEAK" in found["mean_of_three"].said


JUDGE_FAULTS: dict[str, tuple[Lab, str, bytes]] = {
    "has a file that is no Python": (replace(PLAIN, hidden="def ("), "ended", b"SyntaxError"),
    "lacks a test": (replace(PLAIN, hidden="x = 1"), "ended", b"AttributeError"),
    "leaves": (
        replace(PLAIN, public=PLAIN.public.replace("got = ", "import os; os._exit(0)\n    got = ")),
        "ended",
        b"",
    ),
    "loops": (replace(PLAIN, hidden="while True: pass"), "time", b""),
    "eats memory": (replace(PLAIN, hidden="held = b'x' * 10**9"), "ended", b""),
}


@pytest.mark.parametrize("fault", JUDGE_FAULTS)
def test_a_judge_that_fails_gives_no_report_and_its_log_says_why(fault: str) -> None:
    lab, why, said = JUDGE_FAULTS[fault]
    came = graded(lab, PLAIN.solution, limits=replace(QUICK, judge_seconds=3))
    assert (came.verdict.report, came.verdict.judge_fault) == (None, why)
    assert said in came.judge.stderr
    assert (came.submission.exit_code, came.submission.limit) == (0, None)


def test_it_can_be_stopped_in_the_middle() -> None:
    source = PLAIN.solution.replace("return sum", "import time; time.sleep(60); return sum")
    with laid(PLAIN, source, tests=PLAIN.tests) as (judge, submission):
        grading = begin(judge, submission, limits=replace(QUICK, start_seconds=60))
        Timer(0.5, grading.stop).start()
        came = grading.wait(20)
    assert (came.verdict.report, came.submission.limit, came.judge.limit) == (None, "stopped", "stopped")


GOOD = {"id": "a", "passed": True, "raised": "", "stopped": "", "broken": "", "said": ""}
WRONG_REPORTS: list[Any] = [
    {},
    {"tests": {}},
    {"tests": [1]},
    {"tests": [GOOD]},
    {"tests": [GOOD, GOOD]},
    {"tests": [GOOD, {**GOOD, "id": "b"}, {**GOOD, "id": "c"}]},
    {"tests": [GOOD, {**GOOD, "id": ["b"]}]},
    {"tests": [GOOD, {**GOOD, "id": "b", "raised": 1}]},
]


@pytest.mark.parametrize("report", WRONG_REPORTS)
def test_a_report_without_one_entry_for_each_declared_test_has_no_results(report: Any) -> None:
    with pytest.raises(NoResultsError):
        results_in(report, {"a": "public", "b": "hidden"})


def test_a_report_is_believed_in_its_types_alone() -> None:
    odd = {"id": "b", "passed": 1, "raised": "Mine", "stopped": "who knows", "broken": "x", "said": "secret"}
    assert results_in({"tests": [odd, GOOD]}, {"a": "public", "b": "hidden"}) == (
        Result("a", passed=True),
        Result("b", passed=False, raised="Exception", stopped="", broken="Exception", said=""),
    )
