"""The program on a node, without a cluster: it carries a graded job out from its folder, and the runner reads what it left."""

from dataclasses import replace
from pathlib import Path

import pytest

from dure.farm import api as farm
from dure.farm.actions.tries import Try
from dure.farm.slurm import believing, collecting, node
from dure.farm.slurm.believing import ref_of
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.states import End
from tests.engines.judging.labs import PLAIN
from tests.factories.farm import machine
from tests.factories.grading import hand_in, results_of, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared.at(tmp_path)


def handed(shared: Shared) -> Try:
    """The one job that waits, laid ready for a node."""
    (one,) = believing.take(worker="slurm:test", node=machine(), limit=8)
    shared.lay(ref_of(one), one.job)
    return one


@pytest.mark.parametrize("sealed", [True, False])
def test_a_graded_job_comes_back_with_report_and_both_logs(shared: Shared, *, sealed: bool) -> None:
    prints = replace(PLAIN, hidden=f"print('for the author')\n{PLAIN.hidden}")
    job = hand_in(prints, PLAIN.solution, sealed=sealed)
    one = handed(shared)
    assert node.main([str(shared.of(ref_of(one)))]) == 0
    collecting.collect(one, End.COMPLETED, shared, was_placed=True)
    run = run_of(job)
    assert all(test.passed for test in results_of(PLAIN, job).values())
    assert (job.state, run.judge_log, run.exit_code) == ("done", "for the author\n", 0)
    assert run.stderr == "" if sealed else "mean of 3" in run.stderr
    assert shared.of(ref_of(one)).exists() is False


def test_a_judge_that_fails_comes_back_as_nobodys_fault(shared: Shared) -> None:
    job = hand_in(replace(PLAIN, hidden="raise ValueError"), PLAIN.solution)
    one = handed(shared)
    node.main([str(shared.of(ref_of(one)))])
    collecting.collect(one, End.COMPLETED, shared, was_placed=True)
    run = run_of(job)
    assert (job.state, farm.judge_fault(run), run.report) == ("failed_platform", "judge_ended", None)
    assert "ValueError" in run.judge_log


@pytest.mark.parametrize("end", [End.PREEMPTED, End.NODE_LOST])
def test_a_judge_that_slurm_killed_is_graded_anew(shared: Shared, end: End) -> None:
    job = hand_in(replace(PLAIN, hidden="raise ValueError"), PLAIN.solution)
    one = handed(shared)
    node.main([str(shared.of(ref_of(one)))])
    collecting.collect(one, end, shared, was_placed=True)
    job.refresh_from_db()
    assert (job.state, job.runs.get().excused) == ("queued", True)
