"""cgroups version 2: one tree (the kernel's Documentation/admin-guide/cgroup-v2.rst).

Written to that text and tested on a tree of plain files; `protection` tries it for real wherever it is there.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from dure.engines.sandbox.cgroups.group import PERIOD_US, Caps, Kind, field, fresh_name, remove_folder, sweep

CONTROLLERS = ("memory", "pids", "cpu")


@dataclass(frozen=True, slots=True)
class GroupV2:
    """One folder with every controller's files."""

    folder: Path
    kind: ClassVar[Kind] = "v2"

    def enter(self, pid: int) -> None:
        """Put a process into the group."""
        (self.folder / "cgroup.procs").write_text(str(pid))

    def peak_memory(self) -> int:
        """Return the most bytes at once; before Linux 5.19 only what there is now."""
        peak = self.folder / "memory.peak"
        return int((peak if peak.exists() else self.folder / "memory.current").read_text())

    def cpu_seconds(self) -> float:
        """Return the processor time so far."""
        return field(self.folder / "cpu.stat", "usage_usec") / 1e6

    def memory_was_short(self) -> bool:
        """Say whether the kernel ended a process for memory."""
        return field(self.folder / "memory.events", "oom_kill") > 0

    def processes_were_short(self) -> bool:
        """Say whether a fork was refused."""
        return field(self.folder / "pids.events", "max") > 0

    def remove(self) -> None:
        """End what is left (Linux 5.14), and the group."""
        with contextlib.suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1")
        remove_folder(self.folder)


def make(caps: Caps, parent: Path) -> GroupV2:
    """Make a group with these limits. Raises OSError where that is not allowed or a controller is not handed down."""
    _hand_down(parent)
    sweep(parent)
    group = GroupV2(parent / fresh_name())
    group.folder.mkdir()
    try:
        _limit(group.folder, caps)
    except OSError:
        group.remove()
        raise
    return group


def _hand_down(parent: Path) -> None:
    """Let the parent's children have the controllers; refused where processes live in the parent itself."""
    given = set((parent / "cgroup.subtree_control").read_text().split())
    missing = [f"+{name}" for name in CONTROLLERS if name not in given]
    if missing:
        (parent / "cgroup.subtree_control").write_text(" ".join(missing))


def _limit(folder: Path, caps: Caps) -> None:
    limits = {
        "memory.max": str(caps.memory),
        "pids.max": str(caps.processes),
        "cpu.max": f"{int(caps.cores * PERIOD_US)} {PERIOD_US}",
    }
    for name, value in limits.items():
        _set(folder / name, value)
    if (folder / "memory.swap.max").exists():
        _set(folder / "memory.swap.max", "0")


def _set(file: Path, value: str) -> None:
    """Write to a file that the kernel made; never make one, which would look like success where there is no controller."""
    with file.open("r+") as limit:
        limit.write(value)
