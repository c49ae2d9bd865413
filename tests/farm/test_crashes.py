"""A runner killed, connections cut, a job taken back in the middle: nothing is lost and nothing runs twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.storage import storages
from django.db import DataError, OperationalError, connection

from dure.engines import sandbox
from dure.farm import api as farm
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.jobs import JOB
from dure.farm.local.runner import Runner
from dure.farm.models import Node
from dure.foundation import clock, files, leases
from tests.cli.serving import descendants_of
from tests.cli.waiting import until
from tests.factories.farm import machine, program, run_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
ROOT = Path(__file__).parents[2]
WAITS = "import time\nprint('begun', flush=True)\ntime.sleep(15)"


@contextmanager
def runner_process() -> Iterator["subprocess.Popen[bytes]"]:
    """`manage runner` on this test's database and files."""
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    env = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(["src", "."])}
    process = subprocess.Popen([sys.executable, "-m", "dure.cli", "manage", "runner"], env=env, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def runner_thread() -> Iterator[Runner]:
    """A runner in this process, told to stop at the end."""
    runner = Runner()
    thread = Thread(target=_run, args=(runner,))
    thread.start()
    try:
        yield runner
    finally:
        runner.stop()
        thread.join()


def _run(runner: Runner) -> None:
    try:
        runner.run()
    finally:
        connection.close()


def state_of(job: farm.Job) -> str:
    job.refresh_from_db()
    return job.state


def until_state(job: farm.Job, state: str) -> None:
    until(lambda: state_of(job) == state, within_s=120)


def programs_below(process: "subprocess.Popen[bytes]") -> list[int]:
    return [pid for pid, line in descendants_of(process.pid).items() if "/sub/main.py" in line]


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").exists() and bool(Path(f"/proc/{pid}/cmdline").read_bytes())


def test_a_killed_runner_takes_its_programs_with_it_and_the_job_runs_once_more() -> None:
    job = farm.submit(program(WAITS), name="interrupted")
    with runner_process() as process:
        until(lambda: bool(programs_below(process)), within_s=60)
        inside = programs_below(process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: not any(map(is_there, inside)), within_s=10)
    assert state_of(job) == "running"
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    run_all()
    assert state_of(job) == "done"
    lost, good = job.runs.order_by("attempt")
    assert (lost.excused, lost.exit_code, good.excused, good.exit_code) == (True, None, False, 0)


def test_what_needs_the_whole_machine_does_not_wait_for_the_try_that_a_killed_runner_left_open() -> None:
    all_cores = farm.Limits(cores=Runner().node.cores, memory_mib=256, wall_seconds=600, cpu_seconds=30)
    job = farm.submit(program("import time; time.sleep(3)", limits=all_cores), name="needs all")
    with runner_process() as process:
        until(lambda: bool(programs_below(process)), within_s=60)
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    run_all()
    assert (state_of(job), job.runs.filter(excused=False).count()) == ("done", 1)


def test_what_must_not_run_twice_is_given_up_instead() -> None:
    job = farm.submit(program(WAITS), name="once only", repeatable=False)
    with runner_process() as process:
        until(lambda: bool(programs_below(process)), within_s=60)
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    run_all()
    assert (state_of(job), job.runs.count()) == ("failed_platform", 1)


def test_a_running_job_is_stopped_when_it_is_taken_back() -> None:
    job = farm.submit(program(WAITS), name="taken back")
    with runner_thread():
        until_state(job, "running")
        assert farm.cancel(job)
        run = job.runs.get()
        until(
            lambda: not any("/sub/main.py" in line for line in descendants_of(os.getpid()).values()),
            within_s=10,
        )
    run.refresh_from_db()
    assert (state_of(job), run.excused, run.stdout) == ("cancelled", True, "")


def test_a_runner_told_to_stop_gives_back_what_it_ran() -> None:
    job = farm.submit(program(WAITS), name="given back")
    with runner_thread():
        until_state(job, "running")
    assert (state_of(job), job.runs.get().excused) == ("queued", True)


def test_who_waits_before_a_screen_makes_a_scavenger_give_way() -> None:
    runner = Runner()
    all_cores = farm.Limits(cores=runner.node.cores, memory_mib=256, wall_seconds=60, cpu_seconds=30)
    scavenger = farm.submit(
        program(WAITS, limits=all_cores), name="spare", job_class=farm.Job.Class.SCAVENGER
    )
    with runner_thread():
        until_state(scavenger, "running")
        lab = farm.submit(program("print(1)", limits=all_cores), name="lab", job_class=farm.Job.Class.LAB)
        until_state(lab, "done")
        until_state(scavenger, "running")
        first, second = scavenger.runs.order_by("attempt")
        assert (first.excused, second.ended_at) == (True, None)
        farm.cancel(scavenger)


def test_a_file_store_that_is_away_costs_a_job_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    job = farm.submit(program("print(1)"), name="waits for the store")
    real, asked = files.local_path, []

    def away_at_first(sha256: str) -> Path:
        asked.append(sha256)
        if len(asked) <= leases.MAX_ATTEMPTS:
            raise files.StorageUnavailable("away")
        return real(sha256)

    monkeypatch.setattr("dure.farm.local.runner.REST_SECONDS", 0.2)
    monkeypatch.setattr(files, "local_path", away_at_first)
    run_all()
    assert state_of(job) == "done"
    assert [run.excused for run in job.runs.order_by("attempt")] == [True] * leases.MAX_ATTEMPTS + [False]


def test_one_lost_file_ends_the_job_that_reads_it_with_the_reason_and_no_other() -> None:
    lost, good = (farm.submit(program(f"print({number})"), name="a job") for number in (1, 2))
    files.local_path(lost.wants.inputs[0].sha256).unlink()
    run_all()
    run = lost.runs.get()
    assert (state_of(lost), run.excused, run.faults[0]["code"]) == ("failed_platform", True, "job_input_lost")
    assert state_of(good) == "done"


def test_a_store_whose_disk_is_gone_costs_a_job_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder is really gone for a while, longer than three tries take."""
    monkeypatch.setattr("dure.farm.local.runner.REST_SECONDS", 0.2)
    job = farm.submit(program("print(1)"), name="waits for the disk")
    store = Path(storages["blobs"].location)  # type: ignore[attr-defined]  # it lies on this machine's disk
    away = store.rename(store.with_name("away"))
    with runner_thread():
        until(lambda: job.runs.filter(excused=True).count() > leases.MAX_ATTEMPTS, within_s=60)
        away.rename(store)
        until_state(job, "done")


def test_a_sandbox_that_does_not_start_is_tried_three_times_and_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = farm.submit(program("print(1)"), name="never starts")

    def broken(*_given: object, **_named: object) -> None:
        raise sandbox.LaunchError("no")

    monkeypatch.setattr(sandbox, "begin", broken)
    run_all()
    assert state_of(job) == "failed_platform"
    assert [run.excused for run in job.runs.all()] == [True] * leases.MAX_ATTEMPTS


@pytest.mark.parametrize(
    "error", [files.StorageUnavailable("away"), OperationalError("gone"), OSError("broken")]
)
def test_what_must_not_run_twice_is_given_up_when_its_end_cannot_be_written(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = farm.submit(program("print(1)"), name="once only", repeatable=False)
    with monkeypatch.context() as patched:
        patched.setattr(tries, "write", _raises(error))
        run_all()
    run = job.runs.get()
    assert (state_of(job), run.excused, run.faults[0]["code"]) == ("failed_platform", True, "job_not_twice")


@pytest.mark.parametrize(
    "error", [DataError("too long"), RecursionError(), sandbox.UnprotectedError(2, ("pids",))]
)
def test_a_job_does_not_stay_running_whatever_breaks_its_try(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = farm.submit(program("print(1)"), name="broken")
    with monkeypatch.context() as patched:
        patched.setattr(tries, "write", _raises(error))
        run_all()
    assert (state_of(job), job.runs.count()) == ("failed_platform", leases.MAX_ATTEMPTS)


def _raises(error: Exception) -> Callable[..., None]:
    def broken(*_given: object) -> None:
        raise error

    return broken


def test_a_try_that_counts_no_longer_changes_nothing() -> None:
    """The job is another try's by now, which is still going on."""
    job, node = farm.submit(program("print(1)"), name="taken over"), machine()
    late = _begun(job, node)
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    now = _begun(job, node)
    farm.Job.objects.filter(pk=job.pk).update(state="running")
    tries.put_back(late, begun=True)
    tries.lose(late, begun=True)
    now.run.refresh_from_db()
    assert (state_of(job), now.run.ended_at) == ("running", None)


def _begun(job: farm.Job, node: Node) -> Try:
    (claim,) = leases.claim_these(kind=JOB, subjects=[job.uid], worker="test")
    begun = tries.begin(claim, job, node=node, worker="test", rate=1.0)
    assert begun is not None
    return begun


def test_a_cut_connection_loses_nothing() -> None:
    job = farm.submit(program("import time; time.sleep(3); print(1)"), name="cut")
    with runner_thread():
        until_state(job, "running")
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
            time.sleep(0.5)
        until_state(job, "done")
    assert job.runs.filter(excused=False).count() == 1
