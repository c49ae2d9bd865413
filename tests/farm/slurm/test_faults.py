"""Faults of a cluster, made for real: what dies, what is forgotten, what comes twice."""

import os
import signal
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dure.farm import api as farm
from dure.farm.models import SlurmJob
from dure.farm.slurm import believing, handing
from dure.farm.slurm.believing import LEASE_S
from dure.farm.slurm.commands import SlurmAway
from dure.farm.slurm.naming import Ref
from dure.farm.slurm.states import Waits, waits_of
from dure.foundation import clock, leases
from dure.foundation.models import Lease
from tests.cli.waiting import until
from tests.factories.farm import program
from tests.farm.engines import SlurmEngine, process, run_all, running

pytestmark = [pytest.mark.slurm, pytest.mark.sandbox, pytest.mark.django_db(transaction=True)]
WAITS = "import time\nprint('begun', flush=True)\ntime.sleep(5)"


def state_of(job: farm.Job) -> str:
    job.refresh_from_db()
    return job.state


def until_state(job: farm.Job, state: str, within_s: float = 120) -> None:
    until(lambda: state_of(job) == state, within_s=within_s)


def row_of(job: farm.Job) -> SlurmJob:
    return SlurmJob.objects.filter(run__job=job).latest("run__attempt")


def until_known(job: farm.Job) -> int:
    """Wait until Slurm has given it a number."""
    until(lambda: SlurmJob.objects.filter(run__job=job, number__isnull=False).exists(), within_s=60)
    number = row_of(job).number
    assert number is not None
    return number


def results(job: farm.Job) -> list[int | None]:
    """The exit codes that stand: one, if nothing came twice."""
    return list(job.runs.filter(excused=False).values_list("exit_code", flat=True))


