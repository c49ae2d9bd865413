"""Carrying one run out: its inputs laid ready, the program behind the walls, its results written with the end of the lease."""

import logging
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from django.db import close_old_connections, transaction

from dure.engines import sandbox
from dure.engines.environment import INSIDE, standard
from dure.engines.faults import Fault, Faulty
from dure.engines.judging import exception_in
from dure.engines.sandbox import Mount, Outcome, Output, Profile
from dure.farm.actions import ending
from dure.farm.bell import RUNNER
from dure.farm.jobs import Input, JobSpec
from dure.farm.local.admitting import Admitted
from dure.farm.models import Job, RunFile
from dure.foundation import away, clock, files, leases
from dure.foundation.models import Blob

log = logging.getLogger(__name__)
MIB = 1024**2
UNPACKED_BYTES, UNPACKED_ENTRIES = 512 * MIB, 10_000
AWAY = (files.StorageUnavailable, *away.AWAY)
"""The file store or the database is gone: nobody's try, one waits for it."""
OURS = (sandbox.LaunchError, OSError)
"""What breaks a try without being the program's doing."""


class Carrying:
    """One admitted run. `run` is called in a thread of a pool, which keeps its connection to the database from run to run."""

    def __init__(self, admitted: Admitted, *, folder: Path) -> None:
        self.admitted, self._folder = admitted, folder
        self._stopped, self.over = threading.Event(), threading.Event()
        self._batch: sandbox.Batch | None = None
        self._puts_back = False
        self.was_away = False

    def run(self) -> None:
        """All of it. Raises nothing: what broke is written down, or left for the runner where nothing can be written."""
        try:
            with _own_folder(self._folder) as own:
                self._carry_out(own)
        except AWAY as error:
            log.warning("run %s waits: %s", self.admitted.run, error)
            self.was_away = True
        except OURS:
            log.exception("run %s broke through our fault", self.admitted.run)
            lose(self.admitted)
        finally:
            self.over.set()
            RUNNER.ring()  # there is room now

    @property
    def is_leaving(self) -> bool:
        return self._stopped.is_set()

    def stop(self, *, put_back: bool = False) -> None:
        """End the program now; with `put_back` the job waits again, and this try is charged to nobody."""
        self._puts_back = put_back
        self._stopped.set()
        if self._batch is not None:
            self._batch.stop()

    def _carry_out(self, own: Path) -> None:
        spec = self.admitted.job.wants
        try:
            mounts = tuple(_laid_ready(spec.inputs, own))
        except Faulty as faulty:
            _write(self.admitted, None, faulty.faults, {})
            return
        outcome = self._ran(profile_of(spec, mounts), list(spec.command), own / "out")
        close_old_connections()  # the run may have been long, and the database started anew meanwhile
        if self._puts_back:
            put_back(self.admitted)
            return
        kept = {one.name: files.put_scratch(own / "out" / one.name) for one in outcome.files}
        _write(self.admitted, outcome, outcome.faults, kept)

    def _ran(self, profile: Profile, command: list[str], into: Path) -> Outcome:
        self._batch = sandbox.begin(profile, command, into=into)
        if self._stopped.is_set():
            self._batch.stop()
        return self._batch.wait()


@contextmanager
def _own_folder(folder: Path) -> Iterator[Path]:
    """A folder for one run, gone with it. What a killed runner leaves behind is removed when the next one starts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = Path(mkdtemp(dir=folder))
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _laid_ready(inputs: Sequence[Input], own: Path) -> Iterator[Mount]:
    """Copies of the inputs that a stranger's program may read. Raises Faulty for an archive that cannot be unpacked."""
    for number, given in enumerate(inputs):
        place = own / f"in-{number}"
        path = files.local_path(given.sha256)
        if given.unpack:
            sandbox.unpack(path, place, max_bytes=UNPACKED_BYTES, max_entries=UNPACKED_ENTRIES)
        else:
            shutil.copyfile(path, place)
            place.chmod(0o644)
        yield Mount(place, given.target)


def profile_of(spec: JobSpec, mounts: tuple[Mount, ...]) -> Profile:
    """The sandbox for a job."""
    limits, packages = spec.limits, (Mount(standard().folder, INSIDE),) if spec.packages else ()
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


_PATH = {"PATH": f"{INSIDE}/bin:/usr/local/bin:/usr/bin:/bin", "VIRTUAL_ENV": INSIDE}


@transaction.atomic
def _write(
    admitted: Admitted, outcome: Outcome | None, faults: Sequence[Fault], kept: Mapping[str, Blob]
) -> None:
    """Write what came of it, if this try is still the one that counts."""
    state = Job.State.DONE if outcome is not None and outcome.ok else Job.State.FAILED_USER
    if not leases.finish(admitted.claim, state=leases.State(state)):
        return
    run = admitted.run
    run.ended_at = clock.now()
    run.faults = [
        {"code": fault.code, "params": dict(fault.params), "place": fault.place} for fault in faults
    ]
    if outcome is not None:
        _fill(admitted, outcome)
    run.save()
    RunFile.objects.bulk_create(RunFile(run=run, name=name, blob=blob) for name, blob in kept.items())
    ending.over(admitted.job, state)


def _fill(admitted: Admitted, outcome: Outcome) -> None:
    run = admitted.run
    run.exit_code, run.signal, run.limit = outcome.exit_code, outcome.signal, outcome.limit or ""
    run.peak_memory, run.level = outcome.peak_memory, outcome.level
    run.cpu_seconds, run.wall_seconds = outcome.cpu_seconds, outcome.wall_seconds
    run.exception = exception_in(outcome.stderr) if outcome.exit_code else ""
    run.environment = standard().digest if admitted.job.wants.packages else ""
    if not admitted.job.sealed:
        run.stdout, run.stderr = _text(outcome.stdout), _text(outcome.stderr)


def _text(output: bytes) -> str:
    """A program's output as text that a database takes."""
    return output.decode("utf-8", "replace").replace("\0", "\ufffd")


@transaction.atomic
def put_back(admitted: Admitted) -> None:
    """The try ended through nobody's fault: the job waits again, unharmed."""
    _wait_again(admitted)
    leases.release(admitted.claim)


@transaction.atomic
def lose(admitted: Admitted) -> None:
    """Our fault: the job is tried again, or given up after the last try."""
    _wait_again(admitted)
    leases.lose(admitted.claim)


def _wait_again(admitted: Admitted) -> None:
    ending.excuse([admitted.run.pk])
    Job.objects.filter(pk=admitted.job.pk, finished_at=None).update(state=Job.State.QUEUED)
