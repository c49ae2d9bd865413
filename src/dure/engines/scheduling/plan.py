"""The one ordering, for the local executor and the simulator alike: who starts now, who has a place reserved, who has to go.

Jobs are taken by class, then by usage against share, then by time. The first that cannot start gets a reservation: the time at
which it fits at the latest, as running jobs end by their limits. Those behind it start only if they do not delay it: they end by
then, or leave free what it needs (EASY: Lifka 1995, The ANL/IBM SP scheduling system, LNCS 949:295-303).
"""

import math
from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace

from dure.engines.scheduling.decisions import Plan, Preemption, Reservation, Start
from dure.engines.scheduling.farm import Farm
from dure.engines.scheduling.jobs import Account, Amounts, Job, JobClass
from dure.engines.scheduling.preempting import victims
from dure.engines.scheduling.queue import Lane, Rank, key_of, rank
from dure.engines.scheduling.reasons import Preempts, Starts
from dure.engines.scheduling.reserving import Promise, promise
from dure.engines.scheduling.room import Room, covers
from dure.engines.scheduling.usage import Standing, levels

Turn = tuple[Standing, Rank, Job]


def plan(farm: Farm, now: float) -> Plan:
    """What to do with this farm now. Reads the farm and changes nothing; the same farm and time give the same plan.

    The caller carries it out: it stops what is preempted and puts it back into the queue, and starts what starts.
    """
    return swept(farm, now).plan()


def swept(farm: Farm, now: float) -> "Sweep":
    """The pass behind a plan, for `forecast`, which asks it why the others wait."""
    sweep = Sweep(farm, now)
    sweep.run()
    return sweep


