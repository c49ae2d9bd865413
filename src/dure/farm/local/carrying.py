"""Carrying one run out: its inputs laid ready, the program behind the walls, its results written with the end of the lease."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.db import close_old_connections, connection

from dure.engines.faults import Faulty
from dure.engines.jobs import (
    JUDGE_FILES,
    Carried,
    Input,
    JobSpec,
    Work,
    begin,
    copied,
    own_folder,
    profile_of,
    unpacked,
)
from dure.engines.sandbox import Mount
from dure.farm import inputs
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.bell import RUNNER
from dure.farm.labs.furnishing import Allowance, furnished
from dure.foundation import away, files

log = logging.getLogger(__name__)
TELL_SECONDS: Final = 1.0
"""So often a running program's log is written, where something was said: a run shorter than this costs nothing."""
LONG_SECONDS: Final = 10.0
"""A connection that rested so long is looked at before it is used: the database may have been started anew meanwhile."""
_last: Final = threading.local()
AWAY = (files.StorageUnavailable, *away.AWAY)
"""The file store or the database is gone: nobody's try, one waits for it."""


class Carrying:
    """One admitted run. `run` is called in a thread of a pool, which keeps its connection to the database from run to run."""

    def __init__(self, admitted: Try, *, folder: Path) -> None:
        self.admitted, self._folder = admitted, folder
        self._stopped, self.over = threading.Event(), threading.Event()
        self._work: Work | None = None
        self._puts_back = self._is_written = False
        self._allowance = Allowance()
        self.was_away = False

    def run(self) -> None:
        """All of it. Raises nothing: an end that could not be written here is left for `settle`."""
        try:
            with own_folder(self._folder) as own:
                self._carry_out(own)
            self._is_written = True
        except AWAY as error:
            log.warning("run %s waits: %s", self.admitted.run, error)
            self.was_away = True
            connection.close()
        except Exception:  # whatever it was, the job must not stay running for it
            log.exception("run %s broke through our fault", self.admitted.run)
        finally:
            self.over.set()
            RUNNER.ring()  # there is room now

    def settle(self) -> None:
        """For the runner, once it is over: what was away is waited for, and what broke is lost. Raises AWAY."""
        if self.was_away:
            tries.put_back(self.admitted, begun=self._has_begun)
        elif not self._is_written:
            tries.lose(self.admitted, begun=self._has_begun)

    @property
    def _has_begun(self) -> bool:
        """Whether its program may have run."""
        return self._work is not None

    @property
    def is_leaving(self) -> bool:
        return self._stopped.is_set()

    def stop(self, *, put_back: bool = False) -> None:
        """End the program now; with `put_back` the job waits again, and this try is charged to nobody."""
        self._puts_back = put_back
        self._stopped.set()
        if self._work is not None:
            self._work.stop()

    def _carry_out(self, own: Path) -> None:
        spec = self.admitted.job.wants
        try:
            laid = _laid(spec, own)
        except inputs.LostError as lost:
            log.error("run %s reads %s, which is not in the store", self.admitted.run, lost)  # noqa: TRY400 - all is said
            tries.give_up(self.admitted, tries.INPUT_LOST)
            return
        if isinstance(laid, Carried):
            tries.write(self.admitted, laid, {})
            return
        with furnished(profile_of(spec, laid.own), self.admitted.job) as (profile, self._allowance):
            came = self._ran(begin(spec, profile, into=own / "out", judges=laid.judges))
        _look_at_connection()
        if self._puts_back:
            tries.put_back(self.admitted, begun=True)
            return
        written = came.outcome.files if came.outcome else ()
        kept = {one.name: files.put_scratch(own / "out" / one.name) for one in written}
        tries.write(self.admitted, replace(came, faults=(*came.faults, *self._allowance.faults)), kept)

    def _ran(self, work: Work) -> Carried:
        self._work = work
        if self._stopped.is_set():
            work.stop()
        try:
            return self._waited(work)
        finally:
            work.stop()  # where looking on broke, it must not go on alone

    def _waited(self, work: Work) -> Carried:
        """Wait for the end, and write what the program said meanwhile: whoever asked for it may be reading."""
        said = (b"", b"")
        while True:
            try:
                return work.wait(TELL_SECONDS)
            except TimeoutError:
                if self._allowance.is_exceeded():
                    work.stop()
                if said != (now := work.said()):
                    said = now
                    self._tell(*said)

    def _tell(self, stdout: bytes, stderr: bytes) -> None:
        """A database that is away misses a part of the story and no more: the next words come with all that was said."""
        try:
            tries.tell(self.admitted, stdout=stdout, stderr=stderr)
        except away.AWAY:
            connection.close()


def _look_at_connection() -> None:
    """Look at this thread's connection, unless it was used a moment ago."""
    now = time.monotonic()
    if now - getattr(_last, "used", -LONG_SECONDS) >= LONG_SECONDS:
        close_old_connections()
    _last.used = now


@dataclass(frozen=True, slots=True)
class Laid:
    """What a job's program finds, and what its judge does."""

    own: tuple[Mount, ...]
    judges: tuple[Mount, ...]


def _laid(spec: JobSpec, own: Path) -> Laid | Carried:
    """All inputs ready to be read; or the end, where an archive cannot be unpacked. Raises LostError."""
    try:
        mounts = tuple(_laid_ready(spec.inputs, own, "in"))
    except Faulty as faulty:
        return Carried(outcome=None, faults=tuple(faulty.faults))
    try:
        return Laid(mounts, tuple(_laid_ready(spec.judge.inputs if spec.judge else (), own, "judge")))
    except Faulty:
        return Carried(outcome=None, judge_fault=JUDGE_FILES)


def _laid_ready(wanted: Sequence[Input], own: Path, name: str) -> Iterator[Mount]:
    """Inputs as a program may read them. Raises Faulty for an archive that cannot be unpacked, and LostError."""
    for number, given in enumerate(wanted):
        laid = unpacked if given.unpack else copied
        yield Mount(laid(inputs.path_of(given.sha256), own / f"{name}-{number}"), given.target)
