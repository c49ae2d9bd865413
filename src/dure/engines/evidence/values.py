"""Facts about one skill of one person, and what they come to, as values on the catalogue's scale of levels 1 to 4."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dure.engines.skills import LEVELS

MODEL_VERSION: Final = "gaussian-1"
"""Names the rules and figures of this package: another one means that stored posteriors are computed anew."""
PRIOR_MEAN: Final = 0.0
"""Nobody is taken to have a skill before anything was seen of it: level 0, below the first of the catalogue."""
PRIOR_VARIANCE: Final = 2.25
"""A standard deviation of a level and a half: about 16 % of people are taken to have level 2 of any one skill."""


class Kind(StrEnum):
    """What sort of fact it is. How far each can be relied on stands in `noise.NOISE`."""

    CHALLENGE = "challenge"
    REPRODUCED = "reproduced"
    LAB = "lab"
    CREDENTIAL = "credential"
    RECOGNISED = "recognised"
    ASSET = "asset"
    CASE = "case"
    ROLE = "role"
    ENDORSEMENT = "endorsement"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a result stands on its board: the interval of its rank among `of` systems (1 is the best) and that of its score.

    `worst` and `best` are the scores between which the board spreads, in either direction: that of a prediction that knows
    nothing and that of the leader.
    """

    rank_low: int
    rank_high: int
    of: int
    score_low: float
    score_high: float
    worst: float
    best: float

    def __post_init__(self) -> None:
        if not 1 <= self.rank_low <= self.rank_high <= self.of:
            raise ValueError(f"ranks {self.rank_low} to {self.rank_high} of {self.of} are no interval")
        scores = (self.score_low, self.score_high, self.worst, self.best)
        if not (all(map(math.isfinite, scores)) and self.score_low <= self.score_high):
            raise ValueError(f"scores {self.score_low} to {self.score_high} are no interval")

    @property
    def doubt(self) -> float:
        """How much of the board the result may stand on, in [0, 1]: the wider of its two intervals; 1 where it stands alone."""
        spread = abs(self.best - self.worst)
        if self.of == 1 or spread == 0:
            return 1.0
        of_ranks = (self.rank_high - self.rank_low) / (self.of - 1)
        return min(max(of_ranks, (self.score_high - self.score_low) / spread), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One dated fact about one skill.

    `level` is the one that its author, course or challenge puts it at, in (0, 4]. `origin` names what it came from (a challenge,
    a course, a project, a verifier): facts of one origin depend on each other. `key` names the fact itself.
    """

    key: str
    kind: Kind
    level: float
    on: date
    origin: str
    placing: Placing | None = None

    def __post_init__(self) -> None:
        if not 0 < self.level <= LEVELS[-1]:
            raise ValueError(f"{self.level} is no level above 0 and up to {LEVELS[-1]}")


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed of a skill: normal with this mean and variance on the scale of levels; `number` facts weigh in it."""

    mean: float
    variance: float
    number: int
    model_version: str = MODEL_VERSION


class Says(StrEnum):
    """What a fact has to do with the level: it raises the mean, it makes it surer, or others of its origin say it all."""

    RAISES = "raises"
    CONFIRMS = "confirms"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Term:
    """One fact's part in a posterior.

    `value` is the level it shows, `variance` its noise with its age in it. `moved` is how far it moved the mean: prior mean and
    all of these sum to the posterior's mean. `share` is its part of the posterior's precision: the shares sum to 1 less the
    prior's.
    """

    key: str
    kind: Kind
    value: float
    variance: float
    moved: float
    share: float
    says: Says
