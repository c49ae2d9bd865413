"""What a learner takes along, and what is left when the account is gone."""

import json
from pathlib import Path

import pytest

from dure.farm.models import Job
from dure.foundation import files
from dure.learn import leaving
from dure.learn.actions import enrolments
from dure.learn.labs import asking
from dure.learn.models import CellRun, LabAttempt, LabDraft, LearningEvent, Standing
from dure.people.events import AccountDeleted
from dure.people.models import Person
from tests.factories import people
from tests.factories.course_files import SOLVED
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(tmp_path: Path) -> Person:
    person = people.person()
    taken = enrolments.start(by=person, course=open_course(tmp_path))
    enrolments.answer(by=person, enrolment=taken, item="word", given=["kfold"])
    given = {"by": person, "enrolment": taken, "unit": "01-first"}
    asking.ask(**given, cells=[SOLVED], kind=LabAttempt.Kind.HAND_IN)  # type: ignore[arg-type]
    asking.run(**given, cells=[SOLVED], upto=0)  # type: ignore[arg-type]
    return person


def test_everything_is_in_the_export(learner: Person) -> None:
    (course,) = leaving._learning(learner)
    said = json.dumps(course, default=str)
    assert "kfold" in said
    assert "return a * b" in said
    assert [event["verb"] for event in course["events"]] == ["started", "answered"]
    assert [attempt["kind"] for attempt in course["attempts"]] == ["hand_in"]


def test_code_goes_with_the_account_and_points_stay(learner: Person) -> None:
    leaving.forget(AccountDeleted(learner.pk))
    assert not LabDraft.objects.exists()
    assert not CellRun.objects.exists()
    with files.open_blob(LabAttempt.objects.get().source_id) as code:
        assert code.read() == b""
    assert all(job.spec["inputs"] == [] for job in Job.objects.all())
    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}
    assert LearningEvent.objects.count() == 2
    assert Standing.objects.get().items["quiz/word"]["points"] == 1
    leaving.forget(AccountDeleted(learner.pk))
