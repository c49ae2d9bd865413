"""The score of a person and an opening, and its own terms as the reasons for it.

score = Π over musts P(level ≥ required) × (1 + Σ over nice ones weight × P(level ≥ required))    (facts/talent, 4.3)

Whoever shows one of five musts keeps the prior's small probability for each of the others, so one of them never wins. The
factor for the nice ones lifts the score above 1: it orders, and is no probability and never shown as one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul

from dure.engines.evidence import SHOWN, UNKNOWN
from dure.engines.recommending.values import Opening, Requirement, Seeker


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score: what is asked, how probable it is, and the number of facts behind that."""

    requirement: Requirement
    probability: float
    number: int


def reasons(seeker: Seeker, opening: Opening) -> tuple[Reason, ...]:
    """The terms of the score, in the order of the requirements."""
    return tuple(
        Reason(
            wanted,
            seeker.chance(wanted.skill, wanted.level),
            seeker.skills.get(wanted.skill, UNKNOWN).number,
        )
        for wanted in opening.requirements
    )


def score_of(terms: Iterable[Reason]) -> float:
    """The score that these terms make, above 0.

    Factors and summands are taken from the smallest up, one by one: so the order of requirements changes no bit, and
    `exact.best` gets the same ones. (`sum` and `math.fsum` round in other places, and `sum` differs between versions.)
    """
    terms = tuple(terms)
    musts = sorted(term.probability for term in terms if term.requirement.is_must)
    nice = sorted(
        term.requirement.weight * term.probability for term in terms if not term.requirement.is_must
    )
    return reduce(mul, musts, 1.0) * (1.0 + reduce(add, nice, 0.0))


def able(terms: Iterable[Reason]) -> float:
    """The probability that every must is met: the score without its factor for the nice ones, and so in [0, 1]."""
    return score_of(term for term in terms if term.requirement.is_must)


def score(seeker: Seeker, opening: Opening) -> float:
    """The score of one pair, constraints left aside."""
    return score_of(reasons(seeker, opening))


def missing(terms: Iterable[Reason]) -> Sequence[Reason]:
    """The musts that are less likely there than not, the least likely first: what to learn for this opening."""
    open_musts = [term for term in terms if term.requirement.is_must and term.probability < SHOWN]
    return sorted(open_musts, key=lambda term: (term.probability, term.requirement.skill))
