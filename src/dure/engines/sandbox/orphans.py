"""Sandboxes that lost their starter while bubblewrap was still half way, and now wait for ever.

Bubblewrap's inner process waits for a word of the outer one before it binds its life to it. If the starter is killed within
that moment, the inner one stays: no program in it, no orders for one, but a process. The next starter ends it.
"""

import os
import signal
from contextlib import suppress
from functools import cache
from pathlib import Path

_NAME = b"bwrap"


def starter() -> str:
    """Return a name of this process that no later one has: its number and its start in ticks since boot."""
    return named(os.getpid())


def named(pid: int) -> str:
    """Return the name of a process, or of none if it is gone."""
    try:
        return f"{pid}:{_facts(Path(f'/proc/{pid}'))[19]}"
    except OSError:
        return "gone"


@cache
def sweep() -> None:
    """End the sandboxes of starters that are dead; once per process, for what earlier ones left."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().rstrip(b"\0").split(b"\0")
            if _is_ours(words) and _parent(path.parent) == 1:
                os.kill(int(path.parts[2]), signal.SIGKILL)


def _is_ours(words: list[bytes]) -> bool:
    """Whether these are the words of a bubblewrap of Dure's, the last of which names a process that is gone."""
    ours = words[0].rpartition(b"/")[2] == _NAME and b"-I" in words and b"--unshare-pid" in words
    number, _, started = words[-1].decode(errors="replace").partition(":")
    return ours and number.isdigit() and bool(started) and named(int(number)) != f"{number}:{started}"


def _parent(process: Path) -> int:
    """Return who its parent is: the machine's first process for an orphan. In a container that we see into, it is another one."""
    return int(_facts(process)[1])


def _facts(process: Path) -> list[str]:
    """Return the fields behind the name (proc_pid_stat(5)); the first is the state."""
    return (process / "stat").read_text().rpartition(")")[2].split()
