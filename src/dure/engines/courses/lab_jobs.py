"""A lab as jobs: its cells run for the learner, and its tests run by the judge. The same for the farm and for `dure course check`.

Files are named by keys, as a job's inputs are: the SHA-256 of kept files on the farm, anything else elsewhere.
"""

from dataclasses import dataclass
from typing import Final

from dure.engines.courses.values import Lab
from dure.engines.jobs import Input, JobSpec, Judge, Limits
from dure.engines.judging import Place

CODE, KIT, TESTS, DATA, HIDDEN = "/code", "/kit", "/tests", "/data", "/hidden"
SOURCE: Final = f"{CODE}/lab.py"
_JUDGE_MIB: Final = 512
_START_SECONDS: Final = 20
"""So long the first answer may take: it waits for imports."""
_LONGER_SECONDS: Final = 30
"""So much longer than the learner's program the judge may take: it must live to report what it could not ask any more."""
_PROCESSES: Final = 64


@dataclass(frozen=True, slots=True)
class LabFiles:
    """The keys of a lab's files: archives of tests, of what both find and of what the judge alone finds; "" for none."""

    tests: str
    data: str = ""
    hidden_data: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """The keys of what runs inside: worker and cells beside the learner's code, an archive of the judge's modules."""

    worker: str
    cells: str
    judge: str


def without_accelerators(lab: Lab) -> Lab:
    """The lab as it is tried before anybody learns with it: on machines that may have no accelerator."""
    return lab.model_copy(update={"accelerators": {}})


def places_of(lab: Lab, *, check: bool) -> dict[str, Place]:
    """The tests that run, by their ids: the public ones alone for a check."""
    return {test.id: test.where for test in lab.tests if test.where == "public" or not check}


def graded(lab: Lab, *, source: str, files: LabFiles, kit: Kit) -> JobSpec:
    """The job in which the judge asks a learner's program; `source` is the key of the program."""
    packages = _packages(lab)
    judge = Judge(
        command=(_python(packages), f"{KIT}/grading.py", TESTS),
        inputs=(
            Input(sha256=kit.judge, target=KIT, unpack=True),
            Input(sha256=files.tests, target=TESTS, unpack=True),
            *_unpacked(files.data, DATA),
            *_unpacked(files.hidden_data, HIDDEN),
        ),
        packages=packages,
        limits=Limits(
            memory_mib=_JUDGE_MIB,
            wall_seconds=lab.limits.seconds + _LONGER_SECONDS,
            cpu_seconds=lab.limits.seconds + _LONGER_SECONDS,
        ),
        call_seconds=lab.limits.call_seconds,
        start_seconds=max(_START_SECONDS, lab.limits.call_seconds),
    )
    return JobSpec(
        command=(_python(packages), f"{CODE}/worker.py", SOURCE),
        inputs=(
            Input(sha256=kit.worker, target=f"{CODE}/worker.py"),
            Input(sha256=source, target=SOURCE),
            *_unpacked(files.data, DATA),
        ),
        limits=limits_of(lab),
        accelerators=dict(lab.accelerators),
        packages=packages,
        judge=judge,
    )


def cells(lab: Lab, *, source: str, data: str, kit: Kit) -> JobSpec:
    """The job in which cells run for the learner, who reads what they print; `source` is the key of a JSON list of sources."""
    packages = _packages(lab)
    return JobSpec(
        command=(_python(packages), f"{CODE}/run.py", f"{CODE}/cells.json"),
        inputs=(
            Input(sha256=kit.cells, target=f"{CODE}/run.py"),
            Input(sha256=source, target=f"{CODE}/cells.json"),
            *_unpacked(data, DATA),
        ),
        limits=limits_of(lab),
        accelerators=dict(lab.accelerators),
        packages=packages,
    )


def limits_of(lab: Lab) -> Limits:
    """The limits of the lab's folder, as a job has them."""
    return Limits(
        memory_mib=lab.limits.memory_mib,
        wall_seconds=lab.limits.seconds,
        cpu_seconds=lab.limits.seconds,
        processes=_PROCESSES,
    )


def _packages(lab: Lab) -> str:
    return "standard" if lab.environment == "standard" else ""


def _python(packages: str) -> str:
    return "python" if packages else "python3"


def _unpacked(key: str, target: str) -> tuple[Input, ...]:
    return (Input(sha256=key, target=target, unpack=True),) if key else ()
