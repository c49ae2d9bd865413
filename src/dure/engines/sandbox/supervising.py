"""One run from its start to its end, in one thread: events as they come, a look at what is used every 50 ms.

The thread starts bubblewrap itself and stays until nothing of the run is left, because bubblewrap's life is bound to it.
"""

import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Collection
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dure.engines.faults import Fault, Faulty
from dure.engines.sandbox import belongings, cgroups, launching, watching
from dure.engines.sandbox.collecting import collect
from dure.engines.sandbox.inside import Inside, inside
from dure.engines.sandbox.outcome import CollectedFile, LaunchError, Limit
from dure.engines.sandbox.profile import Profile
from dure.engines.sandbox.reports import Report
from dure.engines.sandbox.streams import Streams
from dure.engines.sandbox.walls import Wall

LOOK_S, LAUNCH_S = 0.05, 30.0
TEMPORARY_ENTRIES = 20_000
OUR_PROCESSES = 3
"""Bubblewrap outside, perhaps its init, and the stub live in the run's group."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be run, and how."""

    profile: Profile
    words: list[str]
    streams: Streams
    walls: Collection[Wall]
    uid: int | None


@dataclass(slots=True)
class Supervision:
    """One run in progress. `watch` returns when it is over; the fields then say how."""

    assignment: Assignment
    group: cgroups.Group | None
    process: subprocess.Popen[bytes]
    pipes: launching.Pipes
    ended: int
    inside: Inside | None = None
    limit: Limit | None = None
    peak: int = 0
    cpu_seconds: float = 0
    wall_seconds: float = 0
    report: Report = field(default_factory=Report)
    _let_go_already: bool = False
    _launched: float = field(default_factory=time.monotonic)
    _began: float = 0
    _looked: float = 0
    _events: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    @property
    def profile(self) -> Profile:
        """What the program may have."""
        return self.assignment.profile

    def watch(self, stop_fd: int) -> None:
        """Stay until every process of the run is gone; the end of `stop_fd` stops it.

        Raises LaunchError if the program could not be started for a reason of ours.
        """
        self._listen(stop_fd)
        while self.process.poll() is None:
            for key, _ in self._events.select(LOOK_S):
                key.data()
            if self.inside is not None:
                self._look(self.inside)
            elif time.monotonic() - self._launched > LAUNCH_S:
                self._kill_tree()
        self.wall_seconds = time.monotonic() - (self._began or self._launched)
        if self.inside is not None:
            self.inside.wait_until_empty()
        self._hear_the_rest()
        self._count_once_more()
        self._check_launch()

    def take_files(self, into: Path) -> tuple[tuple[CollectedFile, ...], tuple[Fault, ...]]:
        """Copy the output folder's files into a new folder: (files, faults), one of them empty."""
        output = self.profile.output
        if output is None or self.inside is None:
            return (), ()
        most = {"max_bytes": output.max_bytes, "max_entries": output.max_entries}
        try:
            return collect(self.inside.folders[output.folder], into, **most), ()
        except Faulty as faulty:
            shutil.rmtree(into)
            return (), tuple(faulty.faults)

    def end(self) -> None:
        """Leave no process behind, also where the watching was broken off by an error."""
        if self.process.poll() is None:
            self._kill_tree()
            self.process.wait()

    def close(self) -> None:
        """Close what is still open of the run."""
        self._events.close()
        os.close(self.pipes.report)
        os.close(self.ended)
        self._let_go()
        if self.inside is not None:
            self.inside.close()

    def _let_go(self) -> None:
        """Let go of the leash: whoever waits for orders or follows them ends.

        Before bubblewrap has bound its own processes to each other, killing the outer one would leave the inner one behind.
        """
        if not self._let_go_already:
            self._let_go_already = True
            os.close(self.pipes.orders)

    def _kill_tree(self) -> None:
        for pid in reversed(watching.tree(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _listen(self, stop_fd: int) -> None:
        streams = self.assignment.streams
        self._events.register(self.ended, selectors.EVENT_READ, lambda: None)
        self._events.register(self.pipes.report, selectors.EVENT_READ, self._hear)
        self._events.register(stop_fd, selectors.EVENT_READ, partial(self._stop, stop_fd))
        for descriptor in streams.read:
            self._events.register(descriptor, selectors.EVENT_READ, partial(self._take, descriptor))
        if streams.feeding is not None:
            self._events.register(
                streams.feeding, selectors.EVENT_WRITE, partial(self._feed, streams.feeding)
            )

    def _hear(self) -> None:
        data = os.read(self.pipes.report, 4096)
        self.report.heard += data
        if not data:
            self._events.unregister(self.pipes.report)
        elif self.inside is None and self.limit is None and self.report.is_ready:
            self._begin()

    def _begin(self) -> None:
        """The stub stands inside and has started nothing yet: put it into its group, take hold of its folders, give the orders."""
        held = inside(self.process.pid, self.profile.sized_folders)
        if self.group is not None:
            self.group.enter(held.stub_pid)
        text = launching.orders(
            self.profile,
            self.assignment.words,
            uid=self.assignment.uid,
            walls=self.assignment.walls,
            kernel_counts_memory=self.group is not None,
        )
        self.inside, self._began = held, time.monotonic()
        with suppress(BrokenPipeError), os.fdopen(self.pipes.orders, "wb", closefd=False) as pipe:
            pipe.write(text)

    def _take(self, descriptor: int) -> None:
        streams = self.assignment.streams
        if streams.take(descriptor) == "end":
            self._events.unregister(descriptor)
        if streams.read[descriptor].flooded:
            self._end("log")

    def _feed(self, descriptor: int) -> None:
        if not self.assignment.streams.feed():
            self._events.unregister(descriptor)
            self.assignment.streams.stop_feeding()

    def _stop(self, descriptor: int) -> None:
        self._events.unregister(descriptor)
        self._end("stopped")

    def _end(self, limit: Limit) -> None:
        """Kill the run; the first reason is the one that is told."""
        if self.limit is not None:
            return
        self.limit = limit
        if self.inside is not None:
            self.inside.kill()
        else:
            self._let_go()

    def _look(self, held: Inside) -> None:
        """Every 50 ms, and not more often however many events come: is there a limit that no kernel keeps for us?"""
        now = time.monotonic()
        if now - self._looked < LOOK_S:
            return
        self._looked = now
        if now - self._began > self.profile.wall_seconds:
            self._end("wall")
        if "watcher" in self.assignment.walls:
            self._look_at_files_and_memory(held)

    def _look_at_files_and_memory(self, held: Inside) -> None:
        filled = held.filled()
        if any(entries > self._most_entries(folder) for folder, (_, entries) in filled.items()):
            self._end("entries")
        if self.group is not None:
            self.cpu_seconds = self.group.cpu_seconds()
        else:
            self._look_at_processes(held, in_files=sum(size for size, _ in filled.values()))
        if self.cpu_seconds > self.profile.cpu_seconds:
            self._end("cpu")

    def _look_at_processes(self, held: Inside, *, in_files: int) -> None:
        pids = held.strangers()
        # Those whose parent has ended were waited for by bubblewrap's init.
        used_so_far = watching.usage([*pids, *held.ours]).cpu_seconds
        self.cpu_seconds = max(self.cpu_seconds, used_so_far)
        used = watching.memory(pids, in_files=in_files, most=self.profile.memory_bytes)
        self.peak = max(self.peak, used)
        if used > self.profile.memory_bytes:
            self._end("memory")

    def _most_entries(self, folder: str) -> int:
        output = self.profile.output
        return output.max_entries if output and folder == output.folder else TEMPORARY_ENTRIES

    def _hear_the_rest(self) -> None:
        """Everybody who wrote is dead, so nothing more will come; where the launch failed, somebody may still hold the pipes."""
        streams = self.assignment.streams
        for descriptor, log in streams.read.items():
            while streams.take(descriptor) == "some" and not log.flooded:
                pass
        with suppress(BlockingIOError):
            while data := os.read(self.pipes.report, 4096):
                self.report.heard += data

    def _count_once_more(self) -> None:
        words = self.report.last_words
        if self.group is not None:
            self.peak, self.cpu_seconds = self.group.peak_memory(), self.group.cpu_seconds()
        elif words is not None:
            self.peak = max(self.peak, words.largest)
            self.cpu_seconds = max(self.cpu_seconds, words.cpu_seconds)

    def _check_launch(self) -> None:
        if self.report.fault is not None:
            raise LaunchError(self.report.fault)
        if self.inside is None and self.limit is None:
            logs = self.assignment.streams.read.values()
            said = b" ".join(log.content() for log in logs).decode(errors="replace").strip()
            raise LaunchError(f"the sandbox did not start (status {self.process.returncode}): {said[:500]}")


def begun(assignment: Assignment, held: ExitStack) -> Supervision:
    """Start the sandbox, without the program yet; `held` cleans up. Raises LaunchError."""
    streams = assignment.streams
    held.callback(streams.close)
    if assignment.uid is not None:
        streams.belong_to(assignment.uid)
        belongings.belong_to(assignment.uid, belongings.of(assignment.profile))
    group = _group(assignment)
    if group is not None:
        held.callback(group.remove)
    stdin, stdout, stderr = streams.programs_ends
    process, pipes = launching.launch(
        assignment.profile,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        as_root=assignment.uid is not None,
        walls=assignment.walls,
    )
    streams.close_the_programs_ends()
    supervision = Supervision(assignment, group, process, pipes, os.pidfd_open(process.pid))
    held.callback(supervision.close)
    held.callback(supervision.end)
    if group is not None:
        # The first move after a pause costs the kernel 10 ms: one is made while bubblewrap builds, so that the stub's is quick.
        with suppress(ProcessLookupError):
            group.enter(process.pid)
    return supervision


def _group(assignment: Assignment) -> cgroups.Group | None:
    if "cgroup" not in assignment.walls:
        return None
    profile = assignment.profile
    caps = cgroups.Caps(profile.memory_bytes, profile.processes + OUR_PROCESSES, profile.cores)
    try:
        return cgroups.make(caps)
    except OSError as error:
        raise LaunchError(f"the control group could not be made: {error}") from error
