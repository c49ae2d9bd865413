"""What is taken and what still fits: never more than there is, and never what is guaranteed to somebody else."""

from collections.abc import Callable
from dataclasses import replace
from operator import add, le, sub

from dure.engines.scheduling.jobs import Amounts, Capacity, Job


class Room:
    """What running jobs hold of a capacity.

    `total` is held by all, `firm` by all but scavengers, `within` by firm jobs within their members' guarantees. What firm jobs
    hold beyond that must fit into `common`, the part guaranteed to nobody. So a member's guarantee is free or lent to scavengers.
    """

    def __init__(self, capacity: Capacity) -> None:
        zero = (0,) * len(capacity.kinds)
        self.capacity = capacity
        self.total = self.firm = self.within = zero
        self.common = _common(capacity)
        self.held = dict.fromkeys(capacity.guaranteed, zero)

    def copy(self) -> "Room":
        """A room of its own with the same jobs in it."""
        other = object.__new__(Room)
        other.__dict__.update(self.__dict__)
        if self.held:
            other.held = dict(self.held)
        return other

    def add(self, job: Job) -> None:
        """Let a job in, whether it fits or not."""
        self.total = _sum(self.total, job.needs)
        if job.is_firm:
            self.firm = _sum(self.firm, job.needs)
            self._hold(job, _sum)

    def remove(self, job: Job) -> None:
        """Let a job out that is in."""
        self.total = _difference(self.total, job.needs)
        if job.is_firm:
            self.firm = _difference(self.firm, job.needs)
            self._hold(job, _difference)

    def _hold(self, job: Job, change: "Change") -> None:
        held = self.held.get(job.member)
        if held is None:
            return
        guaranteed = self.capacity.guaranteed[job.member]
        self.held[job.member] = now = change(held, job.needs)
        gained = _difference(_least(now, guaranteed), _least(held, guaranteed))
        self.within = _sum(self.within, gained)

    def has(self, needs: Amounts, *, firm: bool) -> bool:
        """Whether this much is free, guarantees apart: beside the firm jobs alone, or beside all."""
        return _fits(self.firm if firm else self.total, needs, self.capacity.amounts)

    def free(self, *, firm: bool) -> Amounts:
        """How much is free, guarantees apart: beside the firm jobs alone, or beside all."""
        taken = self.firm if firm else self.total
        return tuple(max(0, amount - held) for amount, held in zip(self.capacity.amounts, taken, strict=True))

    def admits(self, job: Job) -> bool:
        """Whether a job fits: a scavenger into what is free, a firm job into what is free once scavengers have left."""
        if not job.is_firm:
            return _fits(self.total, job.needs, self.capacity.amounts)
        return _fits(self.firm, job.needs, self.capacity.amounts) and self._admits_beyond(job)

    def lacking(self, job: Job) -> str | None:
        """The first kind of which a job needs more than it may have; None if it fits."""
        for at, kind in enumerate(self.capacity.kinds):
            alone = tuple(need if at == place else 0 for place, need in enumerate(job.needs))
            if not self.admits(replace(job, needs=alone)):
                return kind
        return None

    def is_guaranteed(self, job: Job) -> bool:
        """Whether a firm job stays within what is guaranteed to its member."""
        held = self.held.get(job.member)
        return (
            job.is_firm and held is not None and _fits(held, job.needs, self.capacity.guaranteed[job.member])
        )

    def _admits_beyond(self, job: Job) -> bool:
        if not self.held:
            return True
        beyond = _difference(self.firm, self.within)
        return _fits(beyond, self._new_beyond(job), self.common)

    def _new_beyond(self, job: Job) -> Amounts:
        held = self.held.get(job.member)
        if held is None:
            return job.needs
        guaranteed = self.capacity.guaranteed[job.member]
        return _difference(_beyond(_sum(held, job.needs), guaranteed), _beyond(held, guaranteed))


Change = Callable[[Amounts, Amounts], Amounts]


def covers(free: Amounts, needs: Amounts) -> bool:
    """Whether this much is enough."""
    return all(map(le, needs, free))


def _common(capacity: Capacity) -> Amounts:
    promised = (sum(column) for column in zip(*capacity.guaranteed.values(), strict=True))
    if not capacity.guaranteed:
        return capacity.amounts
    return tuple(max(0, amount - all_) for amount, all_ in zip(capacity.amounts, promised, strict=True))


def _fits(held: Amounts, needs: Amounts, amounts: Amounts) -> bool:
    """What a job does not need may be short: a farm that lost a node holds more than it has."""
    for there, more, most in zip(held, needs, amounts, strict=True):  # noqa: SIM110 - all() takes twice as long, a million times
        if more and there + more > most:
            return False
    return True


def _sum(one: Amounts, other: Amounts) -> Amounts:
    return tuple(map(add, one, other))


def _difference(one: Amounts, other: Amounts) -> Amounts:
    return tuple(map(sub, one, other))


def _least(one: Amounts, other: Amounts) -> Amounts:
    return tuple(map(min, one, other))


def _beyond(held: Amounts, guaranteed: Amounts) -> Amounts:
    return tuple(max(0, a - b) for a, b in zip(held, guaranteed, strict=True))
