"""The farm at one moment: what `plan` looks at.

An executor fills one from its rows, inside the transaction that starts the jobs; the simulator keeps one and tells it every event.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping

from dure.engines.scheduling.decisions import Plan
from dure.engines.scheduling.jobs import Account, Capacity, Job, RunningJob
from dure.engines.scheduling.policy import Policy
from dure.engines.scheduling.queue import Queue
from dure.engines.scheduling.room import Room
from dure.engines.scheduling.usage import Accounts


class Farm:
    """Capacity, policy and accounts, with the jobs that wait and those that run.

    `shares` are each account's among its siblings (1 where none is given). `usage` is what each account itself, not those below it,
    has used by the time `now`, less what is forgotten; without the jobs that run, which are charged as they are put in.
    """

    def __init__(
        self,
        capacity: Capacity,
        policy: Policy,
        *,
        shares: Mapping[Account, float] | None = None,
        usage: Mapping[Account, float] | None = None,
        now: float = 0.0,
    ) -> None:
        self.capacity, self.policy = capacity, policy
        self.accounts = Accounts(half_life=policy.half_life, shares=shares or {})
        self.room = Room(capacity)
        self.queue = Queue(policy.order)
        self.running: dict[str, RunningJob] = {}
        self.ends: list[tuple[float, str]] = []
        for account, amount in (usage or {}).items():
            self.accounts.charge(account, amount, since=now, now=now)

    def copy(self) -> "Farm":
        """The same moment once more, to look ahead from."""
        other = Farm(self.capacity, self.policy)
        other.accounts = self.accounts.copy()
        other.room = self.room.copy()
        for job in self.queue:
            other.queue.add(job)
        other.running, other.ends = dict(self.running), list(self.ends)
        return other

    def wait(self, jobs: Iterable[Job]) -> None:
        """Jobs are handed in, or come back after a preemption with the time they were handed in first."""
        for job in jobs:
            self.queue.add(job)

    def withdraw(self, job: Job) -> None:
        """A waiting job is taken back."""
        self.queue.remove(job)

    def start(self, job: Job, now: float) -> None:
        """A waiting job starts."""
        self.queue.remove(job)
        self.take(RunningJob(job=job, started=now), now)

    def take(self, run: RunningJob, now: float) -> None:
        """A job is known to run: it holds its place and is charged from its start on."""
        self.running[run.job.uid] = run
        insort(self.ends, (run.ends, run.job.uid))
        self.room.add(run.job)
        self._charge(run, run.job.limit, now)

    def end(self, uid: str, now: float, *, excused: bool = False) -> RunningJob:
        """A job has left: what it did not use is given back, and if `excused` (preempted, our fault) all of it."""
        run = self.running.pop(uid)
        del self.ends[bisect_left(self.ends, (run.ends, uid))]
        self.room.remove(run.job)
        self._charge(run, (0.0 if excused else now - run.started) - run.job.limit, now)
        return run

    def carry_out(self, plan: Plan, now: float) -> None:
        """Do what a plan says, as if scavengers left at once: they go back into the queue, and what starts starts."""
        for preemption in plan.preemptions:
            self.wait([self.end(preemption.uid, now, excused=True).job])
        for start in plan.starts:
            self.start(start.job, now)

    def _charge(self, run: RunningJob, seconds: float, now: float) -> None:
        amount = self.capacity.rate(run.job.needs) * seconds
        self.accounts.charge(run.job.account, amount, since=run.started, now=now)
