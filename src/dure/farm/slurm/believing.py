"""Our rows of what was handed to Slurm: taken from the queue, read for the reconciler, written as it says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from dure.farm import standing
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.jobs import JOB
from dure.farm.models import Job, Node, Run, SlurmJob
from dure.farm.slurm.accounts import Payer
from dure.farm.slurm.naming import Ref
from dure.farm.terms import UNKNOWN_WEIGHT, terms
from dure.foundation import clock, leases

LEASE_S: Final = 86_400
"""Slurm carries a job on without its runner: only after a day without one is it anybody's."""
State = SlurmJob.State
TOLD: Final = ("stdout", "stderr", "faults", "report", "judge_log")
"""What a run said may be large, and every look reads every run."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A try that Slurm was asked to run, with what we believe of it there."""

    one: Try
    row: SlurmJob


def ref_of(one: Try) -> Ref:
    return Ref(one.job.uid, one.run.attempt)


def payer_of(job: Job) -> Payer:
    member = job.organisation.slug if job.organisation else ""
    return Payer(member, job.project, job.person.uid if job.person else None)


@transaction.atomic
def take(*, worker: str, node: Node, limit: int) -> list[Try]:
    """Claim jobs that wait, and write down that Slurm is about to be asked to run them. Its own accounting says what they used."""
    claims = leases.claim(kind=JOB, worker=worker, limit=limit, seconds=LEASE_S)
    if not claims:
        return []
    jobs, weights = _jobs(claim.subject for claim in claims), terms().weights
    begun = [
        tries.begin(claim, job, node=node, worker=worker, rate=_rate(job, weights), accounted=True)
        for claim in claims
        if (job := jobs[claim.subject])
    ]
    taken = [one for one in begun if one]
    SlurmJob.objects.bulk_create(SlurmJob(run=one.run) for one in taken)
    return taken


def _jobs(uids: Iterable[UUID]) -> dict[UUID, Job]:
    found = Job.objects.filter(uid__in=list(uids)).select_related("organisation", "person")
    return {job.uid: job for job in found}


def _rate(job: Job, weights: Mapping[str, float]) -> float:
    """What a second of it weighs in the usage, as on the local engine."""
    needs = standing.needs(job.wants)
    return sum(weights.get(kind, UNKNOWN_WEIGHT) * amount for kind, amount in needs.items())


def ours(*, worker: str) -> dict[Ref, Handed]:
    """Every try that Slurm has of us. One that was swept while no runner was here is taken back: it is still the same try."""
    held = leases.held(worker=worker)
    believed = SlurmJob.objects.filter(run__worker=worker, run__ended_at=None)
    whole = believed.select_related("run__job__organisation", "run__job__person")
    rows = list(whole.defer(*(f"run__{name}" for name in TOLD)))
    swept = [row.run.job.uid for row in rows if row.run.job.uid not in held]
    if swept:
        back = leases.take_back(kind=JOB, subjects=swept, worker=worker, seconds=LEASE_S)
        held |= {claim.subject: claim for claim in back}
    still = [row for row in rows if row.run.job.uid in held]
    found = [Handed(Try(held[row.run.job.uid], row.run.job, row.run), row) for row in still]
    return {ref_of(handed.one): handed for handed in found}


def runs_of(refs: Iterable[Ref]) -> dict[Ref, Run]:
    """The rows of these tries, as far as there are any."""
    wanted = set(refs)
    found = Run.objects.filter(job__uid__in={ref.job for ref in wanted})
    whole = found.select_related("job__organisation", "job__person").defer(*TOLD)
    runs = {Ref(run.job.uid, run.attempt): run for run in whole}
    return {ref: run for ref, run in runs.items() if ref in wanted}


def asked(runs: Iterable[Run]) -> None:
    """Slurm is asked now: what was to be laid ready is."""
    rows = SlurmJob.objects.filter(pk__in=[run.pk for run in runs])
    rows.update(state=State.SUBMITTING, asked_at=clock.now())


def accepted(run: Run, number: int) -> None:
    SlurmJob.objects.filter(pk=run.pk).update(state=State.WAITING, number=number, reason="")


def unanswered(run: Run) -> None:
    """Whether Slurm took it shows in a later look, which counts from here: until now it was being asked."""
    SlurmJob.objects.filter(pk=run.pk).update(reason="Unreachable", asked_at=clock.now())


def refused(run: Run, reason: str) -> None:
    SlurmJob.objects.filter(pk=run.pk).update(state=State.REFUSED, reason=reason[:200])


@transaction.atomic
def waits(one: Try, reason: str) -> None:
    SlurmJob.objects.filter(pk=one.run.pk).update(state=State.WAITING, reason=reason[:200], node="")
    Job.objects.filter(pk=one.job.pk, finished_at=None).update(state=Job.State.QUEUED)


@transaction.atomic
def runs(one: Try, node: str, since: datetime | None) -> None:
    SlurmJob.objects.filter(pk=one.run.pk).update(state=State.RUNNING, reason="", node=node[:120])
    Run.objects.filter(pk=one.run.pk).update(started_at=since or clock.now())
    Job.objects.filter(pk=one.job.pk, finished_at=None).update(state=Job.State.RUNNING)


def ended(one: Try, node: str, since: datetime | None) -> None:
    """It is over; a short one may have begun and ended between two looks."""
    if node:
        SlurmJob.objects.filter(pk=one.run.pk).update(node=node[:120])
    if since:
        one.run.started_at = since
        Run.objects.filter(pk=one.run.pk).update(started_at=since)


def present(name: str, amounts: Mapping[str, int], *, level: int) -> Node:
    """Write down what the cluster has now, as one machine under its name."""
    values = dict(amounts)
    found = {
        "cores": values.pop("cores", 0),
        "memory_mib": values.pop("memory_mib", 0),
        "accelerators": values,
    }
    node, _made = Node.objects.update_or_create(
        name=name, defaults={**found, "level": level, "seen_at": clock.now()}
    )
    return node
