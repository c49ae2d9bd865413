"""Who reviews what, as values: people with their ties, proposals, conflicts of interest, and pairs of a proposal and a reviewer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Kind = Literal["own", "advisor", "declared", "project", "organisation", "former_organisation"]
KINDS: Final[tuple[Kind, ...]] = (
    "own",
    "advisor",
    "declared",
    "project",
    "organisation",
    "former_organisation",
)
Against = Literal["person", "organisation", "proposal"]
Pair = tuple[str, str]
"""A proposal and a reviewer, by their keys."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Time in an organisation or a project. Without a first day it began ever, without a last day it lasts."""

    key: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person, all their addresses merged. `advisors` are those who advised them, ever."""

    key: str
    organisations: tuple[Spell, ...] = ()
    projects: tuple[Spell, ...] = ()
    advisors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is reviewed: everybody named in it, and the organisations that take part."""

    key: str
    people: tuple[Person, ...]
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Declared:
    """A tie that somebody declared of a person: to another person, to an organisation, or to a single proposal."""

    person: str
    against: Against
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What counts as a conflict on the day `on`: joint projects and organisations left within so many `years`.

    Conflicts of a `waivable` kind may be waived, with a reason that the app above records; others never.
    """

    on: date
    years: int = 3
    waivable: frozenset[Kind] = frozenset({"organisation", "former_organisation"})


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Why this reviewer should not judge this proposal: one sentence of REASONS, with whom, over which organisation or project."""

    proposal: str
    reviewer: str
    kind: Kind
    person: str = ""
    over: str = ""
    is_waivable: bool = False

    @property
    def code(self) -> str:
        """The key of its sentence in REASONS."""
        if self.kind != "declared":
            return f"conflict_{self.kind}"
        return f"conflict_declared_{'organisation' if self.over else 'person' if self.person else 'proposal'}"

    @property
    def params(self) -> Mapping[str, str]:
        """What the sentence names: keys, which the app replaces by names."""
        return {"person": self.person, "over": self.over}


@dataclass(frozen=True, slots=True)
class Waiver:
    """The conflicts of one kind between one proposal and one reviewer, waived."""

    proposal: str
    reviewer: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A proposal and how many reviews it needs."""

    key: str
    reviews: int


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A reviewer and how many proposals they take: at least, and at most."""

    key: str
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be assigned. `affinity` (0 to 1000) of a pair that is not named is 0.

    `barred` pairs are never made. `kept` pairs stay as they are and count for both sides.
    """

    proposals: tuple[Wanted, ...]
    reviewers: tuple[Reviewer, ...]
    affinity: Mapping[Pair, int] = field(default_factory=dict)
    barred: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Every pair, the kept ones among them, with the sum of their affinities and each reviewer's load."""

    pairs: tuple[Pair, ...]
    affinity: int
    loads: Mapping[str, int]
