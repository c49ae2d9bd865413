"""cgroups version 1: one tree for each controller (the kernel's Documentation/admin-guide/cgroup-v1)."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from dure.engines.sandbox.cgroups.group import PERIOD_US, Caps, Kind, field, fresh_name, remove_folder, sweep

CONTROLLERS = ("memory", "pids", "cpu", "cpuacct")


@dataclass(frozen=True, slots=True)
class GroupV1:
    """One folder for each controller; controllers mounted together share it."""

    folders: dict[str, Path]
    kind: ClassVar[Kind] = "v1"

    def enter(self, pid: int) -> None:
        """Put a process into the group, in every tree."""
        for folder in set(self.folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def peak_memory(self) -> int:
        """Return the most bytes at once."""
        return int((self.folders["memory"] / "memory.max_usage_in_bytes").read_text())

    def cpu_seconds(self) -> float:
        """Return the processor time so far."""
        return int((self.folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9

    def memory_was_short(self) -> bool:
        """Say whether the kernel ended a process for memory."""
        return field(self.folders["memory"] / "memory.oom_control", "oom_kill") > 0

    def processes_were_short(self) -> bool:
        """Say whether a fork was refused."""
        return field(self.folders["pids"] / "pids.events", "max") > 0

    def remove(self) -> None:
        """Remove the folders; without processes there is nothing to end, the sandbox's own end saw to that."""
        for folder in set(self.folders.values()):
            remove_folder(folder)


def make(caps: Caps, parents: dict[str, Path]) -> GroupV1:
    """Make a group with these limits below the given folder of each controller. Raises OSError where that is not allowed."""
    name = fresh_name()
    group = GroupV1({controller: parent / name for controller, parent in parents.items()})
    for parent in set(parents.values()):
        sweep(parent)
    try:
        for folder in set(group.folders.values()):
            folder.mkdir()
        _limit(group.folders, caps)
    except OSError:
        group.remove()
        raise
    return group


def _limit(folders: dict[str, Path], caps: Caps) -> None:
    memory = folders["memory"]
    (memory / "memory.limit_in_bytes").write_text(str(caps.memory))
    with_swap = memory / "memory.memsw.limit_in_bytes"
    if with_swap.exists():
        with_swap.write_text(str(caps.memory))
    else:
        # Without accounting of swap the group could at least not be driven into it.
        with contextlib.suppress(OSError):
            (memory / "memory.swappiness").write_text("0")
    (folders["pids"] / "pids.max").write_text(str(caps.processes))
    (folders["cpu"] / "cpu.cfs_period_us").write_text(str(PERIOD_US))
    (folders["cpu"] / "cpu.cfs_quota_us").write_text(str(int(caps.cores * PERIOD_US)))
