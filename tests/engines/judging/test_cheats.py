"""The cheating suite on two labs: nobody gains a point, nobody reaches a test, and everybody learns why."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dure.engines.judging import GRADING, WORKER, Graded, Place, Side, grade
from dure.engines.judging.cheats import functions_asked
from dure.engines.sandbox import Mount
from tests.engines.judging.labs import PLAIN, QUICK, WITH_PACKAGES, Lab, gains, graded, laid, results, suite

pytestmark = pytest.mark.sandbox
LABS = {"plain": PLAIN, "with packages": WITH_PACKAGES}
SHORT = replace(QUICK, call_seconds=0.5, start_seconds=4)


def each() -> Iterator[object]:
    for name, lab in LABS.items():
        marks = [pytest.mark.packages] if lab.packages else []
        for cheat in suite(lab):
            yield pytest.param(lab, cheat, id=f"{name}: {cheat}", marks=marks)


@pytest.mark.parametrize(("lab", "cheat"), list(each()))
def test_a_cheat_gains_nothing_and_is_told_why(lab: Lab, cheat: str) -> None:
    came = graded(lab, suite(lab)[cheat], limits=SHORT)
    assert gains(lab, results(lab, came)) == "", (came.verdict, came.judge.stderr)
    assert b"REACHED" not in came.submission.stderr, came.submission.stderr


REACHES = {
    "reads tests": "files",
    "looks through all objects": "process",
    "inspects frames": "process",
    "reads processes": "processes",
    "reads memory": "processes",
}


@pytest.mark.parametrize("cheat", REACHES)
def test_where_the_wall_is_taken_away_it_is_reached(cheat: str) -> None:
    """Else the suite would prove nothing: the cheat is able, and the wall is what keeps it out."""
    came = {"files": _beside_the_tests, "process": _inside_the_judge, "processes": _on_the_bare_machine}
    assert "REACHED" in came[REACHES[cheat]](suite(PLAIN)[cheat])


def _beside_the_tests(source: str) -> str:
    """The tests mounted in the submission's sandbox as well."""
    with laid(PLAIN, source, tests=PLAIN.tests) as (judge, submission):
        mounts = (*submission.profile.mounts, Mount(judge.profile.mounts[-1].source, "/tests"))
        opened = Side(replace(submission.profile, mounts=mounts), submission.command)
        return _log(grade(judge, opened, limits=SHORT))


def _inside_the_judge(source: str) -> str:
    """One process for tests and submission, as other graders have it."""
    lab = replace(PLAIN, public=f"import judge\n{IN_ONE_PROCESS.format(source=source)}\n{PLAIN.public}")
    with laid(lab, PLAIN.stub, tests=lab.tests) as (judge, submission):
        return grade(judge, submission, limits=SHORT).judge.stderr.decode()


NAIVE = """
from judge import call


def mean_of_three() -> bool:
    return call("mean", [1, 2, 6]) == 3
"""


def test_what_agrees_with_everything_passes_in_one_process_and_not_through_the_conversation() -> None:
    """The cheat that scored full points elsewhere, on a test by an author who compares carelessly."""
    source = suite(PLAIN)["always true"]
    tests: dict[str, Place] = {"mean_of_three": "public"}
    apart = replace(PLAIN, public=NAIVE, tests=tests)
    together = replace(apart, public=f"import judge\n{IN_ONE_PROCESS.format(source=source)}\n{NAIVE}")
    (fooled,), (kept_out,) = (results(lab, graded(lab, source)).values() for lab in (together, apart))
    assert (fooled.passed, kept_out.passed, kept_out.raised) == (True, False, "TypeError")


IN_ONE_PROCESS = """
SPACE = {{"__name__": "submission"}}
exec({source!r}, SPACE)
judge.call = lambda name, *given: SPACE[name](*given)
"""


def _on_the_bare_machine(source: str) -> str:
    """Both as processes of one user, without any sandbox."""
    with laid(PLAIN, source, tests=PLAIN.tests) as (judge, submission):
        tests, own = (side.profile.mounts[-1].source for side in (judge, submission))
        waits = [sys.executable, str(tests / "grading.py"), str(tests)]
        with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asks:
            assert asks.stdout is not None
            asks.stdout.readline()  # it has asked, and waits for an answer
            done = subprocess.run(
                [sys.executable, str(own / WORKER.name), str(own / "lab.py")],
                input=b"",
                capture_output=True,
                check=False,
            )
            asks.kill()
    log = done.stderr.decode()
    assert f"REACHED {asks.pid}\n" in log, (
        log
    )  # the judge itself, and not something else that holds the same words
    return log


def _log(came: Graded) -> str:
    return came.submission.stderr.decode()


def test_the_stub_alone_and_one_that_does_not_load_are_no_obstacle_to_a_cheat() -> None:
    source = suite(replace(PLAIN, stub="def mean(:"))["true for one"]
    found = results(PLAIN, graded(PLAIN, source))
    assert "True" in found["mean_of_three"].said


def test_the_functions_that_tests_ask_for_are_found() -> None:
    source = (
        "import judge\nfrom judge import call\n"
        + PLAIN.hidden
        + 'judge.call("one.two")\njudge.call("also", 1)\nother("no")\n'
    )
    assert functions_asked(source) == {"mean", "late", "shares", "also"}
    assert functions_asked(PLAIN.public) == {"mean"}


def test_the_judges_modules_are_never_laid_beside_a_submission() -> None:
    with laid(PLAIN, PLAIN.stub, tests=PLAIN.tests) as (_judge, submission):
        inside = {path.name for mount in submission.profile.mounts for path in mount.source.iterdir()}
    assert inside == {WORKER.name, "lab.py"}
    assert not inside & {Path(module).name for module in GRADING}
