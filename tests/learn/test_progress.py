"""Where a learner stands follows from the events alone."""

import json
import random
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dure.engines import courses
from dure.learn import progress
from tests.factories.course_files import laid


@dataclass(frozen=True)
class Event:
    verb: str
    object: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    at: datetime = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> courses.Course:
    folder: Path = laid(tmp_path_factory.mktemp("course"))
    return courses.read(folder)


def answered(item: str, *, right: bool) -> Event:
    return Event("answered", f"quiz/{item}", {"right": right})


def graded(points: float, *, attempt: str = "a", of: float = 4) -> Event:
    return Event("graded", "lab/01-first", {"points": points, "of": of, "attempt": attempt})


def test_nothing_is_nothing(course: courses.Course) -> None:
    found = progress.standing(course, [Event("started")])
    assert (found.items, found.read, found.quizzes, found.labs, found.done) == ({}, [], 0, 0, 0)
    assert not found.is_complete


def test_points_tries_and_what_is_settled(course: courses.Course) -> None:
    found = progress.standing(
        course,
        [
            answered("pick", right=False),
            answered("pick", right=True),
            answered("many", right=True),
            answered("count", right=False),
        ],
    )
    assert found.items["quiz/pick"] == {"points": 1.0, "of": 1.0, "tries": 2, "settled": True}
    assert found.items["quiz/count"] == {"points": 0.0, "of": 1.0, "tries": 1, "settled": False}
    assert found.quizzes == round(100 * 3 / 7, 2)


def test_of_attempts_the_best_counts_and_of_one_attempt_the_last_grading(course: courses.Course) -> None:
    best = progress.standing(course, [graded(3, attempt="a"), graded(1, attempt="b")])
    assert best.labs == 75
    regraded = progress.standing(
        course, [graded(3, attempt="a"), graded(1, attempt="b"), graded(2, attempt="a", of=8)]
    )
    assert regraded.labs == 25


def test_complete_when_all_is_read_and_enough_is_right(course: courses.Course) -> None:
    read = [Event("read", "unit/01-first"), Event("read", "unit/02-second")]
    quiz = [answered(name, right=True) for name in ("pick", "many", "count")]
    assert progress.standing(course, [*read, *quiz, graded(2)]).is_complete
    assert not progress.standing(course, [*read, *quiz, graded(1)]).is_complete
    assert not progress.standing(course, [*read[:1], *quiz, graded(4)]).is_complete
    assert not progress.standing(course, [*read, *quiz[:2], graded(4)]).is_complete


def test_what_the_version_does_not_have_does_not_count(course: courses.Course) -> None:
    found = progress.standing(
        course,
        [
            Event("read", "unit/gone"),
            answered("gone", right=True),
            Event("graded", "lab/02-second", {"points": 1, "of": 1, "attempt": "x"}),
        ],
    )
    assert (found.items, found.read, found.quizzes) == ({}, [], 0)


def test_ten_thousand_events_give_the_same_standing_byte_for_byte(course: courses.Course) -> None:
    draw = random.Random(7)  # noqa: S311 - no secret
    start = datetime(2026, 11, 1, tzinfo=UTC)
    makers = [
        lambda: Event("read", draw.choice(["unit/01-first", "unit/02-second"])),
        lambda: answered(
            draw.choice(["pick", "many", "count", "word", "sort", "prints"]), right=draw.random() < 0.3
        ),
        lambda: graded(draw.randint(0, 4), attempt=str(draw.randint(0, 500))),
    ]
    events = [
        Event(made.verb, made.object, made.result, start + timedelta(seconds=at))
        for at, made in enumerate(draw.choice(makers)() for _ in range(10_000))
    ]
    first, again = (json.dumps(asdict(progress.standing(course, events)), default=str) for _ in range(2))
    assert first == again
    assert progress.standing(course, events).done > 80
