"""Waiting jobs, kept so that the next of each kind is at hand."""

from bisect import insort
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from dure.engines.scheduling.jobs import Account, Amounts, Job, JobClass
from dure.engines.scheduling.policy import Order

Rank = tuple[float, float, str]
Key = tuple[JobClass, Account, Amounts, float]
Group = TypeVar("Group", Account, Amounts)


@dataclass(slots=True, eq=False)
class Lane:
    """Waiting jobs of one class and account that need the same for as long: they differ in nothing but their turn."""

    account: Account
    limit: float
    jobs: deque[Job] = field(default_factory=deque)


def rank(job: Job, order: Order) -> Rank:
    """A job's place among those of its account: by time, or first by length where the policy says so."""
    return (job.limit if order == "length" else 0.0, job.submitted, job.uid)


def key_of(job: Job) -> Key:
    """Which lane a job waits in."""
    return job.job_class, job.account, job.needs, job.limit


class Queue:
    """All waiting jobs in lanes. A lane, an account and a kind of needs is there as long as it holds a job."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.lanes: dict[Key, Lane] = {}
        self.by_account: dict[JobClass, dict[Account, dict[Key, Lane]]] = {each: {} for each in JobClass}
        self.by_needs: dict[JobClass, dict[Amounts, dict[Key, Lane]]] = {each: {} for each in JobClass}
        self._firsts: dict[JobClass, dict[Account, tuple[Rank, Job]]] = {each: {} for each in JobClass}

    def __iter__(self) -> Iterator[Job]:
        for lane in self.lanes.values():
            yield from lane.jobs

    def __len__(self) -> int:
        return sum(len(lane.jobs) for lane in self.lanes.values())

    def add(self, job: Job) -> None:
        """Put a job into its place, which is not the last one where it waited before."""
        lane = self.lanes.get(key_of(job)) or self._open(job)
        if lane.jobs and self._rank(job) < self._rank(lane.jobs[-1]):
            insort(lane.jobs, job, key=self._rank)
        else:
            lane.jobs.append(job)
        self._firsts[job.job_class].pop(job.account, None)

    def remove(self, job: Job) -> None:
        """Take a job out. ValueError if it does not wait."""
        lane = self.lanes.get(key_of(job))
        if lane is None or job not in lane.jobs:
            raise ValueError(f"job {job.uid} does not wait")
        lane.jobs.remove(job)
        self._firsts[job.job_class].pop(job.account, None)
        if not lane.jobs:
            self._close(job)

    def classes(self) -> list[JobClass]:
        """The classes in which a job waits, first come first."""
        return [job_class for job_class, accounts in self.by_account.items() if accounts]

    def firsts(self, job_class: JobClass) -> Iterable[tuple[Rank, Job]]:
        """The first in turn of each account that has a job waiting in this class."""
        known = self._firsts[job_class]
        for account, lanes in self.by_account[job_class].items():
            if account not in known:
                job = min((lane.jobs[0] for lane in lanes.values()), key=self._rank)
                known[account] = self._rank(job), job
        return known.values()

    def _rank(self, job: Job) -> Rank:
        return rank(job, self.order)

    def _open(self, job: Job) -> Lane:
        key = key_of(job)
        lane = self.lanes[key] = Lane(job.account, job.limit)
        self.by_account[job.job_class].setdefault(job.account, {})[key] = lane
        self.by_needs[job.job_class].setdefault(job.needs, {})[key] = lane
        return lane

    def _close(self, job: Job) -> None:
        key = key_of(job)
        del self.lanes[key]
        _drop(self.by_account[job.job_class], job.account, key)
        _drop(self.by_needs[job.job_class], job.needs, key)


def _drop(index: dict[Group, dict[Key, Lane]], group: Group, key: Key) -> None:
    del index[group][key]
    if not index[group]:
        del index[group]
