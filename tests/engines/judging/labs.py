"""Two labs as an author writes them, one of Python alone and one with numpy and polars, and both sides' sandboxes for them."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dure.engines.environment import INSIDE, standard
from dure.engines.judging import GRADING, WORKER, Graded, Limits, Place, Result, Side, grade, results_in
from dure.engines.judging.cheats import cheats, functions_asked
from dure.engines.sandbox import Mount, Profile
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.profile import MIB

QUICK: Final = Limits(call_seconds=1.5, start_seconds=10, judge_seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Its tests by place, what learners begin with, and what solves it."""

    public: str
    hidden: str
    stub: str
    solution: str
    tests: Mapping[str, Place]
    packages: bool = False

    @property
    def python(self) -> str:
        return f"{INSIDE}/bin/python" if self.packages else this_host().python

    def profile(self, *mounts: Mount) -> Profile:
        packages = (Mount(standard().folder, INSIDE),) if self.packages else ()
        memory = 512 if self.packages else 128
        return Profile(mounts=(*packages, *mounts), memory_bytes=memory * MIB, wall_seconds=40, processes=32)


PLAIN: Final = Lab(
    public="""
from comparing import is_number
from judge import call


def mean_of_three() -> bool | str:
    got = call("mean", [1, 2, 6])
    return is_number(got, 3) or f"the mean of 1, 2 and 6 is 3, and yours is {got!r}"
""",
    hidden="""
from comparing import is_list, is_number, is_table
from judge import call


def mean_of_many() -> bool:
    expected = sum(range(1000)) / 1000
    return is_number(call("mean", list(range(1000))), expected)


def ones() -> bool:
    return is_number(call("mean", [1, 1]), 1)


def late_ones() -> bool:
    return is_list(call("late", {"a": 3, "b": 9, "c": 12}, 5), ["b", "c"])


def shares() -> bool:
    return is_table(call("shares", ["a", "b", "a", "a"]), {"a": 0.75, "b": 0.25})
""",
    stub="""
def mean(numbers):
    raise NotImplementedError


def late(waits, limit):
    raise NotImplementedError


def shares(names):
    raise NotImplementedError


print(mean([1, 2]))
""",
    solution="""
def mean(numbers):
    print("mean of", len(numbers))
    return sum(numbers) / len(numbers)


def late(waits, limit):
    return [name for name, wait in waits.items() if wait > limit]


def shares(names):
    return {name: names.count(name) / len(names) for name in names}
""",
    tests={
        "mean_of_three": "public",
        "mean_of_many": "hidden",
        "ones": "hidden",
        "late_ones": "hidden",
        "shares": "hidden",
    },
)
WITH_PACKAGES: Final = Lab(
    public="""
import numpy
from comparing import is_list
from judge import call


def scaled() -> bool | str:
    got = call("zscore", numpy.array([1.0, 3.0]))
    return is_list(got, [-1.0, 1.0]) or f"two values lie one deviation apart from their mean: {got!r}"
""",
    hidden="""
import numpy
from comparing import is_list, is_number, is_table
from judge import call


def deviation_is_one() -> bool:
    values = numpy.random.default_rng(7).normal(5, 3, 500)
    expected = (values - values.mean()) / values.std()
    return is_list(call("zscore", values), expected.tolist())


def rates() -> bool:
    got = call("churn", {"plan": ["a", "a", "b"], "left": [1, 0, 1]})
    return is_table(got, {"plan": ["a", "b"], "rate": [0.5, 1.0]})
""",
    stub="""
import numpy
import polars


def zscore(values):
    raise NotImplementedError


def churn(table):
    raise NotImplementedError
""",
    solution="""
import numpy
import polars


def zscore(values):
    return (values - numpy.mean(values)) / numpy.std(values)


def churn(table):
    rates = polars.DataFrame(table).group_by("plan", maintain_order=True).agg(rate=polars.col("left").mean())
    return rates.to_dict(as_series=False)
""",
    tests={"scaled": "public", "deviation_is_one": "hidden", "rates": "hidden"},
    packages=True,
)


@contextmanager
def laid(lab: Lab, source: str, *, tests: Mapping[str, Place]) -> Iterator[tuple[Side, Side]]:
    """Both sides of a grading, their files where the sandbox's users can read them."""
    above = Path(tempfile.mkdtemp(prefix="dure-grading-"))
    try:
        above.chmod(0o755)
        judge, submission = above / "judge", above / "submission"
        for folder in (judge, submission):
            folder.mkdir()
        for module in GRADING:
            shutil.copy(module, judge)
        (judge / "public.py").write_text(lab.public, encoding="utf-8")
        if "hidden" in tests.values():
            (judge / "hidden.py").write_text(lab.hidden, encoding="utf-8")
        listed = [{"id": name, "in": place} for name, place in tests.items()]
        (judge / "tests.json").write_text(json.dumps(listed), encoding="utf-8")
        shutil.copy(WORKER, submission)
        (submission / "lab.py").write_text(source, encoding="utf-8", errors="surrogatepass")
        yield (
            Side(lab.profile(Mount(judge, "/judge")), [lab.python, "/judge/grading.py", "/judge"]),
            Side(lab.profile(Mount(submission, "/sub")), [lab.python, "/sub/worker.py", "/sub/lab.py"]),
        )
    finally:
        shutil.rmtree(above)


def graded(
    lab: Lab, source: str, *, tests: Mapping[str, Place] | None = None, limits: Limits = QUICK
) -> Graded:
    """Grade a source by the lab's tests, or by some of them."""
    with laid(lab, source, tests=lab.tests if tests is None else tests) as (judge, submission):
        return grade(judge, submission, limits=limits)


def results(lab: Lab, came: Graded, *, tests: Mapping[str, Place] | None = None) -> dict[str, Result]:
    """What the report says of each test."""
    assert came.verdict.report is not None, (came.verdict, came.judge.stderr)
    found = results_in(came.verdict.report, lab.tests if tests is None else tests)
    return {one.id: one for one in found}


def suite(lab: Lab) -> dict[str, str]:
    """Every known cheat on this lab, by name."""
    functions = functions_asked(lab.public) | functions_asked(lab.hidden)
    return {one.name: one.source for one in cheats(lab.stub, functions)}


def gains(lab: Lab, found: Mapping[str, Result]) -> str:
    """What is wrong with a cheat's results; nothing where it gained no point, broke no test and was told why."""
    if any(one.passed for one in found.values()):
        return "it passed a test"
    if any(one.broken for one in found.values()):
        return "it broke a test"
    public = [one for name, one in found.items() if lab.tests[name] == "public"]
    return "" if all(one.raised or one.stopped or one.said for one in public) else "it is not told why"
