"""What this machine offers."""

import os
import socket
from pathlib import Path
from typing import Final

from dure.farm.models import Node
from dure.foundation import clock

KEPT_FOR_OURSELVES: Final = 1024
"""MiB of memory that no job gets: the database, the web server and the scorer live here, too."""


def present(*, level: int) -> Node:
    """Write down what this machine has now, under its name."""
    found = {
        "cores": len(os.sched_getaffinity(0)),
        "memory_mib": max(256, _memory_mib() - KEPT_FOR_OURSELVES),
        "level": level,
        "seen_at": clock.now(),
    }
    node, _made = Node.objects.update_or_create(name=socket.gethostname()[:80], defaults=found)
    return node


def _memory_mib() -> int:
    total = next(
        line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal:")
    )
    return int(total.split()[1]) // 1024
