"""Tries the walls from inside: a program that attempts what must fail, and prints the name of each wall that let it."""

import socket
import tempfile
from dataclasses import replace
from pathlib import Path

from dure.engines.sandbox.cgroups import kind
from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.outcome import LaunchError, Outcome
from dure.engines.sandbox.profile import MIB, Profile
from dure.engines.sandbox.rlimits import OURS
from dure.engines.sandbox.running import run_behind
from dure.engines.sandbox.walls import ALL

_MODEST = Profile(memory_bytes=256 * MIB, processes=8, wall_seconds=20, temporary_bytes=MIB)
_GREEDY = replace(_MODEST, memory_bytes=48 * MIB)
_GRAB = "import time; grabbed = b'x' * (160 << 20); time.sleep(5)"
_ATTEMPTS = """
import ctypes, errno, os, resource, socket, sys
port, secret, processes, abi = int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
libc = ctypes.CDLL(None, use_errno=True)
def works(attempt, *words):
    try:
        return attempt(*words) is not False
    except OSError:
        return False
def reads(path):
    return bool(open(path, "rb").read())
def listens():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
def says_the_kernel():
    return "Seccomp:\\t2" not in open("/proc/self/status").read()
found = {
    "network": works(socket.create_connection, ("127.0.0.1", port), 1),
    "files": works(reads, secret) or works(os.listdir, "/sys"),
    "environment": works(reads, "/proc/1/environ"),
    "descriptors": len(os.listdir("/proc/self/fd")) > 4,
    "nested": libc.unshare(0x10000000) == 0,
    "read_only": works(os.mkdir, "/usr/dure") or works(os.mkdir, "/dure") or works(os.mkdir, "/dev/dure"),
    "rlimits": resource.getrlimit(resource.RLIMIT_NPROC)[1] != processes,
    "uid": os.getuid() == 0,
    "seccomp": works(says_the_kernel),
    "landlock": abi >= 4 and works(listens),
}
print(*(name for name, open_ in found.items() if open_))
"""


def holes() -> set[str]:
    """Return the names of the walls that a program inside could pass. Raises LaunchError if the sandbox does not start."""
    host = this_host()
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.NamedTemporaryFile() as secret:
        Path(secret.name).write_bytes(b"hidden answers")
        words = [host.python, "-I", "-S", "-c", _ATTEMPTS, str(server.getsockname()[1]), secret.name]
        words += [str(_MODEST.processes + OURS), str(host.landlock_abi)]
        outcome = run_behind(_MODEST, words, level=0, behind=ALL - {"cgroup"})
    if outcome.exit_code != 0:
        raise LaunchError(
            outcome.stderr.decode(errors="replace").strip()[-500:] or f"it ended: {outcome.limit}"
        )
    return set(outcome.stdout.decode().split())


def kernel_bounds_memory() -> bool:
    """Try a cgroup: a run that takes too much must be ended by the kernel, at the limit and not above."""
    if kind() is None:
        return False
    ended = _grab(watched=False)
    return ended.limit == "memory" and 0 < ended.peak_memory <= _GREEDY.memory_bytes


def watcher_bounds_memory() -> bool:
    """Try the watcher: it must end the same run."""
    return _grab(watched=True).limit == "memory"


def _grab(*, watched: bool) -> Outcome:
    without = {"cgroup"} if watched else {"watcher"}
    return run_behind(
        _GREEDY, [this_host().python, "-I", "-S", "-c", _GRAB], level=0, behind=frozenset(ALL - without)
    )
