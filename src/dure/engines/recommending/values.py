"""Who looks for what: people and openings as values, with no name in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from dure.engines.evidence import UNKNOWN, Posterior, probability
from dure.engines.skills import LEVELS

EVERYONE: Final = "*"
"""Stands in `Seeker.shown_to` for the organisations of all members."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill with the least level of it. One that is no must is nice to have, with its weight in [0, 1]."""

    skill: str
    level: int
    is_must: bool = True
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.level not in LEVELS or not 0 <= self.weight <= 1:
            raise ValueError(f"level {self.level} or weight {self.weight} is outside its range")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Seats of one kind. What is None was not said and keeps nobody away.

    `regions` are codes; `is_remote` is for seats that can be filled from anywhere. `languages` maps codes to the least level
    (1 to 6). `closes` is aware of its zone. Each skill stands at most once among the requirements.
    """

    key: str
    organisation: str
    kind: str
    closes: datetime
    seats_left: int
    regions: frozenset[str] = frozenset()
    is_remote: bool = False
    languages: Mapping[str, int] = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None
    weekly_hours: int | None = None
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """What a person looks for and can do. Dates and hours that are None were not said and rule nothing out.

    Kinds, regions and remote work are wishes: whoever names none gets none suggested. `languages` maps codes to levels (1 to 6).
    `shown_to` are the organisations that may find this person, or `EVERYONE`; on the person's own page, which nobody else sees,
    it is `EVERYONE`. `applied` are the keys of openings asked for already. `skills` are posteriors by slug.
    """

    key: str
    kinds: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    is_remote: bool = False
    languages: Mapping[str, int] = field(default_factory=dict)
    available_from: date | None = None
    available_until: date | None = None
    weekly_hours: int | None = None
    shown_to: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    skills: Mapping[str, Posterior] = field(default_factory=dict)

    def chance(self, skill: str, level: int) -> float:
        """P(level or higher); of a skill without evidence the prior's."""
        return probability(self.skills.get(skill, UNKNOWN), level)
