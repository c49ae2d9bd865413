"""Whoever completes a course has its credential at once, with skills, results and criteria of the version they learnt."""

from pathlib import Path

import pytest

from dure.learn import progress
from dure.learn.actions import enrolments, events
from dure.learn.credentials import of_course, verifying
from dure.learn.models import Credential, Enrolment, LearningEvent
from tests.factories import people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db
Verb = LearningEvent.Verb


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Enrolment:
    """An enrolment whose last event completes it: how points are counted is tested beside `learn.progress`."""
    course = open_course(tmp_path)
    enrolment = enrolments.start(by=people.person(name_ko="김하늘", name_en=""), course=course)
    whole = progress.Standing(
        items={},
        read=["01-first", "02-second"],
        quizzes=75,
        labs=92.4,
        done=100,
        is_complete=True,
        last_at=None,
    )
    monkeypatch.setattr(progress, "standing", lambda *_: whole)
    events.record(enrolment, Verb.READ, "unit/02-second")
    enrolment.refresh_from_db()
    return enrolment


def test_completing_a_course_gives_its_badge(done: Enrolment) -> None:
    made = Credential.objects.get()
    said = verifying.verdict(made.token).said
    assert said is not None
    assert (said.holder, said.name) == ("김하늘", "작은 배지 · Tiny badge")
    assert "넓이를 셉니다." in said.criteria
    assert said.results == (("실습 · Labs", "92"), ("퀴즈 · Quizzes", "75"))
    assert any(url == "https://dure.example/skills/data-leakage" for _name, url in said.skills)
    assert made.awarded_at == done.completed_at
    assert made.course == done.course


def test_computing_it_again_is_the_same_credential(done: Enrolment) -> None:
    token = Credential.objects.get().token
    events.record(done, Verb.READ, "unit/02-second")
    assert of_course.award_course(done).token == token
