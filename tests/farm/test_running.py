"""A job from its asking to its end: what the program did, what came out, and what is kept of it."""

from typing import Any

import pytest

from dure.farm import api as farm
from dure.foundation import events, files
from tests.factories.farm import SHORT, program, run_all, zipped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]


def ran(spec: farm.JobSpec, **asked: Any) -> farm.Job:
    """Ask for it and run all there is."""
    job = farm.submit(spec, name="a job", **asked)
    run_all()
    job.refresh_from_db()
    return job


def run_of(job: farm.Job) -> farm.Run:
    found = farm.last_run(job)
    assert found is not None
    return found


def contents(run: farm.Run) -> dict[str, bytes]:
    found = {}
    for one in run.files.all():
        with files.open_blob(one.blob_id) as content:
            found[one.name] = content.read()
    return found


def test_what_a_program_writes_comes_out_with_its_log() -> None:
    source = "open('/out/result.txt', 'w').write('42'); print('said 안녕')"
    job = ran(program(source))
    run = run_of(job)
    assert (job.state, run.exit_code, run.limit, run.stdout) == ("done", 0, "", "said 안녕\n")
    assert contents(run) == {"result.txt": b"42"}
    assert run.level is not None
    assert run.level >= 3
    assert run.cpu_seconds is not None
    assert run.ended_at is not None


DEEP = """
import os
folder = "/out/" + "f" * 248 + "/" + "g" * {length}
os.makedirs(folder)
open(folder + "/r", "w")
"""


def test_a_name_that_is_too_long_with_its_folders_is_told_to_whoever_wrote_it() -> None:
    fits, too_long = (ran(program(DEEP.format(length=length))) for length in (249, 250))
    assert (fits.state, len(run_of(fits).files.get().name)) == ("done", 500)
    assert (too_long.state, run_of(too_long).faults[0]["code"]) == ("failed_user", "bad_name")


def test_its_inputs_are_there_unpacked_and_cannot_be_written() -> None:
    source = (
        "print(open('/data/a.txt').read())\ntry:\n    open('/data/b.txt', 'w')\n"
        "except OSError as error:\n    print(type(error).__name__)"
    )
    run = run_of(ran(program(source, inputs=[zipped(a_txt="hello")])))
    assert run.stdout.splitlines() == ["hello", "OSError"]


ENDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "raises": ("raise ValueError('no')", "failed_user", {"exit_code": 1}),
    "loops": ("while True: pass", "failed_user", {"limit": "cpu"}),
    "sleeps": ("import time; time.sleep(60)", "failed_user", {"limit": "wall"}),
    "eats memory": ("x = bytearray(900 * 1024**2); print(len(x))", "failed_user", {}),
    "floods": ("while True: print('x' * 65536)", "failed_user", {"limit": "log"}),
    "writes too much": ("open('/out/big', 'wb').write(b'x' * 90 * 1024**2)", "failed_user", {"exit_code": 1}),
}


@pytest.mark.parametrize("what", ENDS)
def test_each_bad_end_is_told_apart(what: str) -> None:
    source, state, expected = ENDS[what]
    # A busy machine may give two seconds of processor time in half a minute; only who sleeps shall meet the wall first.
    limits = farm.Limits(
        memory_mib=256, wall_seconds=4 if what == "sleeps" else 100, cpu_seconds=2, output_mib=16
    )
    job = ran(program(source, limits=limits))
    run = run_of(job)
    assert job.state == state
    assert {name: getattr(run, name) for name in expected} == expected
    assert sum(one.blob.size for one in run.files.all()) <= 16 * 1024**2


def test_a_broken_archive_is_the_askers_fault() -> None:
    blob = files.put_bytes(b"PK\x03\x04 not really")
    job = ran(program("print(1)", inputs=[farm.Input(sha256=blob.sha256, target="/data", unpack=True)]))
    assert job.state == "failed_user"
    assert run_of(job).faults[0]["code"] == "broken_archive"


def test_of_a_sealed_job_nothing_it_says_is_kept() -> None:
    run = run_of(ran(program("print('a hidden input'); raise ValueError('another')"), sealed=True))
    assert (run.stdout, run.stderr, run.exit_code) == ("", "", 1)


def test_asked_twice_it_runs_once_and_tells_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[farm.JobDone] = []
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe(farm.JobDone, told.append)
    first = farm.submit(program("print(1)"), name="once", is_followed=True)
    farm.submit(program("print(3)"), name="nobody follows it")
    again = farm.submit(program("print(2)"), name="twice", uid=first.uid)
    assert (again.pk, again.name) == (first.pk, "once")
    run_all()
    assert [(one.job, one.state) for one in told] == [(str(first.uid), "done")]
    assert run_of(first).stdout == "1\n"


def test_a_job_that_waits_can_be_taken_back() -> None:
    job = farm.submit(program("print(1)"), name="late")
    assert farm.cancel(job)
    assert not farm.cancel(job)
    run_all()
    job.refresh_from_db()
    assert (job.state, job.runs.count()) == ("cancelled", 0)


def test_more_than_this_machine_has_waits_and_holds_up_nobody() -> None:
    huge = program("print(1)", limits=farm.Limits(memory_mib=10_000_000))
    unknown = program("print(1)", accelerators={"npu:none": 1})
    waits = [farm.submit(spec, name="huge") for spec in (huge, unknown)]
    job = ran(program("print(2)", limits=SHORT))
    assert job.state == "done"
    for one in waits:
        one.refresh_from_db()
        assert one.state == "queued"
