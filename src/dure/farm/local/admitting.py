"""Who starts now on this machine: decided and written in one transaction, so that two looks never start the same job."""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from dure.engines import scheduling
from dure.engines.environment import FOR_PROGRAMS, named
from dure.engines.scheduling import Farm, RunningJob
from dure.farm import standing
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.jobs import JOB
from dure.farm.models import Job, Node, Run
from dure.farm.terms import Terms, capacity_of, terms
from dure.foundation import clock, leases

FRESH_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now: jobs to start, and running ones to stop and put back."""

    admitted: list[Try]
    preempted: list[UUID]


class Admission:
    """One machine's door. It remembers what it has read of jobs: what they ask for never changes."""

    def __init__(self, node: Node, *, worker: str) -> None:
        self._node, self._worker = node, worker
        self._terms, self._capacity = Terms(), capacity_of(node, Terms())
        self._known: dict[UUID, scheduling.Job | None] = {}
        self._usage: dict[scheduling.Account, float] = {}
        self._fresh_until = 0.0
        self._here: frozenset[str] = frozenset()

    @transaction.atomic
    def decide(self, *, leaving: Collection[UUID] = ()) -> Decision:
        """Ask the ordering, and claim what starts. Those `leaving` were told to stop, but still hold what they use."""
        waiting = list(leases.waiting(kind=JOB))
        if not waiting:
            return Decision([], [])
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('farm.admit'), %s)", [self._node.pk])
        plan = scheduling.plan(self._farm(waiting, leaving), clock.now().timestamp())
        chosen = [UUID(start.job.uid) for start in plan.starts if not start.after]
        admitted = self._claimed(chosen)
        return Decision(admitted, [UUID(one.uid) for one in plan.preemptions])

    def _farm(self, waiting: Sequence[UUID], leaving: Collection[UUID]) -> Farm:
        """The machine with those that run on it, those that wait, and what each account used of late."""
        now = clock.now()
        self._refresh(now)
        running = _going_on(self._node, but=waiting)
        self._read({*waiting, *running})
        queue = [job for uid in waiting if (job := self._known[uid])]
        runs = [
            RunningJob(job=job, started=started.timestamp(), stopping=uid in leaving)
            for uid, started in running.items()
            if (job := self._known[uid])
        ]
        return standing.farm(
            self._capacity,
            waiting=queue,
            running=runs,
            shares=self._terms.shares,
            usage=self._usage,
            now=now,
        )

    def _refresh(self, now: datetime) -> None:
        """What each account used of late, what members agreed on, and which packages are here: a few seconds old at most."""
        if time.monotonic() > self._fresh_until:
            self._usage, self._terms = standing.usage(now), terms()
            self._capacity = capacity_of(self._node, self._terms)
            self._look_for_packages()
            self._fresh_until = time.monotonic() + FRESH_SECONDS

    def _read(self, present: Collection[UUID]) -> None:
        """Know the jobs that wait or run, and forget the others."""
        self._known = {uid: self._known[uid] for uid in present if uid in self._known}
        new = [uid for uid in present if uid not in self._known]
        for job in Job.objects.filter(uid__in=new).select_related("organisation", "person"):
            self._known[job.uid] = self._as_seen(job)

    def _look_for_packages(self) -> None:
        """What is known of jobs is forgotten when the packages that they wait for have come."""
        here = frozenset(name for name in FOR_PROGRAMS if named(name).is_here)
        if here != self._here:
            self._here, self._known = here, {}

    def _as_seen(self, job: Job) -> scheduling.Job | None:
        """The job as the ordering looks at it; None for one that asks for what this machine does not have, or not yet."""
        return standing.as_seen(job, self._capacity) if job.wants.environments <= self._here else None

    def _claimed(self, chosen: Sequence[UUID]) -> list[Try]:
        claims = leases.claim_these(kind=JOB, subjects=chosen, worker=self._worker)
        found = Job.objects.filter(uid__in=[claim.subject for claim in claims])
        jobs = {job.uid: job for job in found.select_for_update().order_by("pk")}
        begun = [one for claim in claims if (one := self._begun(claim, jobs[claim.subject]))]
        Job.objects.filter(pk__in=[one.job.pk for one in begun]).update(state=Job.State.RUNNING)
        return begun

    def _begun(self, claim: leases.Claim, job: Job) -> Try | None:
        rate = self._capacity.rate(self._capacity.amounts_of(standing.needs(job.wants)))
        return tries.begin(claim, job, node=self._node, worker=self._worker, rate=rate)


def _going_on(node: Node, *, but: Iterable[UUID]) -> dict[UUID, datetime]:
    """Those that run, since when. The row of one that waits again was left open by a killed runner, and holds nothing."""
    open_runs = Run.objects.filter(node=node, ended_at=None).values_list("job__uid", "started_at")
    again = set(but)
    return {uid: since for uid, since in open_runs if uid not in again}
