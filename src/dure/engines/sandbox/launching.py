"""Starts bubblewrap and the stub: one process, four pipes, the orders."""

import marshal
import os
import shutil
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dure.engines.sandbox import command, landlock, orphans, rlimits, seccomp
from dure.engines.sandbox.host import Host, this_host
from dure.engines.sandbox.outcome import LaunchError
from dure.engines.sandbox.profile import TEMPORARY, Profile
from dure.engines.sandbox.walls import Wall

_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": TEMPORARY,
    "TMPDIR": TEMPORARY,
    "USER": "sandbox",
    "LOGNAME": "sandbox",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
}
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS",
)
"""Libraries start a thread for each processor of the machine, which eats the run's processes and its share of time."""


@dataclass(frozen=True, slots=True)
class Pipes:
    """Our ends of the pipes to the stub."""

    orders: int
    report: int


@cache
def program() -> str | None:
    """Return where bubblewrap is, or None."""
    return shutil.which("bwrap", path="/usr/bin:/usr/local/bin:/bin")


def launch(
    profile: Profile, *, stdin: int, stdout: int, stderr: int, as_root: bool, walls: Collection[Wall]
) -> tuple[subprocess.Popen[bytes], Pipes]:
    """Start the sandbox; inside, the stub waits for its orders. Raises LaunchError if bubblewrap is missing or does not start.

    Input and output are handed to the program alone: bubblewrap would keep them open as long as it lives.
    To be called in a thread that lives as long as the run: the death of the starting thread ends bubblewrap.
    """
    found = program()
    if found is None:
        raise LaunchError("bubblewrap is not installed")
    orphans.sweep()
    (orders_in, orders), (report, report_out) = os.pipe(), os.pipe()
    passed = (orders_in, report_out, stdin, stdout)
    words = command.bwrap(
        profile,
        program=found,
        host=this_host(),
        as_root=as_root,
        walls=walls,
        inside=[this_host().python, "-I", "-S", "-c", _stub(), *map(str, passed), orphans.starter()],
    )
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            cwd="/",
            env={} if "environment" in walls else None,
            pass_fds=passed if "descriptors" in walls else (*passed, *_others({orders, report})),
        )
    except OSError as error:
        os.close(orders)
        os.close(report)
        raise LaunchError(str(error)) from error
    finally:
        os.close(orders_in)
        os.close(report_out)
    os.set_blocking(report, False)
    return process, Pipes(orders, report)


def _others(ours: set[int]) -> list[int]:
    """Return what a careless starter would leave open."""
    known = {int(name) for name in os.listdir("/proc/self/fd")}  # noqa: PTH208 - pathlib would open one more
    return sorted(descriptor for descriptor in known - ours if descriptor > 2 and _is_open(descriptor))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


@cache
def _stub() -> str:
    return Path(__file__).with_name("stub.py").read_text()


def orders(
    profile: Profile,
    words: list[str],
    *,
    uid: int | None,
    walls: Collection[Wall],
    kernel_counts_memory: bool,
) -> bytes:
    """Return what the stub must do, for the pipe: its length in eight bytes, then the text."""
    host = this_host()
    limits = rlimits.rlimits(profile, kernel_counts_memory=kernel_counts_memory)
    text = marshal.dumps(
        {
            "leashed": "death" in walls,
            "uid": uid if "uid" in walls else None,
            "workdir": profile.workdir,
            "rlimits": limits if "rlimits" in walls else [],
            "landlock": landlock.ruleset(profile, abi=host.landlock_abi) if "landlock" in walls else None,
            "seccomp": _filter(host, kernel_counts_memory=kernel_counts_memory)
            if "seccomp" in walls
            else None,
            "command": words,
            "environment": environment(profile),
        }
    )
    return len(text).to_bytes(8, "little") + text


def _filter(host: Host, *, kernel_counts_memory: bool) -> bytes | None:
    return seccomp.compiled(host.machine, kernel_counts_memory=kernel_counts_memory)


def environment(profile: Profile) -> dict[str, str]:
    """Return the program's whole environment: a few fixed names, then those of the profile."""
    threads = str(max(1, round(profile.cores)))
    return _ENVIRONMENT | dict.fromkeys(_THREADS, threads) | dict(profile.environment)
