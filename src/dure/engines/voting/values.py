"""What a vote is made of, as values: the printed rule, who may vote, and what a ballot says."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Method = Literal["motion", "approval", "ranking"]
Unit = Literal["person", "organisation"]
Within = Literal["named_voter", "equal_fractions"]
Base = Literal["yes_and_no", "cast", "electorate"]
Ties = Literal["chair", "lottery", "open", "fails"]

METHODS: Final[tuple[Method, ...]] = ("motion", "approval", "ranking")
UNITS: Final[tuple[Unit, ...]] = ("person", "organisation")
WITHIN: Final[tuple[Within, ...]] = ("named_voter", "equal_fractions")
BASES: Final[tuple[Base, ...]] = ("yes_and_no", "cast", "electorate")
TIES: Final[tuple[Ties, ...]] = ("chair", "lottery", "open", "fails")

YES: Final = "yes"
NO: Final = "no"
MOTION: Final = (YES, NO)

Choice = tuple[tuple[str, ...], ...]
"""What a ballot says: options in tiers, the best first; those of a tier are equal.

A motion has one tier with `yes` or `no`; approval one tier with all that are approved; a ranking any number, and whatever it leaves
out stands below. Empty is an abstention: it counts for the quorum and says nothing else.
"""

ABSTAIN: Final[Choice] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that must be reached: at least `of`, or more than it. 0 ≤ of ≤ 1."""

    of: Fraction
    more: bool = False

    def is_met(self, part: Fraction | int, whole: Fraction | int) -> bool:
        """Whether `part` of `whole` is enough."""
        return part > self.of * whole if self.more else part >= self.of * whole


HALF: Final = Share(Fraction(1, 2), more=True)
"""More than half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The whole rule of a vote, printed before it opens. `rule_faults` says what cannot be.

    `unit` is who has one vote: a person, or an organisation. `within` says how an organisation's people settle on its vote: its one
    named voter casts it, or each of those named carries an equal fraction of it; one that is not cast is lost, not inherited.
    `quorum` is the share of all votes that must be cast. A motion is carried by `majority` of the votes that `base` names, and
    by one yes at least. `winners` of the options win an approval or a ranking; an option that nobody approves wins nothing.
    `ties` names who decides where votes do not: the chair, a lottery from a seed, nobody (it stays open), or, of a motion
    alone, that it fails.
    """

    method: Method
    options: tuple[str, ...] = MOTION
    unit: Unit = "person"
    within: Within = "named_voter"
    quorum: Share = HALF
    majority: Share = HALF
    base: Base = "yes_and_no"
    winners: int = 1
    most_approvals: int | None = None
    ties: Ties = "open"


@dataclass(frozen=True, slots=True)
class Elector:
    """One who may vote: the token of the ballot, and the organisation it speaks for where organisations vote."""

    token: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as a code of SENTENCES with its values, for the app to say in the reader's language."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()
