"""How far each kind of fact can be relied on. The figures were chosen, not fitted: nobody has measured them (facts/talent, 4.4).

They were chosen so that one fresh fact of a kind shows its own level (`levels.SHOWN`), up to the highest that the kind can
show, and that claims alone show none. A test holds them to that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from dure.engines.evidence.values import Fact, Kind
from dure.engines.skills import LEVELS

HALF_LIFE_DAYS: Final = 4 * 365
"""After so many days a fact weighs half of what it did: its variance has doubled."""
ONE_CLAIM: Final = "claim"
"""The origin of every claim: whoever says a thing twice has said it once."""
_BOARD: Final = (LEVELS[-1] - LEVELS[0]) / (2 * 1.96)
"""Standard deviation, in levels, of a result whose 95 % interval is the whole board: it could stand for any level."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The highest level that a kind can show, and its noise: the variance around the true level, in levels squared."""

    most: int
    variance: float


NOISE: Final[Mapping[Kind, Noise]] = MappingProxyType(
    {
        Kind.REPRODUCED: Noise(3, 0.25),  # the host ran the team's code to the same score
        Kind.CASE: Noise(3, 0.30),  # problem, data and solution that anyone can run again
        Kind.CREDENTIAL: Noise(3, 0.35),  # a whole course, graded on the server
        Kind.RECOGNISED: Noise(3, 0.40),  # the same elsewhere, its signature or its papers checked
        Kind.ASSET: Noise(3, 0.40),  # work that others read and took over
        Kind.CHALLENGE: Noise(2, 0.50),  # a place on the board; how it came about nobody has seen
        Kind.LAB: Noise(2, 0.50),  # the task was cut to size by somebody else
        Kind.ROLE: Noise(2, 0.60),  # one was there; how much of it was one's own is not known
        Kind.ENDORSEMENT: Noise(4, 0.60),  # somebody who gives their name has seen it; 4 takes two of them
        Kind.CLAIM: Noise(1, 4.00),  # seen by nobody
    }
)


def value_of(fact: Fact) -> float:
    """The level that a fact shows, in (0, 4]."""
    return min(fact.level, float(NOISE[fact.kind].most))


def variance_of(fact: Fact, today: date) -> float:
    """The noise of a fact as of today, in levels squared; it grows with age and never shrinks."""
    fresh = NOISE[fact.kind].variance + _doubt_variance(fact)
    age = max((today - fact.on).days, 0)
    return float(fresh * 2.0 ** (age / HALF_LIFE_DAYS))


def origin_of(fact: Fact) -> str:
    """What the fact depends on."""
    return ONE_CLAIM if fact.kind is Kind.CLAIM else f"of {fact.origin}"


def _doubt_variance(fact: Fact) -> float:
    """What a result's intervals add. One whose place is not known may stand anywhere on the board."""
    if fact.kind not in {Kind.CHALLENGE, Kind.REPRODUCED}:
        return 0.0
    doubt = fact.placing.doubt if fact.placing else 1.0
    return float((_BOARD * doubt) ** 2)
