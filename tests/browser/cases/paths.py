"""Skills, and what to learn next: the catalogue, a skill, one's path before and after answers, a question, tracks."""

from typing import Any

from dure.learn.paths import practising
from dure.people.models import Person
from tests.browser.cases import Case
from tests.factories.people import person


def _skills() -> tuple[str, Any]:
    return "/skills", None


def _skill() -> tuple[str, Any]:
    return "/skills/model-validation", None


def _fresh() -> tuple[str, Any]:
    return "/path", person()


def _learner() -> Person:
    """Somebody who knows Python, and statistics half."""
    learner = person()
    for item, given in (("python-1", "2 2"), ("python-2", "0"), ("stats-1", "0"), ("stats-2", "1")):
        practising.answer(by=learner, item=item, given=[given])
    return learner


def _path() -> tuple[str, Any]:
    return "/path", _learner()


def _question() -> tuple[str, Any]:
    return "/path/question?skill=predictive-maintenance", _learner()


def _tracks() -> tuple[str, Any]:
    return "/tracks", None


CASES = [
    Case("skills", _skills),
    Case("skill", _skill),
    Case("path-fresh", _fresh),
    Case("path", _path),
    Case("path-question", _question),
    Case("tracks", _tracks),
]
