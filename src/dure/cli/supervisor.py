"""One process that starts all others, restarts what dies, keeps their logs and stops them in order.

It has one thread, because the signal that ends children with their parent belongs to the starting thread.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from dure.cli import guard
from dure.cli.children import Address, Child
from dure.cli.installation import Installation
from dure.cli.logs import BoundedLog
from dure.cli.processes import clean_environment, spawn
from dure.cli.programs import DatabaseError
from dure.cli.words import either

SHORTEST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
# A child that ran this long is taken to be well, and its next restart is quick again.
WELL_AFTER_S = 30.0
DATABASE_PATIENCE_S = 4.0

Say = Callable[[str], None]


class StartError(RuntimeError):
    """A child does not come up; the message holds the end of its log."""


@dataclass
class Running:
    """A child's present process and its history."""

    name: str
    start: Callable[[int], "subprocess.Popen[bytes]"]
    log: BoundedLog
    stop: signal.Signals = signal.SIGTERM
    patience_s: float = 6.0
    keep: bool = True
    echo: Say | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    failures: int = 0
    due_at: float | None = None
    status: int | None = None
    line: bytes = field(default=b"", repr=False)

    @property
    def alive(self) -> bool:
        return self.process is not None


class Supervisor:
    """Starts, watches and stops the processes of one installation; the caller holds its lock."""

    def __init__(self, installation: Installation, *, address: Address, lock: int, say: Say) -> None:
        self.installation = installation
        self.address = address
        self.say = say
        self.stopping = False
        self._lock = lock
        self._running: dict[str, Running] = {}
        self._selector = selectors.DefaultSelector()
        self._env = clean_environment({**installation.environment(), "PYTHONUNBUFFERED": "1"})
        self._guard: subprocess.Popen[bytes] | None = None
        self._guard_pipe = -1
        self._old_signals: dict[int, object] = {}

    # --- signals and the guard

    def __enter__(self) -> Self:
        reader, self._waker = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(self._waker, False)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        self._selector.register(reader, selectors.EVENT_READ, None)
        self._reader = reader
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._start_guard()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            self._end_guard()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            self._selector.close()
            for descriptor in (self._reader, self._waker):
                os.close(descriptor)
            for running in self._running.values():
                running.log.close()

    def _asked_to_stop(self, *_: object) -> None:
        if self.stopping:  # the second Ctrl-C does not wait
            self._kill_all()
        self.stopping = True

    def _start_guard(self) -> None:
        reader, self._guard_pipe = os.pipe()
        self._guard = subprocess.Popen(
            [sys.executable, "-S", guard.__file__, str(reader)],
            pass_fds=(reader, self._lock),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
        os.close(reader)
        for running in self._running.values():
            self._tell_guard("add", running)

    def _tell_guard(self, word: str, running: Running) -> None:
        if running.process is not None:
            line = f"{word} {running.process.pid} {int(running.stop)}\n"
            try:
                os.write(self._guard_pipe, line.encode())
            except BrokenPipeError:  # it was killed; _watch_guard starts another, which is told everything
                return

    def _watch_guard(self) -> None:
        if self._guard is not None and self._guard.poll() is not None and not self.stopping:
            os.close(self._guard_pipe)
            self.say("guard ended; started again")
            self._start_guard()

    def _end_guard(self) -> None:
        if self._guard is None:
            return
        with contextlib.suppress(BrokenPipeError):  # the guard was killed; nothing is left to end
            os.write(self._guard_pipe, b"done\n")
        os.close(self._guard_pipe)
        self._guard.wait(timeout=5)

    # --- starting

    def add_database(self) -> None:
        """Start the embedded database and wait until it answers.

        Raises:
            DatabaseError, StartError: it cannot be set up, or does not come up.
        """
        cluster = self.installation.cluster
        cluster.prepare()

        def start(output: int) -> "subprocess.Popen[bytes]":
            return cluster.start(output=output, death_signal=signal.SIGQUIT)

        running = self._add(Running("database", start, self._log("postgres"), stop=signal.SIGQUIT))
        self.wait(lambda: running.process is not None and cluster.is_ready(running.process), "database", 120)

    def add(self, child: Child) -> None:
        """Start a child of the table and keep it running."""
        env = child.env if child.is_alone else {**self._env, **child.env}

        def start(output: int) -> "subprocess.Popen[bytes]":
            return spawn(child.arguments(self.address), env=env, output=output)

        self._add(
            Running(child.name, start, self._log(child.name), stop=child.stop, patience_s=child.patience_s)
        )

    def add_once(
        self, name: str, arguments: list[str], *, echo: Say | None = None, secret: bool = False
    ) -> Running:
        """Start a process that ends by itself; `echo` gets its lines as they come, and no log does when they are secret."""

        def start(output: int) -> "subprocess.Popen[bytes]":
            return spawn(arguments, env=self._env, output=output)

        log = BoundedLog.nowhere() if secret else self._log(name)
        return self._add(Running(name, start, log, keep=False, echo=echo))

    def _log(self, name: str) -> BoundedLog:
        return BoundedLog(self.installation.logs / f"{name}.log")

    def _add(self, running: Running) -> Running:
        previous = self._running.pop(running.name, None)
        if previous is not None:
            previous.log.close()
        self._running[running.name] = running
        self._start(running)
        return running

    def _start(self, running: Running) -> None:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        try:
            running.process = running.start(writer)
        finally:
            os.close(writer)
        running.started_at, running.due_at, running.status = time.monotonic(), None, None
        self._selector.register(reader, selectors.EVENT_READ, running)
        self._tell_guard("add", running)
        if running.keep:
            self.leave_state()

    # --- watching

    def pump(self, timeout_s: float) -> None:
        """Handle what happened: output, ended children, restarts that are due. Returns after `timeout_s`."""
        for key, _ in self._selector.select(timeout_s):
            self._read(key.fd, key.data)
        for running in list(self._running.values()):
            self._collect(running)
        self._watch_guard()
        self._restart_due()

    def _read(self, descriptor: int, running: Running | None) -> None:
        try:
            data = os.read(descriptor, 65536)
        except BlockingIOError:
            return
        if running is None:
            return
        if not data:
            self._selector.unregister(descriptor)
            os.close(descriptor)
            return
        running.log.write(data)
        if running.echo is not None:
            *lines, running.line = (running.line + data).split(b"\n")
            for line in lines:
                running.echo(line.decode(errors="replace"))

    def _collect(self, running: Running) -> None:
        if running.process is None or running.process.poll() is None:
            return
        running.status = running.process.returncode
        self._tell_guard("drop", running)
        # Its own children outlive it and hold the port: they go before it is started again.
        guard.signal_group(running.process.pid, signal.SIGKILL)
        lasted_s, running.process = time.monotonic() - running.started_at, None
        if not running.keep or self.stopping:
            return
        running.failures = 1 if lasted_s > WELL_AFTER_S else running.failures + 1
        pause_s = min(LONGEST_PAUSE_S, SHORTEST_PAUSE_S * 2 ** (running.failures - 1))
        running.due_at = time.monotonic() + pause_s
        self.say(f"{running.name} {how_it_ended(running.status)}; starts again in {pause_s:.1f} s")

    def _restart_due(self) -> None:
        for running in list(self._running.values()):
            if running.due_at is None or self.stopping or time.monotonic() < running.due_at:
                continue
            try:
                if running.name == "database":
                    self.installation.cluster.prepare()
                self._start(running)
            except (DatabaseError, OSError) as error:
                running.failures += 1
                running.due_at = time.monotonic() + LONGEST_PAUSE_S
                self.say(f"{running.name} cannot start: {error}")
            else:
                self.say(f"{running.name} runs again")

    def wait(self, holds: Callable[[], bool], name: str, within_s: float) -> None:
        """Go on handling events until `holds()`.

        Raises:
            StartError: the child `name` keeps failing or is not there in time; the message has its log's end.
            KeyboardInterrupt: we were asked to stop meanwhile.
        """
        deadline = time.monotonic() + within_s
        while True:
            self.pump(0.02)
            if holds():
                return
            if self.stopping:
                raise KeyboardInterrupt
            running = self._running[name]
            ended = not running.alive and not running.keep
            if ended or running.failures >= 3 or time.monotonic() > deadline:
                raise StartError(
                    either(
                        f"{name} does not come up; its log ends:\n{running.log.tail()}",
                        f"{name} 프로세스가 뜨지 않습니다. 로그의 끝:\n{running.log.tail()}",
                    )
                )

    def finish(self, running: Running, within_s: float) -> int:
        """Wait for a process of `add_once` and return its exit status; StartError after `within_s`."""
        self.wait(lambda: running.status is not None, running.name, within_s)
        self.pump(0)  # its last words
        return running.status if running.status is not None else 1

    # --- stopping

    def stop(self) -> None:
        """End all: the others first, the database last, each killed when it is too slow."""
        self.stopping = True
        others = [running for running in self._running.values() if running.name != "database"]
        self._end(others)
        self._end([running for running in self._running.values() if running.name == "database"])

    def _end(self, group: list[Running]) -> None:
        for running in group:
            running.due_at = None
            if running.process is not None:
                # SIGINT is PostgreSQL's orderly stop; its entry holds the quick one for the guard.
                number = signal.SIGINT if running.name == "database" else running.stop
                running.process.send_signal(number)
        patience_s = DATABASE_PATIENCE_S if group and group[0].name == "database" else 6.0
        deadline = time.monotonic() + patience_s
        while any(running.alive for running in group) and time.monotonic() < deadline:
            self.pump(0.05)
        for running in group:
            if running.process is not None:
                self._kill(running)

    def _kill(self, running: Running) -> None:
        if running.process is None:
            return
        number = signal.SIGQUIT if running.name == "database" else signal.SIGKILL
        self.say(f"{running.name} is too slow to end; ended by force")
        guard.signal_group(running.process.pid, number)
        running.process.wait(timeout=5)

    def _kill_all(self) -> None:
        for running in self._running.values():
            if running.process is not None:
                number = signal.SIGQUIT if running.name == "database" else signal.SIGKILL
                guard.signal_group(running.process.pid, number)

    # --- looking

    def processes(self) -> dict[str, int | None]:
        """Return the process ids of the children that are kept running, by name; None for one that is not."""
        kept = (running for running in self._running.values() if running.keep)
        return {running.name: running.process.pid if running.process else None for running in kept}

    def leave_state(self) -> None:
        """Leave who runs where for `dure doctor`, whole or not at all."""
        path = self.installation.folder / "state.json"
        half = path.with_suffix(".new")
        half.write_text(json.dumps({"url": self.address.url, "processes": self.processes()}))
        half.replace(path)


def how_it_ended(status: int) -> str:
    """Return an exit status in words."""
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return "ended" if status == 0 else f"failed with exit status {status}"
