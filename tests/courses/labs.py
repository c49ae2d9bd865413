"""The labs of the shipped courses in the two sandboxes that grade them."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.engines.courses import Lab, cells_of, code_of, read
from dure.engines.environment import INSIDE, standard
from dure.engines.judging import GRADING, WORKER, Limits, Side, grade, results_in
from dure.engines.sandbox import Mount, Profile
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.profile import MIB

COURSES = Path(__file__).parents[2] / "courses"
SLUGS = sorted(path.parent.name for path in COURSES.glob("*/course.yaml"))
LIMITS = Limits(call_seconds=10, start_seconds=60, judge_seconds=60)


@dataclass(frozen=True, slots=True)
class ShippedLab:
    """A lab where it lies, with its declaration."""

    folder: Path
    lab: Lab

    def profile(self, *mounts: Mount) -> Profile:
        packages = (Mount(standard().folder, INSIDE),) if self.lab.environment == "standard" else ()
        memory = self.lab.limits.memory_mib * MIB
        return Profile(mounts=(*packages, *mounts), memory_bytes=memory, wall_seconds=120, processes=32)

    @property
    def python(self) -> str:
        return f"{INSIDE}/bin/python" if self.lab.environment == "standard" else this_host().python


def shipped_labs() -> dict[str, ShippedLab]:
    """Every lab of every shipped course, by course and unit."""
    return {
        f"{slug}/{unit.id}": ShippedLab(COURSES / slug / "units" / unit.id / "lab", unit.lab)
        for slug in SLUGS
        for unit in read(COURSES / slug).units
        if unit.lab
    }


def points(shipped: ShippedLab, source: str) -> tuple[int, list[str]]:
    """What a lab.py is worth, and which tests it fails and why."""
    tests = {test.id: test for test in shipped.lab.tests}
    with _laid(shipped, code_of(cells_of(source))) as (judge, submission):
        came = grade(judge, submission, limits=LIMITS)
    assert came.verdict.report is not None, (came.verdict, came.judge.stderr.decode())
    found = results_in(came.verdict.report, {name: test.where for name, test in tests.items()})
    assert not any(one.broken for one in found), (found, came.judge.stderr.decode())
    failed = [f"{one.id}: {one.raised or one.stopped or one.said}" for one in found if not one.passed]
    return sum(tests[one.id].points for one in found if one.passed), failed


@contextmanager
def _laid(shipped: ShippedLab, program: str) -> Iterator[tuple[Side, Side]]:
    above = Path(tempfile.mkdtemp(prefix="dure-course-"))
    try:
        above.chmod(0o755)
        judge, submission, data, hidden = (above / name for name in ("judge", "sub", "data", "hidden"))
        for folder, name in ((data, "data"), (hidden, "hidden_data")):
            shutil.copytree(shipped.folder / name, folder) if (
                shipped.folder / name
            ).is_dir() else folder.mkdir()
        for folder in (judge, submission):
            folder.mkdir()
        for module in (*GRADING, shipped.folder / "public.py", shipped.folder / "hidden.py"):
            shutil.copy(module, judge)
        listed = [{"id": test.id, "in": test.where} for test in shipped.lab.tests]
        (judge / "tests.json").write_text(json.dumps(listed), encoding="utf-8")
        shutil.copy(WORKER, submission)
        (submission / "lab.py").write_text(program, encoding="utf-8")
        asks = shipped.profile(Mount(judge, "/judge"), Mount(data, "/data"), Mount(hidden, "/hidden"))
        answers = shipped.profile(Mount(submission, "/sub"), Mount(data, "/data"))
        yield (
            Side(asks, [shipped.python, "/judge/grading.py", "/judge"]),
            Side(answers, [shipped.python, "/sub/worker.py", "/sub/lab.py"]),
        )
    finally:
        shutil.rmtree(above)
