"""Things on the machine that a hostile program would like to reach: servers, a queue, a process."""

import ctypes
import os
import platform
import secrets
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dure.engines.sandbox import syscalls
from dure.engines.sandbox.seccomp import ARCHITECTURES
from tests.engines.sandbox.attacks import CALLS
from tests.engines.sandbox.runners import without_rights

_CREATE, _REMOVE, _FOR_ALL = 0o1000, 0, 0o666


@contextmanager
def things_to_reach(secret: Path) -> Iterator[dict[str, str]]:
    """Set them up; what an attack must know of them, as its environment."""
    with ExitStack() as held:
        tcp = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = held.enter_context(_echo())
        abstract = held.enter_context(socket.socket(socket.AF_UNIX))
        name = f"dure-{secrets.token_hex(8)}"
        abstract.bind(f"\0{name}")
        abstract.listen()
        victim = held.enter_context(sleeping())
        yield {
            "TCP": str(tcp.getsockname()[1]),
            "UDP": str(udp),
            "ABSTRACT": name,
            "QUEUE": str(held.enter_context(_queue())),
            "HOST": socket.gethostname(),
            "SECRET": str(secret),
            "VICTIM": str(victim),
            "CGROUP": str(Path("/proc/self/ns/cgroup").readlink()),
            **_numbers(),
        }


@contextmanager
def sleeping() -> Iterator[int]:
    """A process of somebody without rights."""
    with subprocess.Popen([*without_rights(), "sleep", "300"], cwd="/") as process:
        yield process.pid
        process.kill()


@contextmanager
def _echo() -> Iterator[int]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        thread = threading.Thread(target=_answer, args=(server,))
        thread.start()
        yield port
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"end", ("127.0.0.1", port))
        thread.join()


def _answer(server: socket.socket) -> None:
    while True:
        data, address = server.recvfrom(10)
        if data == b"end":
            return
        server.sendto(data, address)


@contextmanager
def _queue() -> Iterator[int]:
    libc = ctypes.CDLL(None)
    key = secrets.randbelow(2**30) + 1
    queue = libc.msgget(key, _CREATE | _FOR_ALL)
    assert queue >= 0
    yield key
    libc.msgctl(queue, _REMOVE, None)


def _numbers() -> dict[str, str]:
    column = ARCHITECTURES[platform.machine()].column
    calls = {**syscalls.REFUSED, **syscalls.UNCOUNTED, "clone3": syscalls.CLONE3, **CALLS}
    return {f"NR_{name}": str(numbers[column]) for name, numbers in calls.items()}


def processes_with(marker: str) -> list[int]:
    """Processes whose command line has a word that only one test used."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if any(marker.encode() in word for word in words) and int(path.parts[2]) != os.getpid():
            found.append(int(path.parts[2]))
    return found
