"""A lab from submit to result against bare Python that makes the same calls, and a class of thirty on two cores.

Ours: a job with a judge is put into the queue, the installation's own runner lays it ready and starts both sandboxes, eight tests
ask the learner's functions, and the report stands in the job's row. Bare: the same interpreter with the same packages and one
thread for libraries, as the sandbox gives them, runs the learner's source and makes the same calls; nothing is compared or kept.

One learner at a time gives the first ratio, pairs interleaved. Then thirty hand in at once, and the time until the last result is
compared with half of what thirty bare runs take one after the other: what two cores would need that did nothing else. The last line
is the goal that is nearer to its limit.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.grading_lab import BARE, LAB, SOURCE, readings
from benchmarks.harness import Result, measure_pairs, report
from benchmarks.stage import stage

from dure.engines.environment import standard

if TYPE_CHECKING:
    from dure.farm import api as farm

ROUNDS, LIMIT = 15, 1.3
CLASS, CLASS_ROUNDS, CLASS_LIMIT = 30, 3, 1.5
CORES: Final = 2
ONE_THREAD: Final = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
PATIENCE_S: Final = 120


def run() -> Result:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory(prefix="dure-bench-grading-") as root, stage():
        folder = Path(root)
        (folder / "readings.csv").write_text(readings(), encoding="utf-8")
        (folder / "bare.py").write_text(SOURCE.format(data=folder) + BARE, encoding="utf-8")
        return _nearer_to_its_limit(_one(folder), _class(folder))


def _nearer_to_its_limit(*results: Result) -> Result:
    """One last line for both goals; the other one stands before it."""
    last = max(results, key=lambda one: one.ratio / one.limit)
    notes = [line for one in results for line in (*one.notes, *([] if one is last else [one.line]))]
    return Result(last.name, last.ratio, last.limit, notes=tuple(notes))


def _one(folder: Path) -> Result:
    hand_in = _handing_in()
    pairs = measure_pairs(lambda: _graded([hand_in()]), lambda: _bare(folder), rounds=ROUNDS, warm_ups=2)
    return Result("grading", pairs.ratio, LIMIT, notes=(f"one learner: {pairs.note}",))


def _class(folder: Path) -> Result:
    hand_in = _handing_in()
    ours, half = [], []
    for _ in range(CLASS_ROUNDS):
        half.append(_seconds(lambda: _bare(folder, times=CLASS)) / CORES)
        ours.append(_seconds(lambda: _graded([hand_in() for _ in range(CLASS)])))
    note = f"{CLASS} at once: ours {median(ours):.2f} s, half of the bare runs {median(half):.2f} s, medians of {CLASS_ROUNDS}"
    return Result("grading-class", median(ours) / median(half), CLASS_LIMIT, notes=(note,))


def _seconds(side: Callable[[], object]) -> float:
    began = time.perf_counter()
    side()
    return time.perf_counter() - began


def _handing_in() -> Callable[[], "farm.Job"]:
    """What a learner's press of the button does; the lab's own files lie in the store before."""
    from dataclasses import replace  # noqa: PLC0415 - Django is set up by the stage

    from tests.factories.grading import graded_spec  # noqa: PLC0415 - same

    from dure.farm import api as farm  # noqa: PLC0415 - same
    from dure.foundation import files  # noqa: PLC0415 - same

    data = farm.Input(sha256=files.put_bytes(readings().encode()).sha256, target="/data/readings.csv")
    spec = graded_spec(LAB, LAB.solution)
    spec = replace(spec, inputs=(*spec.inputs, data))
    return lambda: farm.submit(spec, name="handed in", job_class=farm.Job.Class.LAB, is_followed=True)


def _graded(jobs: Sequence["farm.Job"]) -> None:
    """Wait until all have their result: the runner rings when a run is over."""
    from dure.farm import api as farm  # noqa: PLC0415 - same
    from dure.farm.bell import RUNNER  # noqa: PLC0415 - same
    from dure.foundation.bell import Listener  # noqa: PLC0415 - same

    ear, late = Listener(RUNNER), time.monotonic() + PATIENCE_S
    ear.listen()
    mine = farm.Job.objects.filter(pk__in=[job.pk for job in jobs])
    while mine.filter(finished_at=None).exists():
        assert time.monotonic() < late, "the class waits for its results"
        ear.wait(0.5, unless=lambda: False)
    for run in farm.Run.objects.filter(job__in=[job.pk for job in jobs]):
        assert run.report, (run.faults, run.judge_log)
        assert all(test["passed"] for test in run.report["tests"]), run.report


def _bare(folder: Path, *, times: int = 1) -> None:
    python = standard().folder / "bin" / "python"
    for _ in range(times):
        subprocess.run([python, folder / "bare.py"], env=ONE_THREAD, check=True)


if __name__ == "__main__":
    sys.exit(report(run()))
