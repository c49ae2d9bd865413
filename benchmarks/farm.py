"""500 empty jobs through the local executor against as many bare sandbox runs.

Ours: asked for one by one, put in order, claimed, run behind all walls with a folder for their output, written down and told.
Bare: the same command in the same sandbox from as many threads as this machine has cores, nothing kept. Both take turns, a
hundred at a time.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.harness import Result, report
from benchmarks.stage import stage

JOBS, ROUNDS, LIMIT = 100, 5, 2.0


def run() -> Result:
    with stage() as there, _resting(there.served.child(r"manage runner")):
        pairs = [(_ours(), _bare()) for _ in range(ROUNDS)]
    ours, bare = (median(side) for side in zip(*pairs, strict=True))
    note = f"{JOBS} jobs: ours {ours:.2f} s, bare {bare:.2f} s, medians of {ROUNDS}"
    return Result("farm", ours / bare, LIMIT, notes=(note,))


@contextmanager
def _resting(runner: int) -> Iterator[None]:
    """The installation's own runner would take a part of our jobs."""
    os.kill(runner, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(runner, signal.SIGCONT)


def _ours() -> float:
    from dure.farm import api as farm  # noqa: PLC0415 - Django is set up by the stage
    from dure.farm.local.runner import Runner  # noqa: PLC0415

    limits = farm.Limits(memory_mib=128, wall_seconds=60)
    began = time.perf_counter()
    for _ in range(JOBS):
        farm.submit(farm.JobSpec(command=("/usr/bin/true",), limits=limits), name="empty")
    Runner().run(until_empty=True)
    took = time.perf_counter() - began
    assert not farm.Job.objects.exclude(state="done").exists()
    return took


def _bare() -> float:
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as root:
        began = time.perf_counter()
        with ThreadPoolExecutor(cores) as threads:
            codes = list(threads.map(lambda at: _one(Path(root) / str(at)), range(JOBS)))
        took = time.perf_counter() - began
    assert codes == [0] * JOBS
    return took


def _one(into: Path) -> int | None:
    from dure.engines import sandbox  # noqa: PLC0415 - beside the other side's

    profile = sandbox.Profile(memory_bytes=128 * 1024**2, wall_seconds=60, output=sandbox.Output())
    return sandbox.run(profile, ["/usr/bin/true"], into=into).exit_code


if __name__ == "__main__":
    sys.exit(report(run()))
