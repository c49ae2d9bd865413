"""The same plan by brute force: sort everything again after every step, ask of every set of jobs whether it fits.

Written from the rules alone, without lanes, rooms or heaps, for small scenes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dure.engines.scheduling import Job, JobClass, RunningJob
from tests.engines.scheduling.farms import Scene

FIRM = {JobClass.LAB, JobClass.EVALUATION, JobClass.NORMAL}


@dataclass
class Oracle:
    scene: Scene
    held: list[RunningJob]
    starts: list[tuple[str, str]] = field(default_factory=list)
    preempted: set[str] = field(default_factory=set)
    head: Job | None = None
    at: float | None = None

    def run(self) -> "Oracle":
        left = list(self.scene.waiting)
        while (found := self.next_start(left)) is not None:
            job, reason = found
            left.remove(job)
            self.starts.append((job.uid, reason))
            self.make_room(job)
            self.held.append(RunningJob(job=job, started=self.scene.now))
        return self

    def next_start(self, left: list[Job]) -> tuple[Job, str] | None:
        for job in sorted(left, key=self.turn):
            fits = self.fits(job, [run.job for run in self.held])
            if self.head is None and fits:
                return job, "in_turn"
            if self.head is None and self.fits(job, []):
                self.head, self.at = job, self.reservation(job)
            elif self.head is not None and fits and (reason := self.overtakes(job)):
                return job, reason
        return None

    def turn(self, job: Job) -> tuple[object, ...]:
        policy = self.scene.policy
        standing = [self.standing(job.account[:depth]) for depth in range(1, len(job.account) + 1)]
        return (
            job.job_class,
            standing if policy.order == "share" else [],
            job.limit if policy.order == "length" else 0,
            job.submitted,
            job.uid,
        )

    def standing(self, account: tuple[str, ...]) -> float:
        def below(other: tuple[str, ...]) -> bool:
            return other[: len(account)] == account

        used = sum(amount for other, amount in self.scene.usage.items() if below(other))
        runs = [*self.scene.running, *(run for run in self.held if run not in self.scene.running)]
        for run in runs:
            if below(run.job.account):
                rate = sum(w * n for w, n in zip(self.scene.capacity.weights, run.job.needs, strict=True))
                age = self.scene.now - run.started
                used += rate * run.job.limit * 0.5 ** (age / self.scene.policy.half_life)
        return float(f"{used / self.scene.shares.get(account, 1.0):.9g}")

    def fits(self, job: Job, others: Iterable[Job]) -> bool:
        return not any(self.is_short(kind, job, list(others)) for kind, need in enumerate(job.needs) if need)

    def is_short(self, kind: int, job: Job, others: list[Job]) -> bool:
        capacity = self.scene.capacity
        if job.job_class not in FIRM:
            return sum(other.needs[kind] for other in [*others, job]) > capacity.amounts[kind]
        firm = [other for other in others if other.job_class in FIRM]
        if sum(other.needs[kind] for other in [*firm, job]) > capacity.amounts[kind]:
            return True
        promised = sum(amounts[kind] for amounts in capacity.guaranteed.values())
        common = max(0, capacity.amounts[kind] - promised)
        before, after = self.beyond(kind, firm), self.beyond(kind, [*firm, job])
        return after > before and after > common

    def beyond(self, kind: int, firm: list[Job]) -> int:
        held: dict[str, int] = {}
        for job in firm:
            held[job.account[0]] = held.get(job.account[0], 0) + job.needs[kind]
        own = {member: amounts[kind] for member, amounts in self.scene.capacity.guaranteed.items()}
        return sum(max(0, amount - own.get(member, 0)) for member, amount in held.items())

    def reservation(self, head: Job) -> float | None:
        if self.scene.policy.overtaking != "reserve":
            return None
        ends = sorted({run.ends for run in self.held})
        return next(end for end in ends if self.fits(head, self.left_at(end)))

    def left_at(self, end: float) -> list[Job]:
        return [run.job for run in self.held if run.ends > end]

    def overtakes(self, job: Job) -> str | None:
        if self.scene.policy.overtaking == "never":
            return None
        if self.scene.policy.overtaking == "fill":
            return "fills"
        assert self.head is not None
        assert self.at is not None
        if self.scene.now + job.limit <= max(self.at, self.scene.now):
            return "ends_in_time"
        if job.job_class not in FIRM and self.head.job_class in FIRM:
            return "spare"
        return "beside" if self.fits(job, [self.head, *self.left_at(self.at)]) else None

    def make_room(self, job: Job) -> None:
        """Spare scavengers from the longest-running on, as long as those still to be asked would be enough."""
        if job.job_class not in FIRM:
            return
        old = {run.job.uid for run in self.scene.running}
        asked = [run for run in self.held if run.job.job_class not in FIRM and run.job.uid in old]
        spared = [run for run in self.held if run not in asked]
        for run in sorted(asked, key=lambda run: (not run.stopping, -run.started, run.job.uid), reverse=True):
            if self.all_fit([job, run.job, *(other.job for other in spared)], job):
                spared.append(run)
        self.preempted |= {run.job.uid for run in self.held if run not in spared}
        self.held = spared

    def all_fit(self, jobs: list[Job], starter: Job) -> bool:
        amounts = self.scene.capacity.amounts
        return all(
            sum(job.needs[kind] for job in jobs) <= amounts[kind]
            for kind, need in enumerate(starter.needs)
            if need
        )
