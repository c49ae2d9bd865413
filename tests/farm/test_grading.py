"""Labs graded on the farm, on each engine: the report, the two logs apart, and nothing lost or doubled whatever is killed."""

import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dure.farm import api as farm
from dure.farm import standing
from dure.foundation import clock, files, leases
from tests.cli.waiting import until
from tests.engines.judging.labs import PLAIN, WITH_PACKAGES
from tests.factories.grading import LIMITS, graded_spec, hand_in, results_of, run_of
from tests.farm.engines import Engine, LocalEngine, process, run_all, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
CRASHES = PLAIN.solution.replace("return [name", "import os; os.kill(os.getpid(), 11)\n    return [name")
LOOPS = PLAIN.solution.replace("return [name", "while True: pass\n    return [name")
WAITS = PLAIN.solution.replace("return [name", "import time; print('begun'); time.sleep(6)\n    return [name")
SECRET = 'print("the author alone", expected)'
TALKS = replace(
    PLAIN,
    hidden=PLAIN.hidden.replace("    return is_number(call", f"    {SECRET}\n    return is_number(call", 1),
)


def passed(job: farm.Job) -> list[bool]:
    return [one.passed for one in results_of(PLAIN, job).values()]


def test_every_end_of_a_submission_has_a_report_and_a_judge_without_one_is_nobodys_fault(
    engine: Engine,
) -> None:
    """One turn of the engine for all of them: a real cluster takes seconds for each."""
    good = hand_in(TALKS, PLAIN.solution)
    sealed = hand_in(TALKS, PLAIN.solution, sealed=True)
    crashes, loops = hand_in(PLAIN, CRASHES), hand_in(PLAIN, LOOPS)
    unloaded = hand_in(PLAIN, "import nothing_like_this")
    broken = hand_in(replace(PLAIN, hidden="print('for the author')\nraise ValueError"), PLAIN.solution)
    silent = hand_in(replace(PLAIN, hidden="while True: pass"), PLAIN.solution, start_seconds=2.0)
    archive = farm.Input(
        sha256=files.put_bytes(b"PK\x03\x04 not really").sha256, target="/judge", unpack=True
    )
    unread = hand_in(PLAIN, PLAIN.solution, inputs=(archive,))
    run_all(engine)

    run = run_of(good)
    assert (good.state, passed(good)) == ("done", [True] * 5)
    assert (run.exit_code, run.signal, run.limit) == (0, None, "")
    assert run.stderr.startswith("mean of 3\n")
    assert "author" not in run.stdout + run.stderr
    assert run.judge_log.startswith("the author alone")
    run = run_of(sealed)
    assert (sealed.state, passed(sealed), run.stdout, run.stderr) == ("done", [True] * 5, "", "")
    assert run.judge_log.startswith("the author alone")
    assert (run_of(crashes).signal, crashes.state, passed(crashes)) == (
        11,
        "done",
        [True, True, True, False, False],
    )
    assert results_of(PLAIN, crashes)["late_ones"].stopped == "ended"
    assert (run_of(loops).limit, loops.state, passed(loops)) == (
        "stopped",
        "done",
        [True, True, True, False, False],
    )
    assert results_of(PLAIN, loops)["shares"].stopped == "time"
    assert (run_of(unloaded).report is not None, unloaded.state, passed(unloaded)) == (
        True,
        "done",
        [False] * 5,
    )
    assert "No module named" in run_of(unloaded).stderr
    for job, why in ((broken, "judge_ended"), (silent, "judge_too_slow"), (unread, "judge_files_broken")):
        run = run_of(job)
        assert (job.state, farm.judge_fault(run), run.report, run.excused) == (
            "failed_platform",
            why,
            None,
            True,
        )
    assert "for the author" in run_of(broken).judge_log
    assert "ValueError" not in run_of(broken).stderr


@pytest.mark.packages
def test_a_lab_with_packages_is_graded(engine: Engine) -> None:
    job = hand_in(WITH_PACKAGES, WITH_PACKAGES.solution)
    run_all(engine)
    assert all(one.passed for one in results_of(WITH_PACKAGES, job).values())


