"""Limits of each process, set inside: there they count only the run's own processes, and cannot be raised again."""

import resource

from dure.engines.sandbox.profile import MIB, Profile

OURS = 2
"""The stub and, without root, bubblewrap's init belong to the program's user, too."""
_SIGNALS, _QUEUES = 1024, 819_200


def rlimits(profile: Profile, *, kernel_counts_memory: bool) -> list[tuple[int, int, int]]:
    """Return (limit, soft, hard) for each.

    Where a cgroup counts memory, address space is free: many programs reserve far more than they touch, and drivers of
    accelerators do so everywhere. Else it bounds how far one process can run ahead of the watcher.
    The soft limit of processor time lies below the hard one: its signal says what happened.
    """
    limits = [
        (resource.RLIMIT_CPU, profile.cpu_seconds, profile.cpu_seconds + 1),
        _both(resource.RLIMIT_NPROC, profile.processes + OURS),
        _both(resource.RLIMIT_FSIZE, profile.file_bytes),
        _both(resource.RLIMIT_NOFILE, profile.open_files),
        _both(resource.RLIMIT_CORE, 0),
        _both(resource.RLIMIT_MEMLOCK, 8 * MIB),
        _both(resource.RLIMIT_SIGPENDING, _SIGNALS),
        _both(resource.RLIMIT_MSGQUEUE, _QUEUES),
    ]
    if not kernel_counts_memory and not profile.devices:
        limits.append(_both(resource.RLIMIT_AS, 2 * profile.memory_bytes + 2048 * MIB))
    return limits


def _both(which: int, most: int) -> tuple[int, int, int]:
    return which, most, most
