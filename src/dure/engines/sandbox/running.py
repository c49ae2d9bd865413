"""The door to a run: `run` waits for the end, `start` gives pipes."""

import atexit
import os
import signal
import threading
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from dure.engines.sandbox import slots, streams, walls
from dure.engines.sandbox.logs import BoundedLog
from dure.engines.sandbox.outcome import LaunchError, Limit, Outcome
from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.supervising import Assignment, Supervision, begun
from dure.engines.sandbox.walls import Wall

_CLEANING: "set[Supervisor]" = set()
_TIDY_S = 3.0


@atexit.register
def _tidy_up() -> None:
    """Let runs that are over take their control groups away; a run that is not over ends with this process."""
    for supervisor in list(_CLEANING):
        supervisor.join(_TIDY_S)


@dataclass(frozen=True, slots=True)
class Logs:
    """What is kept of a run's output; None where the starter reads it."""

    stdout: BoundedLog | None
    stderr: BoundedLog


class Supervisor(threading.Thread):
    """The thread that starts a run, watches it and cleans up after it.

    The outcome is there before the cleaning up is done. A daemon: when the starter's process ends, so does the run.
    """

    def __init__(
        self,
        profile: Profile,
        words: list[str],
        *,
        ends: streams.Streams,
        logs: Logs,
        into: Path | None,
        level: int,
        behind: Collection[Wall] = walls.ALL,
    ) -> None:
        super().__init__(name="sandbox", daemon=True)
        self._assignment = Assignment(profile, words, ends, behind, None)
        self._logs, self._into, self._level = logs, into, level
        self._stop_read, self._stop_write = os.pipe()
        self._over = threading.Event()
        self._outcome: Outcome | Exception = LaunchError("the supervisor ended early")

    def run(self) -> None:
        """Do all of it."""
        try:
            with ExitStack() as held:
                held.callback(os.close, self._stop_read)
                uid = held.enter_context(slots.own_uid())
                supervision = begun(replace(self._assignment, uid=uid), held)
                supervision.watch(self._stop_read)
                self._outcome = self._judge(supervision)
                _CLEANING.add(self)
                self._over.set()
        except LaunchError as error:
            self._outcome = error
        except Exception as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
            self._outcome = LaunchError(f"{type(error).__name__}: {error}")
            self._outcome.__cause__ = error
        finally:
            self._over.set()
            _CLEANING.discard(self)

    def stop(self) -> None:
        """End the run now; its outcome says `stopped`. Nothing happens if it is over."""
        if self._stop_write >= 0:
            descriptor, self._stop_write = self._stop_write, -1
            os.close(descriptor)

    def said(self) -> tuple[bytes, bytes]:
        """Return what is kept of standard output and standard error so far."""
        return self._logs.stdout.content() if self._logs.stdout else b"", self._logs.stderr.content()

    def wait(self, timeout: float | None = None) -> Outcome:
        """Return the outcome. Raises LaunchError if the sandbox failed, TimeoutError after `timeout` seconds."""
        if not self._over.wait(timeout):
            raise TimeoutError
        self.stop()
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome

    def _judge(self, run: Supervision) -> Outcome:
        words = run.report.last_words
        status = words.status if words and run.limit is None else signal.SIGKILL.value
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        files, faults = run.take_files(self._into) if self._into else ((), ())
        stdout, stderr = self.said()
        return Outcome(
            exit_code=None if ended_by else os.WEXITSTATUS(status),
            signal=ended_by,
            limit=run.limit or limit_met(run, ended_by),
            peak_memory=run.peak,
            cpu_seconds=run.cpu_seconds,
            wall_seconds=run.wall_seconds,
            stdout=stdout,
            stderr=stderr,
            files=files,
            faults=faults,
            level=self._level,
        )


def limit_met(run: Supervision, ended_by: int | None) -> Limit | None:
    """Return which of the kernel's limits the run met, the one that ended it before one that it may have survived."""
    if run.group is not None and run.group.memory_was_short():
        return "memory"
    if ended_by == signal.SIGXCPU or (
        ended_by == signal.SIGKILL and run.cpu_seconds >= run.profile.cpu_seconds
    ):
        return "cpu"
    if ended_by == signal.SIGXFSZ:
        return "file_size"
    if run.group is not None and run.group.processes_were_short():
        return "processes"
    return None


class Running:
    """A run in progress. As a context it is stopped at the end, if it is not over.

    `stdin` and `stdout` are unbuffered binary pipes to the program; what comes out of them is a stranger's: bound what you read.
    Whoever does not read lets the program wait, until its wall time is over.
    """

    def __init__(self, supervisor: Supervisor, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._supervisor = supervisor
        self.stdin, self.stdout = stdin, stdout

    def stop(self) -> None:
        """End it now."""
        self._supervisor.stop()

    def said(self) -> bytes:
        """Return what is kept of standard error so far."""
        return self._supervisor.said()[1]

    def wait(self, timeout: float | None = None) -> Outcome:
        """Return the outcome, with no stdout of its own. Raises LaunchError, or TimeoutError after `timeout` seconds."""
        return self._supervisor.wait(timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._supervisor.join()
        for pipe in (self.stdin, self.stdout):
            pipe.close()


def _check(profile: Profile, command: list[str], into: Path | None) -> None:
    if not command:
        raise ValueError("a command has at least one word")
    if (profile.output is None) != (into is None):
        raise ValueError("an output folder needs a place to copy its files to, and the other way round")


class Batch(Protocol):
    """A run in progress that nobody talks to."""

    def stop(self) -> None:
        """End it now; its outcome says `stopped`."""

    def said(self) -> tuple[bytes, bytes]:
        """Return what is kept of standard output and standard error so far."""

    def wait(self, timeout: float | None = None) -> Outcome:
        """Return the outcome. Raises LaunchError if the sandbox failed, TimeoutError after `timeout` seconds."""


def begin_behind(
    profile: Profile,
    command: list[str],
    *,
    level: int,
    stdin: bytes = b"",
    into: Path | None = None,
    behind: Collection[Wall] = walls.ALL,
) -> Supervisor:
    """Start behind the given walls, with its output captured. The engine's own: `begin` asks first which walls there are."""
    _check(profile, command, into)
    ends, out, error = streams.captured(stdin, log_bytes=profile.log_bytes)
    supervisor = Supervisor(
        profile, command, ends=ends, logs=Logs(out, error), into=into, level=level, behind=behind
    )
    supervisor.start()
    return supervisor


def run_behind(
    profile: Profile,
    command: list[str],
    *,
    level: int,
    stdin: bytes = b"",
    into: Path | None = None,
    behind: Collection[Wall] = walls.ALL,
) -> Outcome:
    """Run behind the given walls and wait. The engine's own: `run` asks first which walls there are."""
    return begin_behind(profile, command, level=level, stdin=stdin, into=into, behind=behind).wait()


def start_behind(
    profile: Profile,
    command: list[str],
    *,
    level: int,
    into: Path | None = None,
    behind: Collection[Wall] = walls.ALL,
) -> Running:
    """Start behind the given walls. The engine's own: `start` asks first which walls there are."""
    _check(profile, command, into)
    ends, error, to_program, from_program = streams.given(log_bytes=profile.log_bytes)
    supervisor = Supervisor(
        profile, command, ends=ends, logs=Logs(None, error), into=into, level=level, behind=behind
    )
    supervisor.start()
    return Running(
        supervisor, os.fdopen(to_program, "wb", buffering=0), os.fdopen(from_program, "rb", buffering=0)
    )
