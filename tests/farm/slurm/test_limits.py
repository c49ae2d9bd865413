"""Accelerators on a cluster: limits are kept and told, who gives way runs again, and all of it stands in the usage."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest

from dure.farm import api as farm
from dure.farm.models import SlurmJob, UsageEntry
from dure.farm.slurm.accounting import SlurmAccounting
from dure.farm.slurm.executor import Slurm
from dure.farm.slurm.reading import Used
from dure.farm.slurm.states import Waits, waits_of
from dure.farm.usage.closing import close_hours
from dure.foundation import clock
from tests.cli.waiting import until
from tests.factories.farm import program
from tests.factories.people import organisation
from tests.farm.engines import SlurmEngine, run_all, running

pytestmark = [pytest.mark.slurm, pytest.mark.sandbox, pytest.mark.django_db(transaction=True)]
WAITS = "import time\ntime.sleep(6)"
ACCOUNT = "dure.none.none.none"


def asked(source: str, job_class: str = "normal", **accelerators: int) -> farm.Job:
    kinds = {kind.replace("_", ":"): count for kind, count in accelerators.items()}
    return farm.submit(program(source, accelerators=kinds), name="asked", job_class=farm.Job.Class(job_class))


def state_of(job: farm.Job) -> str:
    job.refresh_from_db()
    return job.state


def row_of(job: farm.Job) -> SlurmJob:
    return SlurmJob.objects.filter(run__job=job).latest("run__attempt")


@contextmanager
def limit(slurm: SlurmEngine, *words: str, off: str) -> Iterator[None]:
    """A limit that the operator sets for a while."""
    slurm.know_accounts()
    slurm.cluster.run("sacctmgr", "-i", "modify", *words)
    try:
        yield
    finally:
        slurm.cluster.run("sacctmgr", "-i", "modify", *words[:-1], off)


def until_waits_for(job: farm.Job, why: Waits) -> None:
    until(
        lambda: bool(rows := SlurmJob.objects.filter(run__job=job)) and waits_of(rows[0].reason) is why,
        within_s=60,
    )


def test_each_type_is_found_where_it_is(slurm: SlurmEngine) -> None:
    gpu, npu = asked("print(1)", gpu_h100=1), asked("print(1)", npu_atom=2)
    run_all(slurm)
    assert (state_of(gpu), state_of(npu)) == ("done", "done")
    assert row_of(gpu).node.startswith("kt")
    assert row_of(npu).node == "etri1"
    until(lambda: slurm.runner().node.accelerators == {"gpu:h100": 8, "npu:atom": 8}, within_s=60)


def test_more_than_a_class_allows_is_refused_at_submission_and_told(slurm: SlurmEngine) -> None:
    words = ("qos", "lab", "set", "Flags=DenyOnLimit", "MaxTRESPerAccount=gres/gpu=1")
    with limit(slurm, *words, off="MaxTRESPerAccount=gres/gpu=-1"), running(slurm):
        job = asked("print(1)", "lab", gpu_h100=2)
        until_waits_for(job, Waits.CLASS_LIMIT)
        assert row_of(job).state == SlurmJob.State.REFUSED
        assert row_of(job).number is None
        small = asked("print(1)", "lab", gpu_h100=1)
        until(lambda: state_of(small) == "done", within_s=60)
        assert farm.cancel(job)


def test_what_no_machine_has_waits_with_its_reason_and_holds_up_nobody(slurm: SlurmEngine) -> None:
    with running(slurm):
        hostile = farm.submit(program("print(1)", accelerators={"gpu:a b;c": 1}), name="hostile")
        impossible = [asked("print(1)", gpu_h100=5), asked("print(1)", gpu_none=1), hostile]
        for job in impossible:
            until_waits_for(job, Waits.NOWHERE)
        good = asked("print(1)")
        until(lambda: state_of(good) == "done", within_s=60)
        for job in impossible:
            assert state_of(job) == "queued"
            farm.cancel(job)


def test_a_members_cap_is_kept_and_what_it_uses_is_charged(slurm: SlurmEngine) -> None:
    with (
        limit(slurm, "account", "dure.none", "set", "GrpTRES=gres/gpu=2", off="GrpTRES=gres/gpu=-1"),
        running(slurm),
    ):
        first = asked(WAITS, gpu_h100=2)
        until(lambda: state_of(first) == "running", within_s=60)
        second = asked("print(1)", gpu_h100=1)
        until_waits_for(second, Waits.MEMBER_LIMIT)
        assert state_of(first) == "running"
        until(lambda: state_of(second) == "done", within_s=60)
    until(lambda: int(charged(slurm)) > 0, within_s=30)


def charged(slurm: SlurmEngine) -> str:
    """What Slurm's own fair share holds against the account."""
    said = slurm.cluster.run("sshare", "-n", "-P", "-A", ACCOUNT, "-o", "account,user,rawusage")
    return next(line.split("|")[2] for line in said.splitlines() if line.strip().startswith(f"{ACCOUNT}||"))


