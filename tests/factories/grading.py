"""Labs that the farm grades: a lab and a source as a job with a judge."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dure.engines.judging import GRADING, WORKER, Place, Result, results_in
from dure.farm import api as farm
from dure.foundation import files
from tests.engines.judging.labs import Lab

LIMITS: Final = farm.Limits(memory_mib=128, wall_seconds=60, cpu_seconds=30, processes=32)
LARGER: Final = farm.Limits(memory_mib=512, wall_seconds=60, cpu_seconds=30, processes=32)
CALL_SECONDS, START_SECONDS = 1.0, 10.0


def graded_spec(
    lab: Lab, source: str, *, tests: Mapping[str, Place] | None = None, **judge: Any
) -> farm.JobSpec:
    """The job that grades this source by the lab's tests."""
    listed = lab.tests if tests is None else tests
    packages, limits = ("standard", LARGER) if lab.packages else ("", LIMITS)
    given = {
        "command": (lab.python, "/judge/grading.py", "/judge"),
        "inputs": (_unpacked("/judge", _judges_files(lab, listed)),),
        "packages": packages,
        "limits": limits,
        "call_seconds": CALL_SECONDS,
        "start_seconds": START_SECONDS,
    }
    own = {WORKER.name: WORKER.read_text(encoding="utf-8"), "lab.py": source}
    return farm.JobSpec(
        command=(lab.python, "/sub/worker.py", "/sub/lab.py"),
        inputs=(_unpacked("/sub", own),),
        packages=packages,
        limits=limits,
        judge=farm.Judge(**{**given, **judge}),
    )


def _judges_files(lab: Lab, tests: Mapping[str, Place]) -> dict[str, str]:
    kit = {Path(module).name: Path(module).read_text(encoding="utf-8") for module in GRADING}
    listed = json.dumps([{"id": name, "in": place} for name, place in tests.items()])
    return {**kit, "public.py": lab.public, "hidden.py": lab.hidden, "tests.json": listed}


def _unpacked(target: str, contents: Mapping[str, str]) -> farm.Input:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, words in contents.items():
            archive.writestr(zipfile.ZipInfo(name), words)
    return farm.Input(sha256=files.put_bytes(packed.getvalue()).sha256, target=target, unpack=True)


def hand_in(lab: Lab, source: str, *, sealed: bool = False, name: str = "handed in", **more: Any) -> farm.Job:
    """A learner's work, in the queue of the farm."""
    spec = graded_spec(lab, source, **more)
    return farm.submit(spec, name=name, job_class=farm.Job.Class.LAB, sealed=sealed)


def run_of(job: farm.Job) -> farm.Run:
    """The try that counts, and the job as it stands now."""
    job.refresh_from_db()
    found = farm.last_run(job)
    assert found is not None
    return found


def results_of(lab: Lab, job: farm.Job) -> dict[str, Result]:
    """What the report says of each test."""
    run = run_of(job)
    assert run.report is not None, (job.state, run.faults, run.judge_log)
    return {one.id: one for one in results_in(run.report, lab.tests)}
