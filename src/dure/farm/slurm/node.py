"""What runs on a node of the cluster: `python -m dure.farm.slurm.node FOLDER`. Knows no database and no Django, only its folder.

A folder is begun once and never again: Slurm starts a job a second time after some of its faults, and two starts must not mix.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dure.engines import sandbox
from dure.engines.faults import Faulty
from dure.engines.jobs import JUDGE_FILES, Carried, Input, JobSpec, Work, begin, profile_of, unpacked
from dure.engines.sandbox import Mount
from dure.farm.slurm import outcomes

SPEC: Final = "spec.json"
BEGUN: Final = "begun"
OUTCOME: Final = "outcome.json"
FILES: Final = "out"
SAID: Final = "said.json"
TELL_SECONDS: Final = 1.0
BROKE, BEGUN_BEFORE = 70, 75
"""Exit codes: our fault, as the log says; and a start too many."""


def placed(spec: JobSpec, folder: Path) -> Iterator[tuple[Input, Path]]:
    """Where each input lies, as the runner laid it: those of the program, then those of its judge."""
    yield from _own(spec, folder)
    yield from _judges(spec, folder)


def _own(spec: JobSpec, folder: Path) -> Iterator[tuple[Input, Path]]:
    for number, given in enumerate(spec.inputs):
        yield given, folder / f"in-{number}"


def _judges(spec: JobSpec, folder: Path) -> Iterator[tuple[Input, Path]]:
    for number, given in enumerate(spec.judge.inputs if spec.judge else ()):
        yield given, folder / f"judge-{number}"


def main(words: list[str]) -> int:
    """Carry out what lies in the folder, and leave there what came of it."""
    (folder,) = map(Path, words)
    try:
        (folder / BEGUN).touch(exist_ok=False)
    except FileExistsError:
        sys.stderr.write("begun before\n")
        return BEGUN_BEFORE
    except FileNotFoundError:
        sys.stderr.write("nobody waits for this any more: its folder is gone\n")
        return BROKE
    try:
        outcomes.write(folder / OUTCOME, _carried_out(folder))
    except (sandbox.LaunchError, sandbox.UnprotectedError, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return BROKE
    return 0


def _carried_out(folder: Path) -> str:
    order = json.loads((folder / SPEC).read_text(encoding="utf-8"))
    spec = JobSpec.of_json(order["spec"])
    try:
        own = tuple(_laid_ready(_own(spec, folder)))
    except Faulty as faulty:
        return outcomes.as_json(Carried(outcome=None, faults=tuple(faulty.faults)))
    try:
        judges = tuple(_laid_ready(_judges(spec, folder)))
    except Faulty:
        return outcomes.as_json(Carried(outcome=None, judge_fault=JUDGE_FILES))
    work = begin(spec, profile_of(spec, own), into=folder / FILES, judges=judges)
    if order["sealed"]:
        return outcomes.as_json(outcomes.sealed(work.wait()))
    return outcomes.as_json(_waited(work, folder / SAID))


def _waited(work: Work, told: Path) -> Carried:
    """Wait for the end, and leave word of what the program said meanwhile: whoever asked for it may be reading."""
    said = (b"", b"")
    while True:
        try:
            return work.wait(TELL_SECONDS)
        except TimeoutError:
            if said != (now := work.said()):
                said = now
                outcomes.write(told, outcomes.said_as_json(*said))


def _laid_ready(placed: Iterator[tuple[Input, Path]]) -> Iterator[Mount]:
    for given, place in placed:
        yield Mount(unpacked(place, place.with_suffix(".unpacked")) if given.unpack else place, given.target)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(sys.argv[1:]))
