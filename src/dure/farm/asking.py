"""What a person asks for by hand, as a value: checked as a whole against what the machines have, then made into a job's spec."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dure.engines.environment import standard
from dure.engines.faults import Fault
from dure.farm.jobs import Input, JobSpec, Limits

WORK: Final = "/work"
"""Where a job finds the files it was handed in with, and where it starts; without files it starts in an empty folder."""
OUTPUT: Final = "/out"
"""What it writes here comes out."""
TEMPORARY: Final = "/tmp"  # noqa: S108 - a path inside, always fresh
MOST_JOBS: Final = 1000
MOST_SECONDS: Final = 14 * 86_400
MOST_FILES: Final = 100
LONGEST_PROJECT: Final = 80
MOST_WORDS, LONGEST_WORD = 200, 4096
MOST_VARIABLES: Final = 50
LEAST_MEMORY_MIB: Final = 64
FILES_MIB: Final = 2048
"""What comes out lies in memory until the end, and counts as memory: at most a quarter of it, and no more than this."""
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ARCHIVE: Final = re.compile(r".+\.(zip|tar|tar\.gz|tgz|tar\.bz2|tar\.xz)", re.IGNORECASE)
NO_PACKAGES: Final = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came with the asking: its name, and its content by SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One asking: what runs, how much of it, and what it may use. `count` jobs are made of it, charged to `project`."""

    name: str
    command: tuple[str, ...]
    scavenger: bool = False
    cores: int = 1
    memory_mib: int = 1024
    wall_seconds: int = 3600
    accelerators: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    packages: str = NO_PACKAGES
    count: int = 1
    project: str = ""

    @property
    def needs(self) -> dict[str, int]:
        """How much of each kind it holds while it runs."""
        return {"cores": self.cores, "memory_mib": self.memory_mib, **self.accelerators}


@dataclass(frozen=True, slots=True)
class Offer:
    """What one machine has of each kind."""

    amounts: Mapping[str, int]


def faults_of(asking: Asking, files: Sequence[Given], offers: Sequence[Offer]) -> list[Fault]:
    """Everything wrong with an asking, each fault at the field that is to be mended."""
    said = [*_of_words(asking), *_of_amounts(asking), *_of_environment(asking), *_of_files(files)]
    return [*said, *_of_offers(asking.needs, offers)]


def _of_words(asking: Asking) -> Iterator[Fault]:
    if not asking.name.strip():
        yield Fault("job_no_name", place="name")
    if len(asking.name) > 200:
        yield Fault("job_too_long", {"limit": 200}, place="name")
    if len(asking.project) > LONGEST_PROJECT:
        yield Fault("job_too_long", {"limit": LONGEST_PROJECT}, place="project")
    if not asking.command:
        yield Fault("job_no_command", place="command")
    if len(asking.command) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in asking.command):
        yield Fault("job_command_too_long", {"limit": MOST_WORDS}, place="command")
    if any("\0" in word for word in asking.command):
        yield Fault("job_bad_word", place="command")


def _of_amounts(asking: Asking) -> Iterator[Fault]:
    if asking.cores < 1:
        yield Fault("job_no_core", place="cores")
    if asking.memory_mib < LEAST_MEMORY_MIB:
        yield Fault("job_too_little_memory", {"limit": LEAST_MEMORY_MIB}, place="memory_mib")
    if not 1 <= asking.wall_seconds <= MOST_SECONDS:
        yield Fault("job_bad_time", {"limit": MOST_SECONDS // 86_400}, place="wall_seconds")
    if not 1 <= asking.count <= MOST_JOBS:
        yield Fault("job_bad_count", {"limit": MOST_JOBS}, place="count")
    if any(amount < 1 for amount in asking.accelerators.values()):
        yield Fault("job_bad_accelerators", place="accelerators")


def _of_environment(asking: Asking) -> Iterator[Fault]:
    if len(asking.environment) > MOST_VARIABLES:
        yield Fault("job_too_many_variables", {"limit": MOST_VARIABLES}, place="environment")
    for name, value in asking.environment.items():
        if not _VARIABLE.fullmatch(name) or name.startswith("DURE_"):
            yield Fault("job_bad_variable", {"name": name[:80]}, place="environment")
        if "\0" in value or len(value) > LONGEST_WORD:
            yield Fault("job_bad_value", {"name": name[:80], "limit": LONGEST_WORD}, place="environment")
    if asking.packages not in {NO_PACKAGES, standard().name}:
        yield Fault("job_unknown_packages", {"name": asking.packages[:80]}, place="packages")


def _of_files(files: Sequence[Given]) -> Iterator[Fault]:
    if len(files) > MOST_FILES:
        yield Fault("job_too_many_files", {"limit": MOST_FILES}, place="files")
    names = [given.name for given in files]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault("job_file_twice", {"name": name}, place="files")
    for name in names:
        if name in {"", ".", ".."} or "/" in name or not name.isprintable() or len(name.encode()) > 200:
            yield Fault("job_bad_file_name", {"name": name[:80]}, place="files")


def _of_offers(needs: Mapping[str, int], offers: Sequence[Offer]) -> Iterator[Fault]:
    """What no machine has. Where none has joined yet, nobody knows, and the job waits for one that has it."""
    if not offers:
        return
    beyond = list(_beyond_each(needs, offers))
    yield from beyond
    if not beyond and not any(_fits(needs, offer) for offer in offers):
        yield Fault("job_no_machine_has_all", place="cores")


def _beyond_each(needs: Mapping[str, int], offers: Sequence[Offer]) -> Iterator[Fault]:
    for kind, amount in needs.items():
        most = max(offer.amounts.get(kind, 0) for offer in offers)
        if amount > most:
            yield _beyond(kind, most)


def _beyond(kind: str, most: int) -> Fault:
    if kind == "cores":
        return Fault("job_too_many_cores", {"limit": most}, place=kind)
    if kind == "memory_mib":
        return Fault("job_too_much_memory", {"most": round(most / 1024, 1)}, place=kind)
    return Fault("job_too_many_accelerators", {"limit": most, "kind": kind}, place="accelerators")


def _fits(needs: Mapping[str, int], offer: Offer) -> bool:
    return all(amount <= offer.amounts.get(kind, 0) for kind, amount in needs.items())


def spec_of(asking: Asking, files: Sequence[Given]) -> JobSpec:
    """The spec of each of the jobs, but for what tells them apart."""
    files_mib = max(16, min(FILES_MIB, asking.memory_mib // 4))
    limits = Limits(
        cores=asking.cores,
        memory_mib=asking.memory_mib,
        wall_seconds=asking.wall_seconds,
        cpu_seconds=asking.wall_seconds * asking.cores,
        processes=64 + 64 * asking.cores,
        temporary_mib=files_mib,
        output_mib=files_mib,
        log_kib=256,
    )
    return JobSpec(
        command=asking.command,
        inputs=inputs_of(files),
        limits=limits,
        workdir=WORK if files else TEMPORARY,
        output=OUTPUT,
        environment={"DURE_OUTPUT": OUTPUT, **asking.environment},
        accelerators=dict(asking.accelerators),
        packages=asking.packages,
    )


def inputs_of(files: Sequence[Given]) -> tuple[Input, ...]:
    """One archive is unpacked; several files, or one of another kind, lie there as they are."""
    if len(files) == 1 and _ARCHIVE.fullmatch(files[0].name):
        return (Input(sha256=files[0].sha256, target=WORK, unpack=True),)
    return tuple(Input(sha256=given.sha256, target=f"{WORK}/{given.name}") for given in files)
