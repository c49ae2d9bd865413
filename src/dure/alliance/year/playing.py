"""Playing: scenes in the order of their days, and between them the platform's own clock, day after day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dure.engines import ledger as engine
from dure.foundation import clock
from dure.people import api as people

Say = Callable[[str], None]
QUARTERS = 6
"""Four quarters are the year; in the fifth its renewals are decided or lapse; the sixth is today's, in which nothing is played."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the officer, organisations with who speaks for them, researchers, gurus, reviewers, founders and students."""

    desk: people.Person
    homes: dict[str, people.Organisation]
    speakers: dict[str, people.Person]
    leads: dict[str, people.Person]
    gurus: tuple[people.Person, ...]
    reviewers: tuple[people.Person, ...]
    founders: tuple[people.Person, ...]
    students: tuple[people.Person, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The year that is played: its cast, its first day, and its quarters in their order."""

    cast: Cast
    quarters: tuple[engine.Quarter, ...]

    @property
    def first(self) -> date:
        return self.quarters[0].starts_on

    def day(self, offset: int) -> date:
        """The day so many days after the first."""
        return self.first + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class Scene:
    """What people do on a day, counted from the first; `said` is what the log tells of it, in both languages."""

    on: int
    said: str
    play: Callable[[Year], Any]


def year_before(today: date) -> tuple[engine.Quarter, ...]:
    """The four quarters of the last whole year that ended a quarter ago, that quarter, and today's."""
    return engine.last_quarters(engine.quarter_of(today), QUARTERS)


def play(year: Year, scenes: Iterable[Scene], *, say: Say, every: int = 1) -> None:
    """Play all scenes. The clock strikes `every` so many days and before each scene: one that stood still loses nothing."""
    ordered = sorted(scenes, key=lambda scene: scene.on)
    last = (year.quarters[-1].starts_on - year.first).days - 1
    for offset in _days([scene.on for scene in ordered], last, every):
        with on_day(year.day(offset)):
            clock.strike(clock.now())
            for scene in (one for one in ordered if one.on == offset):
                scene.play(year)
                say(f"{clock.today()}  {scene.said}")


def _days(of_scenes: Sequence[int], last: int, every: int) -> Iterator[int]:
    """Every so many days, and those with a scene."""
    yield from sorted({*range(0, last + 1, every), *of_scenes})


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """What happens inside happens at nine in the morning of that day."""
    with clock.at(clock.moment(day, 9)):
        yield
