"""The processes of a served installation, as data. To add one, add a line to CHILDREN."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dure.cli.installation import PACKAGE


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104 — shown, not bound
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"


@dataclass(frozen=True)
class Child:
    """A process to keep running. `command` names the management command it needs, if it may be absent.

    `stop` asks it to end; `patience_s` is how long it may take before it is killed. One that `is_alone` is given `env` and nothing
    of our environment.
    """

    name: str
    arguments: Callable[[Address], list[str]]
    command: str = ""
    stop: signal.Signals = signal.SIGTERM
    patience_s: float = 6.0
    env: dict[str, str] = field(default_factory=dict)
    is_alone: bool = False


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def web_workers() -> int:
    """Return how many web processes to run: one per core, two to sixteen; DURE_WEB_WORKERS overrules."""
    given = os.environ.get("DURE_WEB_WORKERS", "")
    return int(given) if given.isdigit() and int(given) else min(16, max(2, os.cpu_count() or 2))


def _web(address: Address) -> list[str]:
    """One blocking thread each: more threads share one interpreter lock and halve the page rate."""
    words = ["granian", "--interface", "wsgi", "--workers", str(web_workers()), "--blocking-threads", "1"]
    words += ["--host", address.host, "--port", str(address.port), "--no-ws", "--backpressure", "64"]
    words += ["--respawn-failed-workers", "--workers-kill-timeout", "4", "--log-level", "warning"]
    return python(*words, "dure.wsgi:application")


def _worker(_: Address) -> list[str]:
    return python("dure.cli", "worker", "--concurrency", "2")


def _scorer(_: Address) -> list[str]:
    return python("dure.cli", "manage", "scorer")


def _runner(_: Address) -> list[str]:
    return python("dure.cli", "manage", "runner")


CHILDREN = (
    Child("web", _web),
    Child("worker", _worker),
    # What strangers' programs are carried out by. Told to stop, it puts back what runs.
    Child("runner", _runner, command="runner", patience_s=12.0),
    # One thread: a scorer is one process on one core. Its products and tables are small, and two threads cost more than they give.
    Child("scorer", _scorer, command="scorer", env={"OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}),
)


def has_command(name: str, *, package: Path = PACKAGE) -> bool:
    """Say whether one of our apps has this management command, without starting Django."""
    return any(package.glob(f"*/management/commands/{name}.py"))


def children() -> list[Child]:
    """Return the children of this version: those whose management command exists."""
    return [child for child in CHILDREN if not child.command or has_command(child.command)]
