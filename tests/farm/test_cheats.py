"""The whole cheating suite through the farm: every cheat has a report, no point, a reason, and a log that found nothing."""

from dataclasses import replace
from typing import Any

import pytest

from dure.farm import api as farm
from tests.engines.judging.labs import PLAIN, WITH_PACKAGES, Lab, gains, suite
from tests.factories.farm import run_all
from tests.factories.grading import graded_spec, hand_in, results_of, run_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
SECONDS: dict[str, Any] = {"call_seconds": 0.5, "start_seconds": 5.0}


def handed_in_by_a_class(lab: Lab) -> dict[str, farm.Job]:
    """Every cheat at once, and one who solved it in between: nobody's cheating costs another one anything."""
    jobs = {name: hand_in(lab, source, name=name, **SECONDS) for name, source in suite(lab).items()}
    jobs["solution"] = hand_in(lab, lab.solution, name="solution", **SECONDS)
    run_all(within_s=500)
    return jobs


@pytest.mark.parametrize(
    "lab", [PLAIN, pytest.param(WITH_PACKAGES, marks=pytest.mark.packages)], ids=["plain", "with packages"]
)
def test_no_cheat_gains_a_point_and_each_is_told_why(lab: Lab) -> None:
    jobs = handed_in_by_a_class(lab)
    solution = jobs.pop("solution")
    assert all(one.passed for one in results_of(lab, solution).values())
    gained = {name: why for name, job in jobs.items() if (why := gains(lab, results_of(lab, job)))}
    assert gained == {}
    assert {name for name, job in jobs.items() if job.state != "done" or job.runs.count() != 1} == set()
    assert {name for name, job in jobs.items() if "REACHED" in run_of(job).stderr} == set()
    assert {name for name, job in jobs.items() if run_of(job).judge_log} == set()


def test_with_the_judges_files_among_its_own_a_submission_does_reach_them() -> None:
    """The control: what keeps the tests out of reach is that they are the judge's inputs and not the job's."""
    spec = graded_spec(PLAIN, suite(PLAIN)["reads tests"])
    assert spec.judge is not None
    (tests,) = spec.judge.inputs
    opened = replace(spec, inputs=(*spec.inputs, replace(tests, target="/tests")))
    job = farm.submit(opened, name="opened", job_class=farm.Job.Class.LAB)
    run_all()
    assert "REACHED /tests/hidden.py" in run_of(job).stderr
