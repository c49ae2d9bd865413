"""Minutes of attendance. Pure: the same times always give the same minutes, so hours can be counted again by anybody.

Whoever comes within ten minutes of the start, or goes within ten minutes of the end, was there the whole time. What is missed
beyond that is missed from the first minute on. The break is taken to be spread evenly over the session.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

GRACE: Final = timedelta(minutes=10)
SIGN_LASTS: Final = timedelta(minutes=15)
"""One sign of work on the platform stands for so long."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a session is, and how many of its minutes are a break."""

    starts_at: datetime
    ends_at: datetime
    break_minutes: int = 0

    @property
    def whole(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        """Minutes of teaching."""
        return max(0, _minutes(self.whole) - self.break_minutes)


@dataclass(frozen=True, slots=True)
class Found:
    """A status of `Attendance.Status`, and the minutes that count."""

    status: str
    minutes: int


def of_stay(timing: Timing, entered_at: datetime, left_at: datetime | None) -> Found:
    """What a stay counts for. Whoever did not say that they left, stayed."""
    entered = timing.starts_at if entered_at <= timing.starts_at + GRACE else entered_at
    left = timing.ends_at if left_at is None or left_at >= timing.ends_at - GRACE else left_at
    minutes = _share(timing, left - entered)
    if minutes == 0:
        return Found("absent", 0)
    return Found(_status(timing, entered, left), minutes)


def _status(timing: Timing, entered: datetime, left: datetime) -> str:
    if left < timing.ends_at:
        return "left"
    return "late" if entered > timing.starts_at else "present"


def _share(timing: Timing, stay: timedelta) -> int:
    """So much of the teaching as the stay is of the whole."""
    whole = timing.whole.total_seconds()
    if whole <= 0:
        return 0
    share = min(1.0, max(0.0, stay.total_seconds() / whole))
    return min(timing.minutes, int(timing.minutes * share + 1e-9))


@dataclass(frozen=True, slots=True)
class Worked:
    """What signs of work within a session come to: the first, until when the last one stands, and what that counts for."""

    first: datetime
    last: datetime
    found: Found


def of_signs(timing: Timing, signs: Iterable[datetime]) -> Worked | None:
    """What work on the platform says: each sign within the session stands for the fifteen minutes after it.

    Pauses that are longer are not counted, however early the first and however late the last sign is.
    """
    times = sorted(at for at in signs if timing.starts_at <= at < timing.ends_at)
    if not times:
        return None
    last = min(times[-1] + SIGN_LASTS, timing.ends_at)
    ends = [*times[1:], last]
    covered = sum((min(at + SIGN_LASTS, end) - at for at, end in zip(times, ends, strict=True)), timedelta(0))
    minutes = min(timing.minutes, _minutes(covered))
    stay = of_stay(timing, times[0], last)
    return Worked(times[0], last, Found(stay.status if minutes else "absent", minutes))


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
