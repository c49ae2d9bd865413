"""The guard: a small process that ends a killed supervisor's children, and theirs.

Run as `python guard.py FD`. It reads lines from the pipe FD: `add GROUP SIGNAL`, `drop GROUP`, `done`. When the
pipe ends without `done`, the supervisor is dead: each group gets its signal, and three seconds later SIGKILL.
It inherits the data folder's lock, so that the next start waits until this is over.
"""

import os
import signal
import sys
import time
from pathlib import Path

PATIENCE_S = 3.0


def signal_group(group: int, number: int) -> bool:
    """Signal a process group; say whether any member was there."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # the group's last member is another user's zombie or already gone
        return False
    return True


def listen(pipe: int) -> dict[int, int] | None:
    """Read until the pipe ends; return the groups to end with their signals, or None after `done`."""
    groups: dict[int, int] = {}
    with os.fdopen(pipe) as lines:
        for line in lines:
            words = line.split()
            if words[0] == "add":
                groups[int(words[1])] = int(words[2])
            elif words[0] == "drop":
                groups.pop(int(words[1]), None)
            else:
                return None
    return groups


def living(groups: list[int]) -> list[int]:
    """Return the groups with a member that still runs; one that ended but was not collected yet does not."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = entry.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended while we looked
            continue
        if state not in "ZX":
            found.add(int(group))
    return [group for group in groups if group in found]


def end(groups: dict[int, int]) -> None:
    """Ask each group to end, wait, and kill what is left."""
    left = [group for group, number in groups.items() if signal_group(group, number)]
    deadline = time.monotonic() + PATIENCE_S
    while (left := living(left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in left:
        signal_group(group, signal.SIGKILL)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = listen(int(sys.argv[1]))
    if groups is not None:
        end(groups)
    return 0


if __name__ == "__main__":
    sys.exit(main())
