"""Who may not finish, and why: rules over plain values. A person decides what to do; nothing follows from this by itself.

The thresholds are the house's own, chosen so that a week's holiday is a mild reason and two weeks a strong one. They are meant to
be read by instructors, so every reason keeps the figures it was found by.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

QUIET: Final = timedelta(days=7)
LONG_QUIET: Final = timedelta(days=14)
STUCK_TRIES: Final = 5
PEERS: Final = 5
"""Fewer beginners than this in a month have no median worth comparing with."""
BEHIND_SHARE: Final = 0.5
BEHIND_POINTS: Final = 20.0

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabTries:
    """What a learner did in the lab of a unit."""

    unit: str
    tries: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Learning:
    """One learner: `done` in percent, both moments in the zone whose months count; `goes_on` until completed or left."""

    key: int
    began_at: datetime
    last_at: datetime
    done: float
    goes_on: bool = True
    has_left: bool = False
    labs: tuple[LabTries, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing happened for so many whole days; `is_long` from two weeks on."""

    days: int
    is_long: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """The lab of a unit was handed in so often without passing."""

    unit: str
    tries: int


@dataclass(frozen=True, slots=True)
class Behind:
    """Percent done, and the median of those who began in the same month."""

    done: float
    median: float


Reason = Quiet | Stuck | Behind


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A learner with every reason found, never none."""

    learning: Learning
    reasons: tuple[Reason, ...]

    @property
    def days(self) -> int:
        return next((one.days for one in self.reasons if isinstance(one, Quiet)), 0)


def at_risk(everybody: Sequence[Learning], now: datetime) -> list[AtRisk]:
    """Those who still learn and for whom a reason is found: most reasons first, then the longest quiet.

    Medians are over all who began in a month and have not left, whoever completed included.
    """
    medians = medians_by_month(everybody)
    found = (
        AtRisk(one, reasons(one, now, medians.get(_month(one.began_at)))) for one in everybody if one.goes_on
    )
    return sorted(
        (one for one in found if one.reasons),
        key=lambda one: (-len(one.reasons), -one.days, one.learning.key),
    )


def reasons(learning: Learning, now: datetime, of_month: float | None) -> tuple[Reason, ...]:
    """Every reason to ask this learner how it goes. `of_month` is the median of their month, None where there is none."""
    quiet = _quiet(learning, now)
    behind = _behind(learning, of_month)
    stuck = (Stuck(lab.unit, lab.tries) for lab in learning.labs if _is_stuck(lab))
    return (*((quiet,) if quiet else ()), *stuck, *((behind,) if behind else ()))


def medians_by_month(everybody: Iterable[Learning]) -> Mapping[Month, float]:
    """The median of percent done by the month of beginning, where enough began."""
    by_month: dict[Month, list[float]] = defaultdict(list)
    for one in everybody:
        if not one.has_left:
            by_month[_month(one.began_at)].append(one.done)
    return {month: median(done) for month, done in by_month.items() if len(done) >= PEERS}


def _month(moment: datetime) -> Month:
    return moment.year, moment.month


def _quiet(learning: Learning, now: datetime) -> Quiet | None:
    silence = now - learning.last_at
    return Quiet(silence.days, silence >= LONG_QUIET) if silence >= QUIET else None


def _is_stuck(lab: LabTries) -> bool:
    return not lab.passed and lab.tries >= STUCK_TRIES


def _behind(learning: Learning, of_month: float | None) -> Behind | None:
    """Less than half the median, and by enough that one lesson does not decide it."""
    if of_month is None or of_month - learning.done < BEHIND_POINTS:
        return None
    return Behind(learning.done, of_month) if learning.done < BEHIND_SHARE * of_month else None
