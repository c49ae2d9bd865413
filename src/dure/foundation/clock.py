"""The one clock. Tests and `--date` move it; nothing else reads the time of day."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

log = logging.getLogger(__name__)
_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present, in UTC, or the moment set by `at`."""
    return _moved.get() or timezone.now()  # noqa: TID251 - this is the one place that reads it


def today() -> date:
    """The present day where the platform is (settings.TIME_ZONE), for dates that people agree on."""
    return timezone.localtime(now(), timezone.get_default_timezone()).date()


def moment(day: date, hour: int = 0) -> datetime:
    """That hour of that day where the platform is, with its zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)), timezone.get_default_timezone())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (timezone-aware)."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Everything inside happens at that hour of `day`, or now where that still lies ahead: so demos play what was."""
    with at(min(moment(day, hour), now())):
        yield


@dataclass(frozen=True, slots=True)
class Chime:
    """A clock-driven duty: idempotent, called with the present moment, returns how many things it moved."""

    name: str
    run: Callable[[datetime], int]


CHIMES: dict[str, Chime] = {}


def on_clock(name: str) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    """Register a duty that the `clock` command and the minute task run. Running it twice must be harmless."""

    def register(run: Callable[[datetime], int]) -> Callable[[datetime], int]:
        CHIMES[name] = Chime(name, run)
        return run

    return register


def strike(moment: datetime) -> dict[str, int]:
    """Run every duty for `moment`; the counts say how many things each one moved.

    A duty that fails does not keep the others from running; then DutyFailed names those that did.
    """
    moved, failed = {}, []
    with at(moment):
        for name, chime in CHIMES.items():
            try:
                moved[name] = chime.run(moment)
            except Exception:
                log.exception("duty %s failed", name)
                failed.append(name)
    if failed:
        raise DutyFailed(failed, moved)
    return moved


class DutyFailed(Exception):  # noqa: N818 - said to the operator, after the rest was done
    """Some duties failed; `moved` says what the others did."""

    def __init__(self, names: list[str], moved: dict[str, int]) -> None:
        super().__init__(f"duties that failed: {', '.join(names)}")
        self.names = names
        self.moved = moved
