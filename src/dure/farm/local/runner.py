"""The runner process: asks the ordering who starts, carries runs out in threads, and stops those that are to stop.

It may be killed at any moment: its programs end with it, and what it held goes back into the queue when its lease runs out.
"""

import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from dure.engines import sandbox
from dure.farm.bell import RUNNER
from dure.farm.local.admitting import Admission
from dure.farm.local.carrying import Carrying
from dure.farm.local.machine import present
from dure.farm.models import Node
from dure.foundation import clock, leases
from dure.foundation.away import AWAY
from dure.foundation.bell import Listener
from dure.foundation.heartbeat import beating

log = logging.getLogger(__name__)
POLL_SECONDS: Final = 1.0
SWEEP_SECONDS: Final = 10.0
REST_SECONDS: Final = 3.0
LEAVE_SECONDS: Final = 10.0


class Runner:
    """One machine's runner. `run` returns when it was told to stop, or with `until_empty` when nothing runs or waits."""

    def __init__(self) -> None:
        self.node = present(level=sandbox.protection().level)
        self.name = f"{self.node.name}:{os.getpid()}"
        self._admission = Admission(self.node, worker=self.name)
        self._folder = Path(settings.DATA) / "farm" / "runs"
        self._going: dict[UUID, Carrying] = {}
        self._stop = threading.Event()
        self._ear = Listener(RUNNER)
        self._swept = self._rests_until = 0.0

    def stop(self, *_signal: Any) -> None:
        self._stop.set()

    def run(self, *, until_empty: bool = False) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        with beating(self.name), self._carrying():
            while not self._stop.is_set():
                started = self._turn()
                if until_empty and not (started or self._going or self._rests):
                    return
                self._pause()
            self._leave()

    @contextmanager
    def _carrying(self) -> Iterator[None]:
        """The threads that carry runs out: each run has a core at least, so no more than this run at once."""
        with ThreadPoolExecutor(self.node.cores, "run") as self._threads:
            yield
            each_once = threading.Barrier(self.node.cores)
            for _ in range(self.node.cores):
                self._threads.submit(_close_after, each_once)

    def _turn(self) -> int:
        """One look: forget those that ended, stop those that are to stop, start what may start. Returns how many started."""
        try:
            self._forget_ended()
            self._stop_those_not_ours()
            self._sweep_now_and_then()
            self._ear.listen()
            return self._start()
        except AWAY as error:
            log.warning("the database is away (%s); waiting for it", type(error).__name__)
            connection.close()
            return 0

    def _start(self) -> int:
        if self.node.level < sandbox.LEAST_LEVEL or self._rests:
            return 0
        leaving = {uid for uid, carrying in self._going.items() if carrying.is_leaving}
        decision = self._admission.decide(leaving=leaving)
        for uid in decision.preempted:
            if uid in self._going:
                self._going[uid].stop(put_back=True)
        for admitted in decision.admitted:
            carrying = self._going[admitted.job.uid] = Carrying(admitted, folder=self._folder)
            self._threads.submit(carrying.run)
        return len(decision.admitted)

    @property
    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until

    def _forget_ended(self) -> None:
        """Those whose end could not be written are settled now; where the store or the database was away one waits a little."""
        for uid, carrying in list(self._going.items()):
            if not carrying.over.is_set():
                continue
            carrying.settle()
            if carrying.was_away:
                self._rests_until = time.monotonic() + REST_SECONDS
            del self._going[uid]

    def _stop_those_not_ours(self) -> None:
        """Cancelled, or taken over by a later try while the database was away."""
        ours = leases.held(worker=self.name) if self._going else {}
        for uid, carrying in self._going.items():
            if ours.get(uid) != carrying.admitted.claim:
                carrying.stop()

    def _sweep_now_and_then(self) -> None:
        if time.monotonic() - self._swept > SWEEP_SECONDS:
            self._swept = time.monotonic()
            leases.sweep_and_tell(clock.now())
            Node.objects.filter(pk=self.node.pk).update(seen_at=clock.now())

    def _pause(self) -> None:
        """Until the bell rings: for a job that was asked for, taken back or has ended. At most a poll."""
        if connection.connection is None or self._rests:
            self._stop.wait(REST_SECONDS / 4)
        else:
            self._ear.wait(POLL_SECONDS, unless=self._stop.is_set)

    def _leave(self) -> None:
        """Told to stop: what runs is stopped and put back, unharmed."""
        for carrying in self._going.values():
            carrying.stop(put_back=True)
        for carrying in self._going.values():
            carrying.over.wait(timeout=LEAVE_SECONDS)
        with suppress(*AWAY):
            self._forget_ended()


def _close_after(each_once: threading.Barrier) -> None:
    """Close this thread's connection; the barrier has every thread of the pool do it."""
    each_once.wait()
    connection.close()


def main(*, until_empty: bool = False) -> None:
    """Run a runner in this process until SIGTERM."""
    runner = Runner()
    signal.signal(signal.SIGTERM, runner.stop)
    signal.signal(signal.SIGINT, runner.stop)
    runner.run(until_empty=until_empty)
