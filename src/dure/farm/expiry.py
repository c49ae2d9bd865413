"""What time does to granted hours: pure."""

from datetime import date
from typing import Any, Final

WARNED_BEFORE: Final = (3, 14)
"""How many days before the end people are told, the nearest first; at the last of them it counts as ending soon."""


def due(allocation: Any, *, today: date) -> str:
    """The move that is due; empty when none is."""
    left = (allocation.ends_on - today).days
    if "granted" not in allocation.state_tags:
        return ""
    if left < 0:
        return "expire"
    if allocation.state == "approved":
        return "begin" if allocation.starts_on <= today else ""
    soon = left <= WARNED_BEFORE[-1]
    if soon == (allocation.state == "expiring"):
        return ""
    return "warn" if soon else "extend"


def to_warn(allocation: Any, *, today: date) -> int | None:
    """Which warning is due: its days before the end. None when it was given already, or none is due."""
    left = (allocation.ends_on - today).days
    nearest = next((days for days in WARNED_BEFORE if left <= days), None)
    if nearest is None or allocation.state != "expiring":
        return None
    told = allocation.warned_days
    return nearest if told is None or told > nearest else None
