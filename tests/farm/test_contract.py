"""What every engine promises, tried on each: the same ends, the same files, and nothing lost or doubled whatever is killed."""

import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from dure.farm import api as farm
from dure.foundation import clock, files, leases
from tests.cli.waiting import until
from tests.factories.farm import SHORT, program, zipped
from tests.farm.engines import Engine, process, run_all, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
WAITS = "import time\nprint('begun', flush=True)\ntime.sleep(12)"


def state_of(job: farm.Job) -> str:
    job.refresh_from_db()
    return job.state


def until_state(job: farm.Job, state: str) -> None:
    until(lambda: state_of(job) == state, within_s=120)


def run_of(job: farm.Job) -> farm.Run:
    found = farm.last_run(job)
    assert found is not None
    return found


def tracked(source: str) -> tuple[farm.JobSpec, str]:
    """A program that can be told from all others on this machine, by a word behind its name."""
    token = uuid4().hex
    spec = program(source)
    return replace(spec, command=(*spec.command, token)), token


def goes_on(token: str) -> bool:
    """Whether this program runs somewhere on this machine, inside whatever sandbox."""
    return any(
        _words(path)[1:] == [b"/sub/main.py", token.encode()] for path in Path("/proc").glob("[0-9]*/cmdline")
    )


def _words(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        return []


def test_many_ends_are_told_apart(engine: Engine) -> None:
    """One turn of the engine for all of them: a real cluster takes seconds for each."""
    two_seconds = farm.Limits(memory_mib=256, wall_seconds=2, cpu_seconds=60)
    broken = files.put_bytes(b"PK\x03\x04 not really")
    reads = "print(open('/data/a.txt').read()); open('/out/r', 'w').write('42')"
    good = farm.submit(program(reads, inputs=[zipped(a_txt="hello 안녕")]), name="good")
    seven = farm.submit(program("raise SystemExit(7)"), name="seven")
    late = farm.submit(program("import time; time.sleep(60)", limits=two_seconds), name="late")
    sealed = farm.submit(program("print('a hidden input'); raise KeyError('x')"), name="sealed", sealed=True)
    archive = farm.Input(sha256=broken.sha256, target="/data", unpack=True)
    unread = farm.submit(program("print(1)", inputs=[archive]), name="unread")
    withdrawn = farm.submit(program("print(1)"), name="withdrawn")
    farm.cancel(withdrawn)
    run_all(engine)

    run = run_of(good)
    assert (state_of(good), run.exit_code, run.stdout) == ("done", 0, "hello 안녕\n")
    with files.open_blob(run.files.get().blob_id) as content:
        assert content.read() == b"42"
    assert run.level is not None
    assert (state_of(seven), run_of(seven).exit_code) == ("failed_user", 7)
    assert (state_of(late), run_of(late).limit) == ("failed_user", "wall")
    run = run_of(sealed)
    assert (state_of(sealed), run.stdout, run.stderr, run.exception) == ("failed_user", "", "", "KeyError")
    assert (state_of(unread), run_of(unread).faults[0]["code"]) == ("failed_user", "broken_archive")
    assert (state_of(withdrawn), withdrawn.runs.count()) == ("cancelled", 0)


def test_a_running_job_is_stopped_when_it_is_taken_back(engine: Engine) -> None:
    spec, token = tracked(WAITS)
    job = farm.submit(spec, name="taken back")
    with running(engine):
        until_state(job, "running")
        until(lambda: goes_on(token), within_s=60)
        assert farm.cancel(job)
        until(lambda: not goes_on(token), within_s=30)
    run = run_of(job)
    assert (state_of(job), run.excused, run.stdout) == ("cancelled", True, "")


def test_what_it_says_is_read_while_it_runs_unless_it_is_sealed(engine: Engine) -> None:
    told = farm.submit(program(WAITS), name="told")
    sealed = farm.submit(program(WAITS), name="sealed", sealed=True)
    with running(engine):
        for job in (told, sealed):
            until_state(job, "running")
        until(lambda: run_of(told).stdout == "begun\n", within_s=60)
        assert (state_of(told), run_of(sealed).stdout) == ("running", "")
        for job in (told, sealed):
            farm.cancel(job)


def test_who_waits_before_a_screen_makes_a_scavenger_give_way(engine: Engine) -> None:
    full = farm.Limits(cores=engine.cores, memory_mib=256, wall_seconds=60, cpu_seconds=30)
    spare = [
        farm.submit(program(WAITS, limits=full), name="spare", job_class=farm.Job.Class.SCAVENGER)
        for _ in range(engine.places)
    ]
    with running(engine):
        for job in spare:
            until_state(job, "running")
        lab = farm.submit(program("print(1)", limits=full), name="lab", job_class=farm.Job.Class.LAB)
        until_state(lab, "done")
        for job in spare:
            until_state(job, "done")
    tries = [list(job.runs.order_by("attempt").values_list("excused", flat=True)) for job in spare]
    assert sorted(tries) == [[False]] * (engine.places - 1) + [[True, False]]


def test_a_killed_runner_loses_nothing_and_one_result_stands(engine: Engine) -> None:
    spec, token = tracked(WAITS)
    job = farm.submit(spec, name="interrupted")
    with process(engine) as runner:
        until(lambda: goes_on(token), within_s=60)
        os.kill(runner.pid, signal.SIGKILL)
        runner.wait()
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    run_all(engine)
    assert state_of(job) == "done"
    assert list(job.runs.filter(excused=False).values_list("exit_code", flat=True)) == [0]


def test_asked_twice_it_runs_once(engine: Engine) -> None:
    first = farm.submit(program("print(1)", limits=SHORT), name="once")
    again = farm.submit(program("print(2)"), name="twice", uid=first.uid)
    run_all(engine)
    assert (again.pk, state_of(first), first.runs.count(), run_of(first).stdout) == (
        first.pk,
        "done",
        1,
        "1\n",
    )
