"""What this machine offers."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dure.engines.scheduling import Capacity
from dure.farm.models import Node
from dure.foundation import clock

KEPT_FOR_OURSELVES: Final = 1024
"""MiB of memory that no job gets: the database, the web server and the scorer live here, too."""
WEIGHT: Final[Mapping[str, float]] = {"cores": 1.0, "memory_mib": 1 / 4096}
"""What a second of a unit weighs in a member's usage. An accelerator weighs ACCELERATOR_WEIGHT."""
ACCELERATOR_WEIGHT: Final = 30.0


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


def capacity_of(node: Node) -> Capacity:
    """A machine as the ordering looks at it."""
    amounts = {"cores": node.cores, "memory_mib": node.memory_mib, **node.accelerators}
    return Capacity(
        kinds=tuple(amounts),
        amounts=tuple(amounts.values()),
        weights=tuple(WEIGHT.get(kind, ACCELERATOR_WEIGHT) for kind in amounts),
    )
