"""The runner beside a Slurm cluster: hands jobs over, compares what it believes with what Slurm says, and takes back results.

It may be killed at any moment: Slurm carries on, and the next runner goes on with the same tries.
"""

import logging
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from dure.engines import sandbox
from dure.farm.bell import RUNNER
from dure.farm.models import Node, SlurmJob
from dure.farm.slurm import believing, handing
from dure.farm.slurm.accounting import SlurmAccounting
from dure.farm.slurm.alone import Alone
from dure.farm.slurm.commands import Refused, SlurmAway
from dure.farm.slurm.executor import Slurm, cluster
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.looking import Looks
from dure.farm.usage.closing import close_hours
from dure.foundation import clock, files, leases
from dure.foundation.away import AWAY
from dure.foundation.bell import Listener

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 1.0
REST_SECONDS: Final = 3.0
KEEP_SECONDS: Final = 20.0
PATIENCE: Final = 5.0
"""A look at a large cluster may take long: so many times as long passes until the next."""
WAITING: Final = (SlurmAway, Refused, files.StorageUnavailable, OSError)


class Runner:
    """One cluster's runner. `run` returns when told to stop, or with `until_empty` when Slurm has nothing and nothing waits."""

    def __init__(self, shared: Shared) -> None:
        """Raises SlurmAway where the cluster does not answer."""
        self.slurm = Slurm(shared)
        self.name = f"slurm:{cluster()}"
        self.node = self._present()
        self._looks = Looks(self.slurm, worker=self.name)
        self._alone = Alone(self.name)
        self._stop = threading.Event()
        self._ear = Listener(RUNNER)
        self._next_look = self._next_keep = self._rests_until = 0.0
        self._has_any = self._was_alone = True

    def stop(self, *_signal: Any) -> None:
        """What was handed over stays with Slurm."""
        self._stop.set()

    def run(self, *, until_empty: bool = False) -> None:
        try:
            while not self._stop.is_set():
                taken = self._turn()
                if until_empty and not (taken or self._has_any or self._rests):
                    return
                self._pause()
        finally:
            self._alone.give_up()

    def _turn(self) -> int:
        """One turn: keep what is ours, look at Slurm, hand over what waits. Returns how many were taken."""
        try:
            self._ear.listen()
            if self._rests or not self._is_alone():
                return 0
            self._keep_now_and_then()
            self._look_now_and_then()
            taken = handing.hand_over(self.slurm, worker=self.name, node=self.node)
            self._has_any |= bool(taken)
        except AWAY as error:
            log.warning("the database is away (%s); waiting for it", type(error).__name__)
            connection.close()
        except WAITING as error:
            log.warning("waiting: %s", error)
            self._rests_until = time.monotonic() + REST_SECONDS
        else:
            return taken
        return 0

    def _is_alone(self) -> bool:
        """Whether no other runner has this cluster; said once when one does."""
        is_alone = self._alone.is_mine()
        if not is_alone and self._was_alone:
            log.warning("another runner has %s; waiting until it is gone", self.name)
        self._was_alone = is_alone
        return is_alone

    @property
    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until

    def _look_now_and_then(self) -> None:
        began = time.monotonic()
        if began < self._next_look:
            return
        ours = self._looks.look()
        handing.ask_again(self.slurm, ours.values())
        self._has_any = any(handed.row.state != SlurmJob.State.REFUSED for handed in ours.values())
        ended = time.monotonic()
        self._next_look = ended + max(LOOK_SECONDS, PATIENCE * (ended - began))

    def _keep_now_and_then(self) -> None:
        """Keep our leases, sweep those of others, take away what nobody waits for, and enter the hours that are over."""
        if time.monotonic() < self._next_keep:
            return
        leases.beat(worker=self.name, seconds=believing.LEASE_S)
        leases.sweep_and_tell(clock.now())
        self.node = self._present()
        for ref in self.slurm.shared.left_over(believing.ours(worker=self.name)):
            self.slurm.shared.remove(ref)
        close_hours(SlurmAccounting(self.slurm), clock.now())
        self._next_keep = time.monotonic() + KEEP_SECONDS

    def _present(self) -> Node:
        """The cluster's machines taken together. Each node tries its own walls before it runs anything."""
        total: Counter[str] = Counter()
        for machine in self.slurm.capacity():
            if machine.is_up:
                total.update(
                    {"cores": machine.cores, "memory_mib": machine.memory_mib, **machine.accelerators}
                )
        return believing.present(self.name, total, level=sandbox.LEAST_LEVEL)

    def _pause(self) -> None:
        """Until the bell rings, at most until the next look."""
        if connection.connection is None or self._rests:
            self._stop.wait(REST_SECONDS / 4)
        else:
            ahead = max(self._next_look - time.monotonic(), 0.05)
            self._ear.wait(min(ahead, LOOK_SECONDS), unless=self._stop.is_set)


def main(*, until_empty: bool = False) -> None:
    """Run a runner in this process until SIGTERM. A cluster that does not answer yet is waited for."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    runner = _begun(stop)
    if runner is not None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, runner.stop)
        runner.run(until_empty=until_empty)


def _begun(stop: threading.Event) -> Runner | None:
    while not stop.is_set():
        try:
            return Runner(Shared.at(Path(settings.SLURM_FOLDER)))
        except WAITING as error:
            log.warning("the Slurm runner waits: %s", error)
            stop.wait(REST_SECONDS)
    return None