def test_a_controller_killed_two_seconds_after_submission_loses_no_job(
    slurm: SlurmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It forgets what waits, and may forget what runs; a number may come again. One result of each stands in the end."""
    monkeypatch.setattr("dure.farm.slurm.reconciling.PHANTOM_S", 20.0)
    full = farm.Limits(cores=slurm.cores, memory_mib=256, wall_seconds=60, cpu_seconds=30)
    jobs = [farm.submit(program(WAITS, limits=full), name="early") for _ in range(slurm.places + 1)]
    with running(slurm):
        for job in jobs:
            until_known(job)
        time.sleep(2)
        slurm.cluster.kill("slurmctld")
        slurm.cluster.start("slurmctld")
        for job in jobs:
            until_state(job, "done", within_s=400)
    assert [results(job) for job in jobs] == [[0]] * len(jobs)


def test_without_the_accounting_jobs_begin_and_end_all_the_same(slurm: SlurmEngine) -> None:
    slurm.know_accounts()
    runner = slurm.runner()
    slurm.cluster.kill("slurmdbd")
    try:
        job = farm.submit(program("print(1)"), name="unaccounted")
        runner.run(until_empty=True)
        assert (state_of(job), results(job)) == ("done", [0])
    finally:
        slurm.cluster.start("slurmdbd")
    until(lambda: _accounted(slurm, job), within_s=60)


def _accounted(slurm: SlurmEngine, job: farm.Job) -> bool:
    said = slurm.cluster.run("sacct", "-D", "-X", "-n", "-P", "--format=state,jobname")
    return any(line.startswith("COMPLETED") and str(job.uid) in line for line in said.splitlines())


def test_a_job_on_a_machine_that_is_lost_runs_again_elsewhere(slurm: SlurmEngine) -> None:
    job = farm.submit(program(WAITS), name="on a lost machine")
    with running(slurm):
        until_state(job, "running")
        until(lambda: slurm.shared.was_begun(Ref(job.uid, 1)), within_s=30)
        node = row_of(job).node
        slurm.cluster.kill_node(node)
        try:
            until_state(job, "done", within_s=400)
        finally:
            slurm.cluster.start(node)
    lost, good = job.runs.order_by("attempt")
    assert (lost.excused, lost.exit_code, good.excused, good.exit_code) == (True, None, False, 0)
    assert row_of(job).node != node


def test_what_must_not_run_twice_is_given_up_when_its_machine_is_lost(slurm: SlurmEngine) -> None:
    job = farm.submit(program(WAITS), name="once only", repeatable=False)
    with running(slurm):
        until_state(job, "running")
        until(lambda: slurm.shared.was_begun(Ref(job.uid, 1)), within_s=30)
        slurm.cluster.run("scontrol", "update", f"nodename={row_of(job).node}", "state=down", "reason=test")
        try:
            until_state(job, "failed_platform", within_s=60)
        finally:
            slurm.cluster.bring_back(row_of(job).node)
    assert job.runs.count() == 1


def test_a_runner_killed_before_it_heard_slurms_answer_finds_the_job_by_its_name(
    slurm: SlurmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = farm.submit(program(WAITS), name="unheard")

    def deaf(*_given: Any) -> None:
        raise KeyboardInterrupt

    runner = slurm.runner()
    with monkeypatch.context() as patched:
        patched.setattr(believing, "accepted", deaf)
        with pytest.raises(KeyboardInterrupt):
            runner.run(until_empty=True)
    assert (row_of(job).state, row_of(job).number) == ("submitting", None)
    run_all(slurm)
    assert (state_of(job), job.runs.count(), results(job)) == ("done", 1, [0])


def test_a_runner_killed_before_it_asked_slurm_asks_again_later(
    slurm: SlurmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.farm.slurm.reconciling.SURE_S", 1.0)
    monkeypatch.setattr("dure.farm.slurm.reconciling.HANDING_OVER_S", 2.0)
    job = farm.submit(program("print(1)"), name="unasked")
    taken = believing.take(worker="slurm:dure", node=slurm.runner().node, limit=8)
    assert [one.job for one in taken] == [job]
    run_all(slurm)
    assert (state_of(job), results(job)) == ("done", [0])
    assert Lease.objects.get(subject=job.uid).tries == 1


def test_a_try_swept_while_no_runner_was_here_is_taken_back_as_the_same_try(slurm: SlurmEngine) -> None:
    job = farm.submit(program(WAITS), name="left alone")
    with running(slurm):
        until_known(job)
    for _ in range(leases.MAX_ATTEMPTS + 1):
        with clock.at(clock.now() + timedelta(seconds=LEASE_S + 1)):
            leases.sweep_and_tell(clock.now())
        assert Lease.objects.get(subject=job.uid).state == "queued"
        runner = slurm.runner()
        assert [handed.one.job for handed in believing.ours(worker=runner.name).values()] == [job]
    run_all(slurm)
    assert (state_of(job), job.runs.count(), results(job)) == ("done", 1, [0])
    assert Lease.objects.get(subject=job.uid).attempt > job.runs.get().attempt


def test_a_second_runner_waits_until_the_first_is_gone(slurm: SlurmEngine) -> None:
    with process(slurm) as first:
        job = farm.submit(program("print(1)"), name="the first's")
        until_state(job, "done")
        with running(slurm):
            os.kill(first.pid, signal.SIGSTOP)
            job = farm.submit(program("print(1)"), name="nobody's yet")
            time.sleep(3)
            assert state_of(job) == "queued"
            os.kill(first.pid, signal.SIGKILL)
            until_state(job, "done")


def test_strays_under_our_key_are_stopped_and_others_left_alone(slurm: SlurmEngine) -> None:
    ours = Ref(farm.submit(program("print(1)"), name="done soon").uid, 9).name(slurm.shared.key)
    theirs = Ref(farm.Job.objects.get().uid, 9).name("ffffffff")
    slurm.know_accounts()
    for name in (ours, theirs):
        words = [
            "sbatch",
            "--account=dure.none.none.none",
            f"--job-name={name}",
            "--output=/dev/null",
            "--wrap=sleep 60",
        ]
        slurm.cluster.run(*words)
    run_all(slurm)
    left = slurm.cluster.run("squeue", "-h", "-o", "%j").split()
    assert theirs in left
    until(lambda: ours not in slurm.cluster.run("squeue", "-h", "-o", "%j").split(), within_s=20)


def test_a_controller_that_does_not_answer_costs_no_job_a_try(
    slurm: SlurmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.farm.slurm.commands.SECONDS", 2.0)
    runner = slurm.runner()
    slurm.cluster.kill("slurmctld")
    job = farm.submit(program("print(1)"), name="patient")
    try:
        with pytest.raises(SlurmAway):
            handing.hand_over(runner.slurm, worker=runner.name, node=runner.node)
        assert waits_of(row_of(job).reason) is Waits.UNREACHABLE
    finally:
        slurm.cluster.start("slurmctld")
    connection.close()
    monkeypatch.setattr("dure.farm.slurm.reconciling.SURE_S", 1.0)
    monkeypatch.setattr("dure.farm.slurm.reconciling.HANDING_OVER_S", 2.0)
    run_all(slurm)
    assert (state_of(job), results(job)) == ("done", [0])
    assert Lease.objects.get(subject=job.uid).tries == 1
