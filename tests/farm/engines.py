"""Engines as tests use them: run all there is, run beside the test, run as a process that can be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Protocol

from django.core.management import call_command
from django.db import connection

from dure.farm.local.runner import Runner as LocalRunner
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.runner import Runner as SlurmRunner
from tests.farm.slurm.cluster import Cluster

ROOT = Path(__file__).parents[2]


class Runner(Protocol):
    """What runners of both engines can do."""

    def run(self, *, until_empty: bool = False) -> None:
        """Carry out jobs until told to stop."""

    def stop(self) -> None:
        """Have `run` return."""


class Engine(Protocol):
    """An engine, and what fills it."""

    @property
    def places(self) -> int:
        """So many jobs of `cores` each fill it."""

    @property
    def cores(self) -> int:
        """See `places`."""

    def runner(self) -> Runner:
        """A runner of it, in this process."""

    def words(self) -> list[str]:
        """What a command needs to be its runner."""

    def environment(self) -> dict[str, str]:
        """The same for the environment."""


class LocalEngine:
    """This machine."""

    places = 1

    @property
    def cores(self) -> int:
        return LocalRunner().node.cores

    def runner(self) -> LocalRunner:
        return LocalRunner()

    def words(self) -> list[str]:
        return ["runner"]

    def environment(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True)
class SlurmEngine:
    """A private Slurm, and a folder shared with its nodes."""

    cluster: Cluster
    folder: Path

    @property
    def places(self) -> int:
        return len(self.cluster.nodes)

    @property
    def cores(self) -> int:
        return self.cluster.cpus

    @property
    def shared(self) -> Shared:
        return Shared.at(self.folder)

    def runner(self) -> SlurmRunner:
        self.know_accounts()
        return SlurmRunner(self.shared)

    def know_accounts(self) -> None:
        """Have Slurm know everybody who asked for a job until now."""
        call_command("slurm_accounts", "--apply", stdout=StringIO())

    def words(self) -> list[str]:
        self.know_accounts()
        return ["runner", "--engine", "slurm"]

    def environment(self) -> dict[str, str]:
        return {**self.cluster.environment, "DURE_SLURM_FOLDER": str(self.folder)}


def run_all(engine: Engine, *, within_s: float = 120) -> None:
    """Have a runner carry out all there is; fails instead of going on for ever."""
    runner, late = engine.runner(), Event()

    def give_up() -> None:
        late.set()
        runner.stop()

    timer = Timer(within_s, give_up)
    timer.start()
    try:
        runner.run(until_empty=True)
    finally:
        timer.cancel()
    assert not late.is_set(), f"still busy after {within_s} s"


@contextmanager
def running(engine: Engine) -> Iterator[Runner]:
    """A runner in this process, told to stop at the end."""
    runner = engine.runner()
    thread = Thread(target=_run, args=(runner,))
    thread.start()
    try:
        yield runner
    finally:
        runner.stop()
        thread.join()


def _run(runner: Runner) -> None:
    try:
        runner.run()
    finally:
        connection.close()


@contextmanager
def process(engine: Engine) -> Iterator["subprocess.Popen[bytes]"]:
    """`manage runner` on this test's database and files, killed at the end."""
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(["src", "."]),
        **engine.environment(),
    }
    words = [sys.executable, "-m", "dure.cli", "manage", *engine.words()]
    started = subprocess.Popen(words, env=env, cwd=ROOT)
    try:
        yield started
    finally:
        started.kill()
        started.wait()
