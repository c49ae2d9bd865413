"""The entrance test as its applicant and those who lead see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dure.engines import courses
from dure.learn.cohorts import drawing
from dure.learn.cohorts.entrance import ends_at
from dure.learn.models import Cohort, Course, EntranceSitting, EntranceTest, Place
from dure.learn.paths.bank import bank
from dure.learn.queries.questions import Asking, Question
from dure.people import api as people

MOST_COURSES = 6


@dataclass(frozen=True, slots=True)
class Sitting:
    """One's own sitting while the time runs."""

    ends_at: datetime
    questions: tuple[Question, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A skill in which something was missed, to be learned next."""

    skill: people.Skill
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a sitting, skill by skill, and which courses teach what was missed."""

    percent: float
    passed: bool
    skills: tuple[Missed, ...]
    courses: tuple[Course, ...]

    @property
    def missed(self) -> tuple[Missed, ...]:
        return tuple(one for one in self.skills if one.right < one.asked)


def test_of(cohort: Cohort) -> EntranceTest | None:
    """One query."""
    return EntranceTest.objects.filter(cohort=cohort).first()


def sitting_of(place: Place | None) -> EntranceSitting | None:
    if place is None:
        return None
    return EntranceSitting.objects.filter(place=place).select_related("place__cohort").first()


def asked_in(sitting: EntranceSitting) -> list[courses.Item]:
    """What is asked, as in a test: answered once, and nothing told."""
    found = (bank().items[name] for name in sitting.items if name in bank().items)
    return [item.model_copy(update={"attempts": 1, "feedback": "never"}) for item in found]


def running(
    sitting: EntranceSitting, test: EntranceTest, *, language: str, url: Callable[[str], str]
) -> Sitting:
    """The questions in this person's own order of options. No query."""
    asked = asked_in(sitting)
    asking = Asking(seed=str(sitting.place.uid), may_answer=True, language=language, html=_html, url=url)
    questions = tuple(asking.question(item, _given(item, sitting)) for item in asked)
    return Sitting(ends_at(sitting, test), questions, len(asked) - len(sitting.answers))


def _given(item: courses.Item, sitting: EntranceSitting) -> list[dict[str, Any]]:
    if item.id not in sitting.answers:
        return []
    return [{"given": sitting.answers[item.id], "right": drawing.is_right(item, sitting.answers)}]


def _html(text: str) -> str:
    return courses.render(text, figure=str)


def result(sitting: EntranceSitting, test: EntranceTest, reader: Any) -> Result | None:
    """Two queries; None while it is not judged."""
    if sitting.percent is None:
        return None
    found = drawing.by_skill(asked_in(sitting), sitting.answers)
    named = people.skills_named([one.skill for one in found])
    skills = tuple(Missed(named[one.skill], one.asked, one.right) for one in found if one.skill in named)
    missed = [one.skill for one in found if one.right < one.asked]
    taught = tuple(_courses(missed, reader)) if missed else ()
    return Result(sitting.percent, sitting.percent >= test.pass_percent, skills, taught)


def _courses(skills: list[str], reader: Any) -> QuerySet[Course]:
    """Open courses that the reader sees, in which one gains any of these."""
    gains = {"current__content__skills__gains__has_any_keys": skills}
    return Course.objects.visible_to(reader).filter(state="open", **gains).order_by("-id")[:MOST_COURSES]


def applicants(cohort: Cohort) -> QuerySet[Place]:
    """Whoever has applied or sat the test, those whom a coach has to decide on first."""
    rows = cohort.places.filter(state="applied") | cohort.places.filter(sitting__isnull=False)
    return rows.select_related("person", "sitting").order_by("decided_at", "applied_at", "pk").distinct()
