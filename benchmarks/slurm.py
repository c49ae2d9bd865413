"""500 empty jobs through the Slurm runner against raw Slurm arrays of as many sandboxed runs, on a private Slurm.

Ours: asked for one by one, handed to Slurm by the house's runner, laid ready in folders, begun once, run behind all walls with a
folder for their output, collected, written down and told. Raw: one array whose tasks start the same command in the same sandbox,
nothing kept, none ours. Both take turns, a hundred at a time, and have as many places as this machine has cores.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from statistics import median

from benchmarks.harness import Result, report
from benchmarks.stage import stage
from tests.farm.slurm.cluster import Cluster, missing_programs

JOBS, ROUNDS, LIMIT = 100, 5, 0.8
BARE = """
import sys
from pathlib import Path
from dure.engines import sandbox
profile = sandbox.Profile(memory_bytes=128 * 1024**2, wall_seconds=60, output=sandbox.Output())
sys.exit(sandbox.run(profile, ["/usr/bin/true"], into=Path(sys.argv[1])).exit_code)
"""


def run() -> Result:
    if missing := missing_programs():
        sys.exit(f"needs {', '.join(missing)}: ./dure test --install")
    cores = len(os.sched_getaffinity(0))
    with (
        tempfile.TemporaryDirectory(prefix="dure-bench-slurm-") as root,
        Cluster(Path(root), cpus=cores, nodes=("kt1",)) as cluster,
        _stage(cluster),
    ):
        pairs = [(_ours(number), _raw(cluster, number)) for number in range(ROUNDS)]
    ours, raw = (median(side) for side in zip(*pairs, strict=True))
    note = f"{JOBS} jobs on {cores} cores: ours {JOBS / ours:.1f} a second, raw {JOBS / raw:.1f}, medians of {ROUNDS}"
    return Result("slurm", raw / ours, LIMIT, "min", notes=(note,))


@contextmanager
def _stage(cluster: Cluster) -> Iterator[None]:
    """An installation whose jobs this Slurm carries out, and which Slurm knows the accounts of."""
    os.environ.update(cluster.environment)
    with stage(DURE_FARM="slurm", DURE_SLURM_FOLDER=str(cluster.folder / "shared")):
        from django.core.management import call_command  # noqa: PLC0415 - Django is set up by the stage

        call_command("slurm_accounts", "--apply", stdout=StringIO())
        yield


def _ours(number: int) -> float:
    from dure.farm import api as farm  # noqa: PLC0415 - same

    limits = farm.Limits(memory_mib=128, wall_seconds=60)
    began = time.perf_counter()
    for _ in range(JOBS):
        farm.submit(farm.JobSpec(command=("/usr/bin/true",), limits=limits), name="empty")
    while farm.Job.objects.filter(finished_at__isnull=False).count() < (number + 1) * JOBS:
        time.sleep(0.05)
    took = time.perf_counter() - began
    assert not farm.Job.objects.exclude(state="done").exists()
    return took


def _raw(cluster: Cluster, number: int) -> float:
    out = cluster.folder / "shared" / f"raw-{number}"
    out.mkdir()
    script, launch = out / "bare.py", out / "launch"
    script.write_text(BARE)
    code = Path(__file__).parents[1] / "src"
    launch.write_text(
        f"#!/bin/sh\nPYTHONPATH={code} exec {sys.executable} {script} {out}/$SLURM_ARRAY_TASK_ID\n"
    )
    words = [
        "sbatch",
        "--parsable",
        "--export=NIL",
        "--chdir=/",
        "--account=dure.none.none.none",
        "--mem=256M",
    ]
    words += ["--cpus-per-task=1", f"--output={out}/log-%a", f"--array=1-{JOBS}"]
    began = time.perf_counter()
    job = cluster.run(*words, str(launch)).strip()
    while cluster.run("squeue", "-h", "-j", job):
        time.sleep(0.2)
    took = time.perf_counter() - began
    states = cluster.run("squeue", "-h", "-r", "-t", "all", "-j", job, "-o", "%T").split()
    assert states == ["COMPLETED"] * JOBS, states
    return took


if __name__ == "__main__":
    sys.exit(report(run()))
