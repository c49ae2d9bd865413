"""What we hold of a sandbox that stands: its first process, its folders in memory, and who in it is ours."""

import os
import selectors
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from dure.engines.sandbox import watching

_GONE_S = 5.0


@dataclass(frozen=True, slots=True)
class Inside:
    """Descriptors stay true where numbers and paths could be taken by others: `init` is a pidfd, `folders` are open directories."""

    init: int
    init_pid: int
    stub_pid: int
    ours: frozenset[int]
    folders: dict[str, int]

    def strangers(self) -> list[int]:
        """Return the program's processes, without bubblewrap's and the stub."""
        return [pid for pid in watching.tree(self.init_pid) if pid not in self.ours]

    def filled(self) -> dict[str, tuple[int, int]]:
        """Return (bytes, entries) for each folder in memory; the folder itself is no entry."""
        sizes = {folder: watching.filled(descriptor) for folder, descriptor in self.folders.items()}
        return {folder: (size, entries - 1) for folder, (size, entries) in sizes.items()}

    def kill(self) -> None:
        """Kill the first process; the kernel then kills all others of the pid namespace."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.init, signal.SIGKILL)

    def wait_until_empty(self) -> None:
        """Return when no process is left: bubblewrap may be gone before its namespace is."""
        with selectors.DefaultSelector() as gone:
            gone.register(self.init, selectors.EVENT_READ)
            if not gone.select(_GONE_S):
                self.kill()
                gone.select(_GONE_S)
        # Where we are the machine's first process, as in a container, it is ours to bury.
        with suppress(ChildProcessError):
            os.waitid(os.P_PIDFD, self.init, os.WEXITED | os.WNOHANG)

    def close(self) -> None:
        """Let go; the folders' content then goes, too."""
        for descriptor in (self.init, *self.folders.values()):
            os.close(descriptor)


def inside(bubblewrap: int, folders: Iterable[str]) -> Inside:
    """Take hold of a sandbox in which only the stub runs yet: bubblewrap, below it its init, below that the stub.

    Raises ProcessLookupError or FileNotFoundError if it has ended already.
    """
    pids = watching.tree(bubblewrap)
    if len(pids) < 3:
        raise ProcessLookupError
    root = f"/proc/{pids[-1]}/root"
    opened = {
        folder: os.open(root + folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) for folder in folders
    }
    return Inside(os.pidfd_open(pids[1]), pids[1], pids[-1], frozenset(pids), opened)
