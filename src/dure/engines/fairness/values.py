"""What an audit is given and what it finds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

ALPHA: Final = 0.05
"""How often a report may find a disparity, in any of its cells, where none is."""
MINIMUM: Final = 5
"""People that a cell must have to be published, where the caller names no other number."""
MINOR: Final = 0.02
"""Share of the known people below which a group may be left out (New York City Local Law 144, rules of 2023, § 5-301)."""
GRAVE: Final = 0.5
"""The disparity that an audit must be able to find before it may say that it found none: selected half as often as the others."""
POWER: Final = 0.8
"""How surely it must be able to find that."""


class Verdict(StrEnum):
    """What the numbers say. `NONE_FOUND` is said only where a grave disparity would have been found."""

    EVIDENCE = "evidence"
    NONE_FOUND = "none_found"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Row:
    """One person who was considered.

    `groups` are the answers by attribute, such as sex or age band; None or absent is unknown. `position` in a ranking counts from
    1, the best. `probability` in [0, 1] was predicted for the outcome `happened`; either is None where it is not known.
    """

    groups: Mapping[str, str | None]
    selected: bool
    score: float | None = None
    position: int | None = None
    probability: float | None = None
    happened: bool | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the bounds of its interval. `value` may be nan (nothing over nothing), `high` infinite."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one group against all others with a known answer.

    `p` is exact, `adjusted` is it after all comparisons of the report; a cell is evidence where `adjusted` ≤ `ALPHA`. `power`
    is the probability that a grave disparity would have been found, a lower bound in large tables.
    """

    side: Literal["lower", "higher", "equal"]
    p: float
    adjusted: float
    power: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of a table: `groups` has one answer per attribute of the table.

    A hidden cell has none of the figures. `ratio` is None for the reference and where there is none. `minor` groups are under
    `MINOR` of the known people. `finding` is None where there is nobody else to compare with.
    """

    groups: tuple[str, ...]
    n: int | None
    selected: int | None
    rate: Estimate | None
    ratio: Estimate | None
    minor: bool
    finding: Finding | None

    @property
    def hidden(self) -> bool:
        """Whether publishing would say too much of few people."""
        return self.n is None


@dataclass(frozen=True, slots=True)
class Table:
    """All groups of one attribute, or of two together.

    `n` and `selected` count the people whose answers are known, `unknown` the others. `reference` is the group with the highest
    rate among the published ones that are not minor.
    """

    attributes: tuple[str, ...]
    n: int
    selected: int
    unknown: int
    reference: tuple[str, ...] | None
    cells: tuple[Cell, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the groups of one attribute stand in a ranking; see `exposure`."""

    attribute: str
    n: int
    unknown: int
    groups: tuple["GroupExposure", ...]
    ndkl: float
    p: float
    adjusted: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GroupExposure:
    """One group in a ranking: its share of the people and of the exposure, and its skew in the top; all None where hidden."""

    group: str
    n: int | None
    share: float | None
    exposure: float | None
    skew: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """People of one group with probabilities in [low, high): how many, what was predicted and what happened. None where hidden."""

    low: float
    high: float
    n: int | None
    predicted: float | None
    observed: Estimate | None
    p: float | None
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """One group's predictions against what happened, over all and by bin; see `calibration`."""

    attribute: str
    group: str
    overall: Bin
    bins: tuple[Bin, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """One audit. `minimum` is the least size of a published cell. Tables of single attributes come first."""

    n: int
    selected: int
    minimum: int
    tables: tuple[Table, ...]
    exposures: tuple[Exposure, ...]
    calibrations: tuple[Calibration, ...]
    verdict: Verdict
