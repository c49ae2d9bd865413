"""A trace replayed under a policy: the very ordering that the local executor runs, told one event after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from dure.engines.scheduling.farm import Farm
from dure.engines.scheduling.jobs import Account, Capacity
from dure.engines.scheduling.plan import plan
from dure.engines.scheduling.policy import Policy
from dure.engines.scheduling.room import Room
from dure.engines.scheduling.simulation.trace import Trace, TraceJob


@dataclass(frozen=True, slots=True)
class Replayed:
    """How one job fared: when it started the time that it ran to its end, and how often it had to give way before."""

    of: TraceJob
    started: float
    preempted: int = 0

    @property
    def wait(self) -> float:
        return self.started - self.of.job.submitted

    @property
    def ended(self) -> float:
        return self.started + self.of.run


@dataclass(frozen=True, slots=True)
class Replay:
    """All jobs by the time they were handed in; `too_large` ones need more than the farm or their member's part of it has."""

    policy: Policy
    capacity: Capacity
    jobs: tuple[Replayed, ...]
    too_large: int


def replay(
    trace: Trace, *, capacity: Capacity, policy: Policy, shares: Mapping[Account, float] | None = None
) -> Replay:
    """Hand the trace's jobs in at their times and carry out each plan at once. Whoever is preempted starts again from nothing."""
    empty = Room(capacity)
    coming = [each for each in trace.jobs if empty.admits(each.job)]
    run = _Run(Farm(capacity, policy, shares=shares), coming)
    run.to_the_end()
    jobs = tuple(Replayed(each, run.started[uid], run.preempted.get(uid, 0)) for uid, each in run.of.items())
    return Replay(policy, capacity, jobs, len(trace.jobs) - len(coming))


class _Run:
    """One replay as it goes."""

    def __init__(self, farm: Farm, coming: list[TraceJob]) -> None:
        self.farm = farm
        self.of = {each.job.uid: each for each in coming}
        self.coming = coming[::-1]
        self.ends: list[tuple[float, str]] = []
        self.started: dict[str, float] = {}
        self.preempted: dict[str, int] = {}

    def to_the_end(self) -> None:
        while self.coming or self.ends:
            now = self.next_moment()
            self.end_what_is_over(now)
            while self.coming and self.coming[-1].job.submitted <= now:
                self.farm.wait([self.coming.pop().job])
            self.plan_and_start(now)

    def next_moment(self) -> float:
        soonest = [self.ends[0][0]] if self.ends else []
        return min([*soonest, self.coming[-1].job.submitted]) if self.coming else soonest[0]

    def end_what_is_over(self, now: float) -> None:
        """An end is out of date if its job was preempted and started again since."""
        while self.ends and self.ends[0][0] <= now:
            end, uid = heappop(self.ends)
            if uid in self.farm.running and self.started[uid] + self.of[uid].run == end:
                self.farm.end(uid, now)

    def plan_and_start(self, now: float) -> None:
        decided = plan(self.farm, now)
        self.farm.carry_out(decided, now)
        for preemption in decided.preemptions:
            self.preempted[preemption.uid] = self.preempted.get(preemption.uid, 0) + 1
        for start in decided.starts:
            uid = start.job.uid
            self.started[uid] = now
            heappush(self.ends, (now + self.of[uid].run, uid))
