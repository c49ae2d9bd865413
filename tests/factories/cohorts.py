"""Cohorts in the database for tests."""

from datetime import datetime, timedelta
from typing import Any

from dure.foundation import clock, workflow
from dure.learn.models import ClassSession, Cohort, Course, Programme, Room, SeatBlock
from dure.people.models import Circle, Organisation


def cohort(course: Course, *, seats: int = 2, is_open: bool = True, **fields: Any) -> Cohort:
    """A cohort of the course that begins in a week, led by its first author, with seats that anybody may have."""
    today = clock.today()
    coach = course.authors.get()
    made = Cohort.objects.create(
        course=course,
        version=course.versions.get(),
        circle=Circle.objects.create(kind="cohort"),
        made_by=coach,
        **{
            "code_key": b"k" * 32,
            "name_ko": "1기",
            "name_en": "First class",
            "starts_on": today + timedelta(days=7),
            "ends_on": today + timedelta(days=37),
            "apply_until": today + timedelta(days=5),
        }
        | fields,
    )
    made.coaches.add(coach)
    if seats:
        block(made, course.organisation, seats=seats)
    return workflow.perform(made, "open", by=coach) if is_open else made


def block(
    cohort: Cohort, sponsor: Organisation, *, seats: int = 1, reserved_for: Organisation | None = None
) -> SeatBlock:
    return SeatBlock.objects.create(cohort=cohort, sponsor=sponsor, seats=seats, reserved_for=reserved_for)


def room(organisation: Organisation, **fields: Any) -> Room:
    """A room with thirty seats."""
    given = {
        "name_ko": "강의실",
        "name_en": "Lecture room",
        "address_ko": "서울 어딘가 1",
        "address_en": "1 Somewhere, Seoul",
        "seats": 30,
    }
    return Room.objects.create(organisation=organisation, **given | fields)


def session(
    cohort: Cohort, starts_at: datetime | None = None, *, hours: float = 2, **fields: Any
) -> ClassSession:
    """A session online of two hours, a day after the cohort begins unless said otherwise."""
    first = datetime.combine(cohort.starts_on, datetime.min.time(), clock.now().tzinfo)
    starts_at = starts_at or first + timedelta(hours=25)
    given = {
        "kind": "online",
        "title_ko": "첫 수업",
        "title_en": "First lesson",
        "link": "https://meet.example.org/first",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
    }
    return ClassSession.objects.create(cohort=cohort, **given | fields)


def values(course: Course, **changed: Any) -> dict[str, Any]:
    """What somebody types in to make a cohort of the course."""
    today = clock.today()
    typed = {
        "name_ko": "2기",
        "name_en": "Second class",
        "term": "2026-2",
        "language": "ko",
        "admission": "open",
        "starts_on": today + timedelta(days=7),
        "ends_on": today + timedelta(days=37),
        "apply_until": today + timedelta(days=5),
        "attendance_asked": 80,
        "version": course.versions.get().number,
        "programme": "",
        "coaches": [course.authors.get().email],
    }
    return typed | changed


def programme(organisation: Organisation, **fields: Any) -> Programme:
    given = {"slug": f"programme-{organisation.pk}", "name_ko": "아카데미", "name_en": "Academy", "hours": 40}
    return Programme.objects.create(organisation=organisation, **{**given, **fields})
