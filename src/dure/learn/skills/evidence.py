"""Which level of a skill evidence shows: values in, values out.

A level stands for what one was seen to do, so each kind of evidence shows so much and no more, whatever its author says of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from dure.engines.skills import LEVELS
from dure.foundation import i18n

Kind = Literal["lab", "challenge", "reproduced", "credential", "recognised"]
MOST: Final[Mapping[Kind, int]] = {
    "lab": 2,  # the task was cut to size by somebody else
    "challenge": 2,  # a place on the board; how it came about nobody has seen
    "reproduced": 3,  # the host ran the team's code to the same score
    "credential": 3,  # a whole course, graded on the server
    "recognised": 3,  # the same elsewhere, its signature or its papers checked
}
LAB_SHARE: Final = 0.7
"""Of a lab's points, the least with which it shows its skills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A dated fact about one skill: `level` is the one that its course or programme claims.

    `url` is where it stands, one of each kind for a skill of a person. `origin` names the course or challenge that it came from:
    facts of one origin depend on each other. `figures` say it in numbers; `words.detail` puts them into a sentence.
    """

    skill: str
    level: int
    kind: Kind
    title_ko: str
    title_en: str
    url: str
    at: datetime
    origin: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def shows(self) -> int:
        """The level that it shows."""
        return min(self.level, MOST[self.kind])


@dataclass(frozen=True, slots=True)
class Shown:
    """The level of a skill (0: none yet), and the facts that show it, the strongest and then the latest first."""

    level: int
    facts: tuple[Fact, ...] = ()

    @property
    def next_level(self) -> int | None:
        """The one above, or None at the top."""
        return self.level + 1 if self.level < LEVELS[-1] else None


def lab_counts(points: float, of: float) -> bool:
    """Whether a lab with these points shows anything."""
    return of > 0 and points >= LAB_SHARE * of


def by_skill(facts: Iterable[Fact]) -> dict[str, Shown]:
    """What all these facts show, by the skill's slug. More facts of one level add up to no higher one."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.skill, []).append(fact)
    return {skill: _shown(found) for skill, found in grouped.items()}


def _shown(facts: list[Fact]) -> Shown:
    ordered = sorted(facts, key=lambda fact: (-fact.shows, -fact.at.timestamp(), fact.url))
    return Shown(ordered[0].shows, tuple(ordered))
