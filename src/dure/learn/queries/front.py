"""What the front page shows of learning: courses that one is in the middle of, and the class sessions that come next."""

import json
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from dure.learn.cohorts.todos import taken_rows
from dure.learn.models import ClassSession, Cohort, Course, Room


@dataclass(frozen=True, slots=True)
class MyCourse:
    """A course in the middle of which a person is; `done` is the percentage of its steps."""

    course: Course
    done: float


@dataclass(frozen=True, slots=True)
class MySession:
    """A class session that comes or goes on, of a cohort in which a person has a place or which they coach. Online: no room."""

    session: ClassSession
    starts_at: datetime
    cohort: Cohort
    room: Room | None
    url: str


@dataclass(frozen=True, slots=True)
class MyLearning:
    """Courses, what was last worked on first, and sessions that are not over, the soonest first."""

    courses: list[MyCourse]
    sessions: list[MySession]


def my_learning(person: Any) -> MyLearning:
    """All of it for one person: no query more where the to-do list was read just before, else one."""
    found = taken_rows(person)
    courses = sorted((row for row in found if row[0] == "course"), key=itemgetter(-1), reverse=True)
    sessions = sorted((row for row in found if row[0] == "session"), key=itemgetter(-1))
    return MyLearning([_course(*row) for row in courses], [_session(*row) for row in sessions])


def _course(*row: Any) -> MyCourse:
    said = json.loads(row[6])
    return MyCourse(Course(slug=row[2], title_ko=said["ko"], title_en=said["en"]), said["done"] or 0.0)


def _session(*row: Any) -> MySession:
    said = json.loads(row[6])
    return MySession(
        session=ClassSession(title_ko=said["ko"], title_en=said["en"]),
        starts_at=row[-1],
        cohort=Cohort(name_ko=said["cohort_ko"], name_en=said["cohort_en"]),
        room=Room(name_ko=said["room_ko"], name_en=said["room_en"]) if said["room_ko"] else None,
        url=f"/cohorts/{row[1]}",
    )
