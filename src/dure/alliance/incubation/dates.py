"""The days of a startup in a batch: a checkpoint each month, a reminder before it."""

from datetime import date, timedelta
from typing import Final

from dure.alliance.projects.dates import is_plausible, months_after

__all__ = ["REMINDED", "checkpoints", "is_plausible", "is_reminded"]
REMINDED: Final = timedelta(days=7)
"""So long before a checkpoint is due its people are reminded, once."""
MOST: Final = 60


def checkpoints(first: date, last: date) -> list[date]:
    """Each month after the first day, counted from that day so that nothing drifts, up to the last."""
    days = (months_after(first, number) for number in range(1, MOST + 1))
    return [day for day in days if day <= last]


def is_reminded(due: date, today: date) -> bool:
    return due - REMINDED <= today <= due