class Sweep:
    """One pass over the queue, with what it has decided so far."""

    def __init__(self, farm: Farm, now: float) -> None:
        self.farm, self.policy, self.queue, self.now = farm, farm.policy, farm.queue, now
        self.room = farm.room.copy()
        self.starts: list[Start] = []
        self.preemptions: list[Preemption] = []
        self.head: Job | None = None
        self.promise: Promise | None = None
        self.taken: dict[Lane, int] = {}
        self.charged: dict[Account, float] = {}

    def plan(self) -> Plan:
        reserved = Reservation(self.promise.job, self.promise.at) if self.promise else None
        return Plan(tuple(self.starts), tuple(self.preemptions), reserved, self.head)

    def run(self) -> None:
        for job_class in self.queue.classes():
            if self.head is None:
                self.start_in_turn(job_class)
            if self.head is not None and self.policy.overtaking == "never":
                return
            if self.head is not None:
                self.overtake(job_class)

    def start_in_turn(self, job_class: JobClass) -> None:
        """Start jobs in order up to the first that does not fit: that is the head."""
        turns = [(self.standing(job.account), place, job) for place, job in self.queue.firsts(job_class)]
        heapify(turns)
        while turns and self.head is None:
            job = turns[0][-1]
            if self.turn(job) > turns[0]:
                heapreplace(turns, self.turn(job))
            elif not self.room.admits(job) and self.could_run(job):
                self.stand_at_the_head(job)
            else:
                self.start_or_pass(job)
                self.next_in_turn(turns, job)

    def start_or_pass(self, job: Job) -> None:
        """Start a job; pass over its whole lane if it could never run here."""
        if self.room.admits(job):
            self.start(job, Starts.IN_TURN)
        else:
            lane = self.queue.lanes[key_of(job)]
            self.taken[lane] = len(lane.jobs)

    def next_in_turn(self, turns: list[Turn], job: Job) -> None:
        lanes = self.queue.by_account[job.job_class][job.account].values()
        waiting = [first for lane in lanes if (first := self.first_of(lane))]
        if waiting:
            heapreplace(turns, min(map(self.turn, waiting)))
        else:
            heappop(turns)

    def stand_at_the_head(self, job: Job) -> None:
        self.head = job
        if self.policy.overtaking == "reserve":
            leaving = {preemption.uid for preemption in self.preemptions}
            self.promise = promise(
                job, self.farm, self.room, starts=self.starts, leaving=leaving, now=self.now
            )

    def overtake(self, job_class: JobClass) -> None:
        """Start those behind the head that may overtake it, in order."""
        turns = [self.turn(job) for job in self.candidates(job_class)]
        heapify(turns)
        while turns:
            job = turns[0][-1]
            if self.turn(job) > turns[0]:
                heapreplace(turns, self.turn(job))
                continue
            reason = self.why_overtake(job)
            if reason is None:
                heappop(turns)
                continue
            self.start(job, reason)
            following = self.first_of(self.queue.lanes[key_of(job)])
            if following is None:
                heappop(turns)
            else:
                heapreplace(turns, self.turn(following))

    def candidates(self, job_class: JobClass) -> Iterator[Job]:
        """The first of each lane, less those that surely may not overtake: what starts meanwhile can only bar more of them."""
        firm = job_class is not JobClass.SCAVENGER
        free, beside = self.room.free(firm=firm), self.free_beside_the_head(firm=firm)
        in_time = self.promise.at - self.now if self.promise else 0.0
        for needs, lanes in self.queue.by_needs[job_class].items():
            if not covers(free, needs):
                continue
            longest = math.inf if covers(beside, needs) else in_time
            for lane in lanes.values():
                job = self.first_of(lane)
                if job is not None and lane.limit <= longest:
                    yield job

    def free_beside_the_head(self, *, firm: bool) -> Amounts:
        """What will be free when the head has started, guarantees apart; scavengers need not care, for they give way."""
        if self.promise is None or (self.promise.job.is_firm and not firm):
            return self.farm.capacity.amounts
        return self.promise.room.free(firm=firm)

    def why_overtake(self, job: Job) -> Starts | None:
        """Why a job may start although the head waits; None if it may not."""
        if not self.room.admits(job):
            return None
        if self.promise is None:
            return Starts.FILLS
        return self.promise.why_not_delayed(job, self.now)

    def start(self, job: Job, reason: Starts) -> None:
        """Decide that a job starts: it takes its place, sends scavengers away and is charged at once."""
        if reason is Starts.BESIDE and self.promise is not None:
            self.promise.room.add(job)
        after = () if self.room.has(job.needs, firm=False) else self.preempt(job)
        self.room.add(job)
        self.starts.append(Start(job, reason, after))
        lane = self.queue.lanes[key_of(job)]
        self.taken[lane] = self.taken.get(lane, 0) + 1
        self.charge(job)

    def preempt(self, job: Job) -> tuple[str, ...]:
        guaranteed = self.room.is_guaranteed(job)
        gone = {preemption.uid for preemption in self.preemptions}
        chosen = victims(job, self.room, [run for uid, run in self.farm.running.items() if uid not in gone])
        reason = Preempts.FOR_GUARANTEE if guaranteed else Preempts.FOR_CLASS
        for run in chosen:
            self.room.remove(run.job)
            self.preemptions.append(Preemption(run.job.uid, job.uid, reason))
        return tuple(run.job.uid for run in chosen)

    def charge(self, job: Job) -> None:
        """A run is charged for its whole limit when it starts; those of the same member move back in turn."""
        amount = self.farm.capacity.rate(job.needs) * job.limit
        for level in levels(job.account):
            self.charged[level] = self.charged.get(level, 0.0) + amount

    def could_run(self, job: Job) -> bool:
        return Room(self.farm.capacity).admits(job)

    def first_of(self, lane: Lane) -> Job | None:
        taken = self.taken.get(lane, 0)
        return lane.jobs[taken] if taken < len(lane.jobs) else None

    def turn(self, job: Job) -> Turn:
        return self.standing(job.account), rank(job, self.policy.order), job

    def turn_with_class(self, job: Job) -> tuple[JobClass, Turn]:
        return job.job_class, self.turn(job)

    def standing(self, account: Account) -> Standing:
        """Where an account stands now, with what this pass has charged it already."""
        if self.policy.order != "share":
            return ()
        if account[:1] not in self.charged:
            return self.farm.accounts.standing(account)
        return self.farm.accounts.standing_with(account, self.charged, self.now)
