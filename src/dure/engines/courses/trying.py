"""A lab tried on this machine before anybody learns with it: the reference scores full points, the stub and every cheat none.

It runs what the farm would run, in the same sandboxes. Starts strangers' programs only through `engines.jobs`.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from dure.engines.courses import cells, lab_jobs
from dure.engines.courses.packing import take_folder
from dure.engines.courses.values import Lab
from dure.engines.faults import Fault
from dure.engines.jobs import Carried, Input, begin, copied, profile_of, unpacked
from dure.engines.judging import CELLS, GRADING, WORKER, NoResultsError, pack_paths, results_in
from dure.engines.judging.cheats import cheats, functions_asked
from dure.engines.sandbox import Mount

REFERENCE, STUB = "reference", "stub"


@dataclass(frozen=True, slots=True)
class Trial:
    """What one program scored: `name` is reference, stub or a cheat's; `faults` say what is wrong with that, if anything."""

    unit: str
    name: str
    points: int
    out_of: int
    faults: tuple[Fault, ...] = ()


def trials(root: Path, *, with_cheats: bool = True) -> Iterator[Trial]:
    """Try every lab of a course folder, program by program.

    Raises Faulty where the folder has faults, LaunchError, UnprotectedError.
    """
    with TemporaryDirectory(prefix="dure-trial-") as above:
        out = Path(above)
        found = take_folder(root, out)
        _lay_kit(out)
        for unit in found["content"]["units"]:
            if unit["lab"]:
                lab = Lab.model_validate(unit["lab"])
                place = root / "units" / unit["id"] / "lab"
                yield from _Trying(out, unit["id"], lab, found["labs"][unit["id"]]).all(
                    place, with_cheats=with_cheats
                )


_KIT: Final = lab_jobs.Kit(worker="worker.py", cells="cells.py", judge="judge.zip")


def _lay_kit(out: Path) -> None:
    for path in (WORKER, CELLS):
        copied(path, out / path.name)
    pack_paths(GRADING, out / _KIT.judge)


def programs(lab: Lab, tests: Iterable[str], *, only: Collection[str] = ()) -> list[tuple[str, str]]:
    """What a lab is tried with, by name: the reference, the stub, and every known cheat (or `only` those) for its test files."""
    stub = cells.code_of(cells.cells_of(cells.without_solutions(lab.source)))
    asked = {name for source in tests for name in functions_asked(source)}
    known = [(cheat.name, cheat.source) for cheat in cheats(stub, asked)]
    wanted = [one for one in known if not only or one[0] in only]
    return [(REFERENCE, cells.code_of(cells.cells_of(lab.source))), (STUB, stub), *wanted]


def judged(unit: str, lab: Lab, name: str, *, report: Mapping[str, Any] | None, log: str) -> Trial:
    """What a program's report says of the lab: the reference must pass every test, all others none."""
    place, wants = f"units/{unit}/lab", name == REFERENCE
    try:
        found = results_in(report or {}, lab_jobs.places_of(lab, check=False))
    except NoResultsError:
        said = (log.strip().splitlines() or ["no report"])[-1]
        fault = Fault("lab_tests_broken", {"program": name, "why": said[:300]}, place=place)
        return Trial(unit, name, 0, lab.points, (fault,))
    worth = {test.id: test.points for test in lab.tests}
    points = sum(worth[one.id] for one in found if one.passed)
    code = {REFERENCE: "lab_reference_fails", STUB: "lab_stub_passes"}.get(name, "lab_cheat_passes")
    wrong = (
        Fault(code, {"test": one.id, "program": name}, place=place) for one in found if one.passed != wants
    )
    return Trial(unit, name, points, lab.points, tuple(wrong))


class _Trying:
    """One lab, whose files lie in `out` under the keys of its job."""

    def __init__(self, out: Path, unit: str, lab: Lab, parts: dict[str, str]) -> None:
        self._out, self._unit, self._lab = out, unit, lab
        self._given = lab_jobs.without_accelerators(lab)
        self._files = lab_jobs.LabFiles(parts["tests"], parts.get("data", ""), parts.get("hidden_data", ""))

    def all(self, place: Path, *, with_cheats: bool) -> Iterator[Trial]:
        tests = [(place / file).read_text(encoding="utf-8") for file in ("public.py", "hidden.py")]
        tried = programs(self._lab, tests)[: None if with_cheats else 2]
        with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
            yield from side_by_side.map(self._trial, *zip(*tried, strict=True))

    def _trial(self, name: str, source: str) -> Trial:
        came = self._carried(source)
        why = came.judge_fault.code if came.judge_fault else ""
        return judged(
            self._unit,
            self._lab,
            name,
            report=came.report,
            log=came.judge_log.decode("utf-8", "replace") or why,
        )

    def _carried(self, source: str) -> Carried:
        with TemporaryDirectory(dir=self._out) as above:
            own = Path(above)
            program = own / "lab.py"
            program.write_text(source, encoding="utf-8")
            spec = lab_jobs.graded(self._given, source=str(program), files=self._files, kit=_KIT)
            mounts = tuple(self._laid(spec.inputs, own, "in"))
            judges = tuple(self._laid(spec.judge.inputs if spec.judge else (), own, "judge"))
            return begin(spec, profile_of(spec, mounts), into=own / "out", judges=judges).wait()

    def _laid(self, wanted: Sequence[Input], own: Path, name: str) -> Iterator[Mount]:
        for number, given in enumerate(wanted):
            laid = unpacked if given.unpack else copied
            yield Mount(laid(self._out / given.sha256, own / f"{name}-{number}"), given.target)
