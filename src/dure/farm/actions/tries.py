"""Tries of jobs, whichever engine carries them out: begun with a claim, and ended once, with the end of the lease."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from dure.engines.environment import named
from dure.engines.faults import Fault
from dure.engines.jobs import Carried
from dure.engines.judging import exception_in
from dure.engines.sandbox import Outcome
from dure.farm.actions import ending
from dure.farm.models import Job, Node, Run, RunFile
from dure.foundation import clock, leases
from dure.foundation.models import Blob

NOT_TWICE: Final = Fault("job_not_twice")
INPUT_LOST: Final = Fault("job_input_lost")


@dataclass(frozen=True, slots=True)
class Try:
    """A job that is being carried out, with the claim on it and its row of this try."""

    claim: leases.Claim
    job: Job
    run: Run


def begin(
    claim: leases.Claim, job: Job, *, node: Node, worker: str, rate: float, accounted: bool = False
) -> Try | None:
    """Write a new try down, inside the claim's transaction. Older tries that never ended were lost.

    None for a job that must not run twice: it ends with them. `accounted`: what it uses is not read from its row.
    """
    earlier = list(job.runs.filter(ended_at=None).values_list("pk", flat=True)) if claim.attempt > 1 else []
    if earlier and not job.repeatable:
        _give_up(claim, job, NOT_TWICE)
        return None
    ending.excuse(earlier)
    run = Run.objects.create(
        job=job, attempt=claim.attempt, node=node, worker=worker, rate=rate, accounted=accounted
    )
    return Try(claim, job, run)


def tell(one: Try, *, stdout: bytes, stderr: bytes) -> None:
    """Write what a program has said so far, while it runs. What a sealed job says is for nobody."""
    if not one.job.sealed:
        said = {"stdout": _text(stdout), "stderr": _text(stderr)}
        Run.objects.filter(pk=one.run.pk, ended_at=None).update(**said)


@transaction.atomic
def write(one: Try, came: Carried, kept: Mapping[str, Blob]) -> None:
    """Write what came of it, if this try is still the one that counts; `kept` are its files."""
    state, why = _state(came), came.judge_fault
    if not leases.finish(one.claim, state=leases.State(state), message=why.code if why else ""):
        return
    run = one.run
    run.ended_at, run.excused = clock.now(), why is not None
    run.faults = _as_json([why, *came.faults] if why else came.faults)
    run.report, run.judge_log = came.report, _text(came.judge_log)
    if came.outcome is not None:
        _fill(one, came.outcome)
    run.save()
    RunFile.objects.bulk_create(RunFile(run=run, name=name, blob=blob) for name, blob in kept.items())
    ending.over(one.job, state, is_run_open=False)


def _state(came: Carried) -> Job.State:
    """A judge that gave no report is never the fault of whoever it judged."""
    if came.judge_fault:
        return Job.State.FAILED_PLATFORM
    return Job.State.DONE if came.is_good else Job.State.FAILED_USER


def _fill(one: Try, outcome: Outcome) -> None:
    run = one.run
    run.exit_code, run.signal, run.limit = outcome.exit_code, outcome.signal, outcome.limit or ""
    run.peak_memory, run.level = outcome.peak_memory, outcome.level
    run.cpu_seconds, run.wall_seconds = outcome.cpu_seconds, outcome.wall_seconds
    run.exception = exception_in(outcome.stderr) if outcome.exit_code else ""
    run.environment = named(packages).digest if (packages := one.job.wants.packages) else ""
    if not one.job.sealed:
        run.stdout, run.stderr = _text(outcome.stdout), _text(outcome.stderr)


def _text(output: bytes) -> str:
    """A program's output as text that a database takes."""
    return output.decode("utf-8", "replace").replace("\0", "\ufffd")


def _as_json(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    return [{"code": fault.code, "params": dict(fault.params), "place": fault.place} for fault in faults]


@transaction.atomic
def put_back(one: Try, *, begun: bool) -> None:
    """The try ended through nobody's fault: the job waits again, unharmed. `begun`: its program may have run."""
    if _waits_again(one, begun=begun):
        leases.release(one.claim)


@transaction.atomic
def lose(one: Try, *, begun: bool) -> None:
    """Our fault: the job is tried again, or given up after the last try. `begun`: its program may have run."""
    if _waits_again(one, begun=begun):
        leases.lose(one.claim)


def _waits_again(one: Try, *, begun: bool) -> bool:
    """Whether the job goes back into the queue: not where this try counts no longer, or where a second would be one too many."""
    if not leases.hold(one.claim):
        return False
    if begun and not one.job.repeatable:
        _give_up(one.claim, one.job, NOT_TWICE)
        return False
    ending.excuse([one.run.pk])
    Job.objects.filter(pk=one.job.pk, finished_at=None).update(state=Job.State.QUEUED)
    return True


@transaction.atomic
def give_up(one: Try, why: Fault) -> None:
    """Our fault, and no other try would end otherwise."""
    _give_up(one.claim, one.job, why)


def _give_up(claim: leases.Claim, job: Job, why: Fault) -> None:
    """End a job through our fault, with the reason in the row of the try that is open."""
    if leases.finish(claim, state=leases.State.FAILED_PLATFORM, message=why.code):
        job.runs.filter(ended_at=None).update(faults=_as_json([why]))
        ending.over(job, Job.State.FAILED_PLATFORM)
