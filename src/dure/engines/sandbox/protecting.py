"""What protects this machine, found out by doing, once per process; and the refusal where it is too little."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from dure.engines.sandbox import cgroups, probing
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.launching import program
from dure.engines.sandbox.outcome import LaunchError, UnprotectedError
from dure.engines.sandbox.seccomp import ARCHITECTURES
from dure.engines.sandbox.walls import ALL, Wall

LEAST_LEVEL = 3
State = Literal["holds", "missing", "unproven"]
Cause = Literal[
    "",
    "not_linux",
    "bubblewrap_missing",
    "bubblewrap_old",
    "user_namespaces_zero",
    "apparmor_forbids",
    "container_forbids",
    "does_not_start",
    "reached_through",
    "machine_unknown",
    "kernel_has_none",
    "no_writable_cgroup",
    "cgroup_did_not_hold",
]
"""Why a wall is missing; whoever shows it says what to do."""


@dataclass(frozen=True, slots=True)
class WallState:
    """One wall: whether it holds, why not, and a detail for the operator (a version, a message of the system)."""

    name: str
    state: State
    cause: Cause = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """The level in force and what it consists of.

    4: namespaces, filter, limits, Landlock, and the kernel counts the tree's memory, processes and processor time (cgroup).
    3: the same, but the tree's memory is watched every 50 ms instead of capped, or Landlock is missing.
    2: only Landlock, limits and another user could be had. 1: only limits. 0: nothing. Below 3 no stranger's program is run.
    """

    level: int
    walls: tuple[WallState, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of walls that do not hold."""
        return tuple(wall.name for wall in self.walls if wall.state != "holds")

    @property
    def behind(self) -> frozenset[Wall]:
        """The walls that a run puts up: a cgroup that did not prove itself would only seem to bound memory."""
        return ALL - {"cgroup"} if "cgroup" in self.missing else ALL


@cache
def protection() -> Protection:
    """Probe this machine: two or three short runs, about a quarter of a second."""
    if sys.platform != "linux":
        return Protection(0, (WallState("sandbox", "missing", "not_linux"),))
    outer = _sandbox()
    filtering, landlock = _filter(), _landlock()
    if any(wall.state != "holds" for wall in (*outer, filtering)):
        return Protection(_without_sandbox(landlock), (*outer, filtering, landlock))
    cgroup, watcher = _cgroup(), _watcher()
    walls = (*outer, filtering, landlock, cgroup, watcher)
    return Protection(_level(landlock, cgroup, watcher), walls)


def require(least: int = LEAST_LEVEL) -> Protection:
    """Return the protection. Raises UnprotectedError below the level asked for, and always below 3."""
    found = protection()
    if found.level < max(least, LEAST_LEVEL):
        raise UnprotectedError(found.level, found.missing)
    return found


def _level(landlock: WallState, cgroup: WallState, watcher: WallState) -> int:
    if watcher.state != "holds":
        return _without_sandbox(landlock)
    return 4 if landlock.state == cgroup.state == "holds" else 3


def _without_sandbox(landlock: WallState) -> int:
    return 2 if landlock.state == "holds" and os.geteuid() == 0 else 1


def _sandbox() -> tuple[WallState, ...]:
    """Return the state of bubblewrap and of every wall that the trial tried to pass."""
    try:
        reached = probing.holes()
    except LaunchError as error:
        return (WallState("sandbox", "missing", _cause(str(error)), str(error)),)
    passed = [WallState(name, "missing", "reached_through") for name in sorted(reached)]
    return (WallState("sandbox", "holds"), *passed)


def _cause(message: str) -> Cause:
    """Name the reason why bubblewrap did not start, the surest first."""
    if program() is None:
        return "bubblewrap_missing"
    if "Unknown option" in message:
        return "bubblewrap_old"
    if _switch("/proc/sys/user/max_user_namespaces") == "0":
        return "user_namespaces_zero"
    if os.geteuid() != 0 and _switch("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "apparmor_forbids"
    if any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv")):
        return "container_forbids"
    return "does_not_start"


def _switch(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def _filter() -> WallState:
    machine = this_host().machine
    known = machine in ARCHITECTURES
    return (
        WallState("seccomp", "holds", "", machine)
        if known
        else WallState("seccomp", "missing", "machine_unknown", machine)
    )


def _landlock() -> WallState:
    abi = this_host().landlock_abi
    return (
        WallState("landlock", "holds", "", f"ABI {abi}")
        if abi
        else WallState("landlock", "missing", "kernel_has_none")
    )


def _cgroup() -> WallState:
    kind = cgroups.kind()
    if kind is None:
        return WallState("cgroup", "missing", "no_writable_cgroup")
    if probing.kernel_bounds_memory():
        return WallState("cgroup", "holds", "", kind)
    return WallState("cgroup", "unproven", "cgroup_did_not_hold", kind)


def _watcher() -> WallState:
    if probing.watcher_bounds_memory():
        return WallState("watcher", "holds")
    return WallState("watcher", "missing", "does_not_start")
