"""What a tree of processes uses, read from /proc: for machines where no cgroup counts it.

Resident memory counts shared pages once per process, so it only suspects; the proportional share convicts, at ten times the
cost. Files in memory belong to no process and are asked of their file system.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """A tree at one moment: resident bytes, shared pages many times; seconds, also of those that ended and were waited for."""

    resident: int
    cpu_seconds: float


def tree(root: int) -> list[int]:
    """Return a process and all below it, those of other pid namespaces, too."""
    found = [root]
    for pid in found:
        found += children(pid)
    return found


def children(pid: int) -> list[int]:
    """Return the children of every thread of a process; none if it is gone."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(word) for text in lists for word in text.split()]


def usage(pids: Iterable[int]) -> Usage:
    """Add up what the processes use; one that is gone uses nothing."""
    resident, ticks = 0, 0
    for pid in pids:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        resident += int(words[21]) * _PAGE
        ticks += sum(int(word) for word in words[11:15])
    return Usage(resident, ticks / _TICKS_PER_S)


def proportional(pids: Iterable[int]) -> tuple[int, int]:
    """Return (bytes of their own, bytes of shared memory), each page divided among those that share it.

    A process that hides its map (not dumpable) is counted with all of its resident pages.
    """
    own, shared = 0, 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            own += usage([pid]).resident
            continue
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
        shared += sizes.get("Pss_Shmem:", 0)
        own += sizes.get("Pss:", 0) - sizes.get("Pss_Shmem:", 0)
    return own, shared


def filled(folder: int) -> tuple[int, int]:
    """Return (bytes, entries) of the file system in memory that a directory descriptor stands on, unlinked files among them."""
    facts = os.fstatvfs(folder)
    return (facts.f_blocks - facts.f_bfree) * facts.f_frsize, facts.f_files - facts.f_ffree


def memory(pids: list[int], *, in_files: int, most: int) -> int:
    """Return the tree's bytes, exactly enough to know whether they are above `most`.

    Pages of files in memory that a process maps are counted once, not twice.
    """
    suspected = usage(pids).resident + in_files
    if suspected <= most:
        return suspected
    own, shared = proportional(pids)
    return own + max(shared, in_files)
