"""The sessions of the demo's cohort: one a week, in a room and online by turns; the first one is over and somebody was there."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from dure.foundation import clock
from dure.learn.cohorts import holding, rooms, sessions, writing_attendance
from dure.learn.cohorts.plans import Plan
from dure.learn.models import Cohort, Room
from dure.people import api as people

FIRST: Final = timedelta(days=-5)
LINK: Final = "https://meet.example.org/industry-ai-101"
ROOM: Final = {
    "name_ko": "3층 실습실",
    "name_en": "Lab on the 3rd floor",
    "address_ko": "서울 종로구 가상로 33",
    "address_en": "33 Gasang-ro, Jongno-gu, Seoul",
    "access_ko": "정문에서 승강기로 3층, 휠체어로 들어올 수 있습니다.",
    "access_en": "Third floor by the lift from the main entrance; wheelchairs can come in.",
    "seats": 20,
}


def load(cohort: Cohort, instructor: people.Person, home: people.Organisation) -> None:
    """Called once, for a cohort that has none."""
    room = rooms.add(by=instructor, organisation=home, given=ROOM)
    for plan in _plans(cohort, room):
        sessions.add(by=instructor, cohort=cohort, planned=[plan])
    first = cohort.sessions.order_by("starts_at").first()
    if first is not None and first.ends_at < clock.now():
        entries = [
            writing_attendance.Entry(place, status="late", minutes=110) for place in holding.roster(cohort)
        ]
        writing_attendance.write(by=instructor, session=first, entries=entries)


def _plans(cohort: Cohort, room: Room) -> Iterator[Plan]:
    zone = timezone.get_default_timezone()
    for number, unit in enumerate(cohort.version.taught.units):
        day = clock.today() + FIRST + timedelta(weeks=number)
        if day > cohort.ends_on:
            return
        starts_at = datetime.combine(day, time(14), zone)
        in_room = number % 2 == 0
        yield Plan(
            kind="onsite" if in_room else "online",
            title_ko=f"{number + 1}회: {unit.title.within('ko')}",
            title_en=f"{number + 1}: {unit.title.within('en')}",
            unit=unit.id,
            room=room if in_room else None,
            link="" if in_room else LINK,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2, minutes=10),
            break_minutes=10,
            prestart_minutes=10 if in_room else 0,
        )
