"""What is needed, and who might give it."""

from dataclasses import dataclass, field
from typing import Final

LARGEST: Final = 8
"""As many people as a proposed team has at most."""
WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill by its slug, and the level that somebody of the team should have."""

    skill: str
    level: int


@dataclass(frozen=True, slots=True)
class Need:
    """What a team should have between its people, and how large it may be.

    `target`, in percent, is the cover from which on a smaller team is better than a surer one. `unit` is a probability of one:
    every chance of a team is a whole number of such parts, so that nothing is rounded; `goal` is the target in the parts of cover.
    """

    requirements: tuple[Requirement, ...]
    least: int
    most: int
    target: int = 80
    unit: int = field(init=False, compare=False, repr=False)
    goal: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.requirements or len(set(self.requirements)) < len(self.requirements):
            raise ValueError("a need names at least one requirement, each once")
        if not 1 <= self.least <= self.most <= LARGEST or not 1 <= self.target <= WHOLE:
            raise ValueError(f"sizes lie between 1 and {LARGEST}, the target between 1 and {WHOLE}")
        object.__setattr__(self, "unit", WHOLE**self.most)
        object.__setattr__(self, "goal", self.target * self.unit ** len(self.requirements) // WHOLE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be proposed, under a key that means nothing elsewhere.

    `percents` says for each requirement of the need, in its order, how probable it is that this person meets it: 1 to 99, since
    nobody is ever sure. `is_open` is their yes to being proposed: whoever has not said it is in no team.
    """

    key: str
    percents: tuple[int, ...]
    organisations: frozenset[str] = frozenset()
    is_open: bool = False

    def __post_init__(self) -> None:
        if not all(1 <= percent < WHOLE for percent in self.percents):
            raise ValueError("a percent lies between 1 and 99")
