"""What both versions of cgroups do for a run, and the small steps they share."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Kind = Literal["v1", "v2"]
PREFIX = "dure-sandbox-"
PERIOD_US = 100_000
_BUSY_S, _PAUSE_S = 3.0, 0.01


@dataclass(frozen=True, slots=True)
class Caps:
    """Bytes of memory, swap among them; processes and threads; processors' worth of time."""

    memory: int
    processes: int
    cores: float


class Group(Protocol):
    """One run's group. Every figure is of the whole run, also of processes that ended."""

    @property
    def kind(self) -> Kind:
        """Which version."""

    def enter(self, pid: int) -> None:
        """Put a process, and what it starts from now on, into the group."""

    def peak_memory(self) -> int:
        """Return the most bytes at once."""

    def cpu_seconds(self) -> float:
        """Return the processor time so far."""

    def memory_was_short(self) -> bool:
        """Say whether the kernel ended a process because the group's memory was used up."""

    def processes_were_short(self) -> bool:
        """Say whether a fork was refused because of the group's limit."""

    def remove(self) -> None:
        """End what is left, and the group."""


def fresh_name() -> str:
    """Return a name that says which process made the group, so that those of the dead can be swept."""
    return f"{PREFIX}{os.getpid()}-{time.monotonic_ns()}"


def sweep(parent: Path) -> None:
    """Remove the groups that killed starters left; one with a living process in it cannot be removed."""
    for folder in parent.glob(f"{PREFIX}*"):
        starter = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", starter).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def remove_folder(folder: Path) -> None:
    """Remove a group; the kernel calls it busy for a while after its last process is gone."""
    deadline = time.monotonic() + _BUSY_S
    while folder.exists():
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            if time.monotonic() > deadline:
                return
            time.sleep(_PAUSE_S)


def field(path: Path, name: str) -> int:
    """Return the number beside a name in a file of `name number` lines; 0 if it has none."""
    for line in path.read_text().splitlines():
        key, _, number = line.partition(" ")
        if key == name:
            return int(number)
    return 0
