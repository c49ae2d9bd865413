"""What a placement is made of, as values: openings with their seats, and everybody's ranking as columns of numbers.

A market of 100,000 applicants with ten choices each has a million choices. An object for each would take more memory than the
whole run may; so choices are four columns, and names stand once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NOWHERE: Final = -1
"""The seat of an applicant without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What holds at one opening for one group of applicants.

    `reserve` seats go to the group first, and to others where the group leaves them free; at most `quota` seats go to it at all
    (None: as many as there are). 0 ≤ reserve ≤ quota.
    """

    group: str
    reserve: int = 0
    quota: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A place with `capacity` seats, 0 or more. `key` names it in the market."""

    key: str
    capacity: int
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choices:
    """One entry per applicant and opening that the applicant ranks, in columns of the same length.

    `applicant` and `opening` are indexes into the market's names, from 0 on. `tier` is the applicant's rank for the opening and
    `priority` the opening's class for the applicant: 1 is best, equal numbers are ties. Priority 0: the opening takes this
    applicant in no case.
    """

    applicant: Ints
    opening: Ints
    tier: Ints
    priority: Ints

    def __len__(self) -> int:
        return len(self.applicant)

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.applicant, self.opening, self.tier, self.priority


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """All that a placement depends on but the lottery. `applicants` are pseudonyms; `groups` has the indexes of their members."""

    applicants: tuple[str, ...]
    openings: tuple[Opening, ...]
    choices: Choices
    groups: Mapping[str, Ints] = field(default_factory=dict)
