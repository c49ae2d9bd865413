"""A class of thirty hands the same lab in at once, and the grader is killed three times: no attempt is lost, none counts twice."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from dure.foundation import clock, leases
from dure.learn.actions import enrolments
from dure.learn.labs import asking, following
from dure.learn.models import Grading, LabAttempt, LearningEvent, Standing
from tests.cli.waiting import until
from tests.factories import people
from tests.factories.course_files import SOLVED
from tests.factories.courses import open_course
from tests.farm.engines import LocalEngine, process, run_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox, pytest.mark.slow]
CLASS, KILLS = 30, 3


def done() -> int:
    return Grading.objects.filter(state="done").count()


def test_no_attempt_is_lost_and_none_counts_twice(tmp_path: Path) -> None:
    course = open_course(tmp_path)
    for _ in range(CLASS):
        learner = people.person()
        taken = enrolments.start(by=learner, course=course)
        asking.ask(by=learner, enrolment=taken, unit="01-first", cells=[SOLVED], kind=LabAttempt.Kind.HAND_IN)
    for kill in range(KILLS):
        with process(LocalEngine()) as runner:
            until(lambda least=5 * (kill + 1): done() >= least, within_s=120)  # type: ignore[misc]  # bound at once
            os.kill(runner.pid, signal.SIGKILL)
            runner.wait()
        with clock.at(clock.now() + timedelta(seconds=leases.LEASE_SECONDS + 1)):
            leases.sweep_and_tell(clock.now())
    assert done() < CLASS
    run_all(LocalEngine(), within_s=300)
    following.follow_all(clock.now())
    assert done() == CLASS
    assert LearningEvent.objects.filter(verb="graded").count() == CLASS
    assert {standing.items["lab/01-first"]["points"] for standing in Standing.objects.all()} == {4.0}
