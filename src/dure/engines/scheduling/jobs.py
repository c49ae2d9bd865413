"""What is put in order: jobs with what they need, and the capacity that they share.

Amounts are whole numbers, one for each kind of the capacity and in its order: processor cores, memory, each type of accelerator.
Times are seconds on any one clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

Amounts = tuple[int, ...]
Account = tuple[str, ...]
"""Whose job it is, from the member down: ("kt",) or ("kt", "call-centre", "a person")."""


class JobClass(IntEnum):
    """First what people wait for in front of a screen; last what runs only where nobody else needs the place."""

    LAB = 0
    EVALUATION = 1
    NORMAL = 2
    SCAVENGER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What there is of each kind, what a unit of it weighs in the usage, and what is guaranteed to members.

    A member's guarantee is kept free of the firm jobs (all but scavengers) of others; scavengers may borrow it until it is needed.
    """

    kinds: tuple[str, ...]
    amounts: Amounts
    weights: tuple[float, ...]
    guaranteed: Mapping[str, Amounts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sizes = {len(self.kinds), len(self.amounts), len(self.weights), *map(len, self.guaranteed.values())}
        if sizes != {len(set(self.kinds))}:
            raise ValueError("amounts, weights and guarantees name each kind of the capacity once")

    def amounts_of(self, needs: Mapping[str, int]) -> Amounts:
        """Needs by name in this capacity's order. ValueError for a kind that it does not have."""
        unknown = sorted(set(needs) - set(self.kinds))
        if unknown:
            raise ValueError(f"the capacity has no {', '.join(unknown)}")
        return tuple(needs.get(kind, 0) for kind in self.kinds)

    def rate(self, needs: Amounts) -> float:
        """What a job with these needs uses in a second, weighed."""
        return sum(weight * amount for weight, amount in zip(self.weights, needs, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that wants to run for at most `limit` seconds. `uid` is unique among all jobs; equal jobs start in its order."""

    uid: str
    account: Account
    needs: Amounts
    limit: float
    submitted: float
    job_class: JobClass = JobClass.NORMAL

    def __post_init__(self) -> None:
        if not self.account or self.limit <= 0 or min(self.needs, default=0) < 0:
            raise ValueError(f"job {self.uid} needs an account, a limit above 0 and amounts of 0 or more")

    @property
    def member(self) -> str:
        return self.account[0]

    @property
    def is_firm(self) -> bool:
        """Whether it runs to its end once it is started: all but scavengers do."""
        return self.job_class is not JobClass.SCAVENGER


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningJob:
    """A job since it started. `stopping`: told to stop, but still holding what it needs; preempted before any other."""

    job: Job
    started: float
    stopping: bool = False

    @property
    def ends(self) -> float:
        """When it ends at the latest."""
        return self.started + self.job.limit
