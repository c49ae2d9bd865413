"""What a job's sandbox is made of, the same on every engine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from dure.engines import sandbox
from dure.engines.environment import INSIDE, named
from dure.engines.jobs.spec import JobSpec, Judge
from dure.engines.sandbox import Mount, Output, Profile

MIB: Final = 1024**2
UNPACKED_BYTES: Final = 512 * MIB
UNPACKED_ENTRIES: Final = 10_000
_PATH: Final = {"PATH": f"{INSIDE}/bin:/usr/local/bin:/usr/bin:/bin", "VIRTUAL_ENV": INSIDE}


@contextmanager
def own_folder(folder: Path) -> Iterator[Path]:
    """A folder for one run, gone with it. What a killed runner leaves behind is removed when the next one starts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = Path(mkdtemp(dir=folder))
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def unpacked(archive: Path, place: Path) -> Path:
    """An archive's content as a folder. Raises Faulty for one that cannot be unpacked."""
    sandbox.unpack(archive, place, max_bytes=UNPACKED_BYTES, max_entries=UNPACKED_ENTRIES)
    return place


def copied(file: Path, place: Path) -> Path:
    """A copy that a stranger's program may read."""
    shutil.copyfile(file, place)
    place.chmod(0o644)
    return place


def profile_of(spec: JobSpec, mounts: tuple[Mount, ...]) -> Profile:
    """The sandbox for a job."""
    limits, packages = spec.limits, (Mount(named(spec.packages).folder, INSIDE),) if spec.packages else ()
    return Profile(
        mounts=(*packages, *mounts),
        workdir=spec.workdir,
        temporary_bytes=limits.temporary_mib * MIB,
        memory_bytes=limits.memory_mib * MIB,
        cpu_seconds=limits.cpu_seconds,
        processes=limits.processes,
        wall_seconds=limits.wall_seconds,
        file_bytes=max(limits.output_mib, limits.temporary_mib) * MIB,
        log_bytes=limits.log_kib * 1024,
        cores=limits.cores,
        environment=_PATH | dict(spec.environment) if spec.packages else spec.environment,
        output=Output(spec.output, limits.output_mib * MIB, limits.output_entries),
    )


def judges_profile(judge: Judge, mounts: tuple[Mount, ...]) -> Profile:
    """The sandbox for a job's judge. Nothing comes out of it but what it says."""
    own = JobSpec(command=judge.command, limits=judge.limits, packages=judge.packages)
    return replace(profile_of(own, mounts), output=None)