def test_who_gives_way_runs_again_and_both_tries_stand_in_the_usage(slurm: SlurmEngine) -> None:
    with running(slurm):
        spare = [asked(WAITS, "scavenger", gpu_h100=4) for _ in range(2)]
        for job in spare:
            until(lambda job=job: state_of(job) == "running", within_s=60)  # type: ignore[misc]  # bound at once
        urgent = asked("print(1)", "evaluation", gpu_h100=4)
        until(lambda: state_of(urgent) == "done", within_s=60)
        for job in spare:
            until(lambda job=job: state_of(job) == "done", within_s=60)  # type: ignore[misc]  # same
    preempted = next(job for job in spare if job.runs.count() == 2)
    engine = Slurm(slurm.shared)
    until(lambda: all(used.ended for used in raw(engine)), within_s=30)

    close_hours(SlurmAccounting(engine), clock.now() + timedelta(hours=2))
    assert UsageEntry.objects.count() > 0
    total = sum((entry.delivered for entry in of("gpu:h100")), Decimal(0))
    assert total == sum((seconds(used) * used.held.get("gpu:h100", 0) for used in raw(engine)), Decimal(0))
    excused = {entry.source for entry in of("gpu:h100") if entry.excused}
    assert excused == {f"slurm:{preempted.uid}/1"}
    assert f"slurm:{preempted.uid}/2" in {entry.source for entry in of("gpu:h100") if entry.consumed}

    before = UsageEntry.objects.count()
    close_hours(SlurmAccounting(engine), clock.now() + timedelta(hours=3))
    assert UsageEntry.objects.count() == before


def raw(engine: Slurm) -> list[Used]:
    return engine.used(clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))


def seconds(used: Used) -> Decimal:
    assert used.started
    assert used.ended
    return Decimal((used.ended - used.started).total_seconds())


def of(accelerator: str) -> list[UsageEntry]:
    return list(UsageEntry.objects.filter(accelerator=accelerator))


def test_course_hours_are_kept_for_the_accounts_that_they_are_reserved_for(slurm: SlurmEngine) -> None:
    course = organisation(slug="course")
    learner = farm.submit(program("print(1)"), name="in class", organisation=course)
    slurm.know_accounts()
    words = ("reservationname=class", "accounts=dure.course", "nodes=ALL", "starttime=now", "duration=60")
    slurm.cluster.run("scontrol", "create", "reservation", *words, "flags=MAGNETIC,IGNORE_JOBS")
    try:
        with running(slurm):
            other = asked("print(1)")
            until(lambda: state_of(learner) == "done", within_s=60)
            until_waits_for(other, Waits.NODES_AWAY)
            slurm.cluster.run("scontrol", "delete", "reservationname=class")
            until(lambda: state_of(other) == "done", within_s=60)
    finally:
        slurm.cluster.run("scontrol", "delete", "reservationname=class", check=False)