def is_grading() -> list[int]:
    """Processes of both sides, wherever they run on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if b"/judge/grading.py\0" in words or b"/sub/worker.py\0" in words:
            found.append(int(path.parts[2]))
    return found


def until_it_waits(job: farm.Job) -> None:
    """Until it is in the middle: the submission has answered some calls, and sleeps in another."""
    until(lambda: job.runs.exists() and run_of(job).stderr.endswith("begun\n"), within_s=60)


def test_a_killed_runner_loses_no_grading_and_one_result_stands(engine: Engine) -> None:
    job = hand_in(PLAIN, WAITS, call_seconds=30.0, start_seconds=30.0)
    with process(engine) as runner:
        until_it_waits(job)
        os.kill(runner.pid, signal.SIGKILL)
        runner.wait()
    if isinstance(engine, LocalEngine):
        until(lambda: not is_grading(), within_s=10)
    with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
        leases.sweep_and_tell(clock.now())
    run_all(engine)
    assert (run_of(job).job.state, passed(job)) == ("done", [True] * 5)
    assert job.runs.filter(excused=False).count() == 1
    assert job.runs.exclude(report=None).count() == 1


def test_a_grading_taken_back_ends_on_both_sides_and_has_no_report(engine: Engine) -> None:
    job = hand_in(PLAIN, WAITS, call_seconds=30.0, start_seconds=30.0)
    with running(engine):
        until_it_waits(job)
        assert farm.cancel(job)
        until(lambda: not is_grading(), within_s=30)
    run = run_of(job)
    assert (job.state, run.report, run.excused) == ("cancelled", None, True)


def test_a_runner_told_to_leave_puts_a_grading_back_unharmed() -> None:
    job = hand_in(PLAIN, WAITS, call_seconds=30.0, start_seconds=30.0)
    with running(LocalEngine()):
        until_it_waits(job)
    job.refresh_from_db()
    assert (job.state, job.runs.get().excused, job.runs.get().report) == ("queued", True, None)
    run_all(LocalEngine())
    assert (run_of(job).job.state, passed(job)) == ("done", [True] * 5)


def test_a_killed_judge_is_tried_again_and_a_killed_submission_loses_its_tests() -> None:
    again = hand_in(PLAIN, WAITS, call_seconds=30.0, start_seconds=30.0)
    with running(LocalEngine()):
        until_it_waits(again)
        _kill(b"/judge/grading.py\0")
        until(lambda: run_of(again).job.state == "done", within_s=90)
    assert (passed(again), again.runs.count()) == ([True] * 5, 2)
    lost = hand_in(PLAIN, WAITS, call_seconds=30.0, start_seconds=30.0)
    with running(LocalEngine()):
        until_it_waits(lost)
        _kill(b"/sub/worker.py\0")
        until(lambda: run_of(lost).job.state == "done", within_s=90)
    assert (passed(lost), lost.runs.count()) == ([True, True, True, False, False], 1)


def _kill(word: bytes) -> None:
    """Kill the program itself, not what holds it."""
    for pid in is_grading():
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        if word in words and b"bwrap" not in words and b"-c\0" not in words:
            os.kill(pid, signal.SIGKILL)


def test_what_is_said_is_read_while_it_runs_and_the_judges_words_are_not() -> None:
    told = hand_in(TALKS, WAITS, call_seconds=30.0, start_seconds=30.0)
    with running(LocalEngine()):
        until(lambda: told.runs.exists() and run_of(told).stderr.endswith("begun\n"), within_s=60)
        assert run_of(told).judge_log == ""
        farm.cancel(told)


def test_a_judge_counts_its_memory_and_no_core() -> None:
    needs = standing.needs(graded_spec(PLAIN, PLAIN.solution))
    assert needs == {"cores": 1, "memory_mib": 2 * LIMITS.memory_mib}


@pytest.mark.parametrize("job_class", [farm.Job.Class.NORMAL, farm.Job.Class.SCAVENGER])
def test_no_job_that_people_ask_for_by_hand_has_a_judge(job_class: farm.Job.Class) -> None:
    with pytest.raises(ValueError, match="judge"):
        farm.submit(graded_spec(PLAIN, PLAIN.solution), name="by hand", job_class=job_class)
    assert not farm.Job.objects.exists()
