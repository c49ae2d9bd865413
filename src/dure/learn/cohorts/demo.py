"""The demo's cohort: under way, with seats of two organisations and a learner of one of them."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from dure.foundation import clock, workflow
from dure.learn.cohorts import demo_sessions, making, places, programmes, seats
from dure.learn.models import Cohort, Course, Programme
from dure.people import api as people

COURSE: Final = "industry-ai-101"
NAMES: Final = {"name_ko": "산업 AI 실무 101 1기", "name_en": "Industry AI practice 101, first class"}
OPEN_SPONSOR: Final = "hanbit-telecom"
OWN_SPONSOR: Final = "daon-machinery"
LEARNER: Final = "seyeon.hong@daon.example"


@transaction.atomic
def load(instructor: people.Person, home: people.Organisation) -> None:
    """Make it once; whoever changes it afterwards finds it as they left it."""
    course = Course.objects.select_related("current").filter(slug=COURSE).first()
    made = Cohort.objects.filter(course=course, name_ko=NAMES["name_ko"])
    if course is None or course.current is None or made.exists():
        return
    programme = _programme(instructor, home)
    cohort = making.make(by=instructor, course=course, values=_values(course, programme, instructor))
    _give_seats(cohort, instructor)
    cohort = workflow.perform(cohort, "open", by=instructor)
    _put_learner(cohort)
    cohort = workflow.perform(cohort, "begin", by=instructor)
    demo_sessions.load(cohort, instructor, home)


def _values(course: Course, programme: Programme, instructor: people.Person) -> dict[str, Any]:
    today = clock.today()
    assert course.current is not None  # noqa: S101 - `load` has asked
    return {
        **NAMES,
        "term": f"{today.year}-{1 if today.month < 7 else 2}",
        "programme": programme.slug,
        "version": course.current.number,
        "language": Cohort.Language.KOREAN,
        "admission": Cohort.Admission.OPEN,
        "starts_on": today - timedelta(days=7),
        "ends_on": today + timedelta(days=49),
        "apply_until": today + timedelta(days=14),
        "attendance_asked": 80,
        "coaches": [str(instructor.uid)],
    }


def _programme(instructor: people.Person, home: people.Organisation) -> Programme:
    slug = "industry-ai-academy"
    found = programmes.called(slug)
    if found is not None:
        return found
    words = {
        "slug": slug,
        "name_ko": "산업 AI 아카데미",
        "name_en": "Industry AI academy",
        "summary_ko": "현장의 데이터를 다루는 재직자와 구직자를 위한 과정을 학기마다 엽니다.",
        "summary_en": "Classes each term for people at work and looking for work who deal with data from the field.",
        "hours": 40,
    }
    return programmes.make(by=instructor, organisation=home, values=words)


def _give_seats(cohort: Cohort, instructor: people.Person) -> None:
    """Twelve for anybody and four for the people of a small firm."""
    firms = {
        one.slug: one for one in people.Organisation.objects.filter(slug__in=(OPEN_SPONSOR, OWN_SPONSOR))
    }
    sponsor = firms.get(OPEN_SPONSOR, cohort.course.organisation)
    seats.give(by=instructor, cohort=cohort, sponsor=sponsor, seats=12)
    own = firms.get(OWN_SPONSOR)
    if own is not None:
        seats.give(by=instructor, cohort=cohort, sponsor=own, seats=4, reserved_for=own)


def _put_learner(cohort: Cohort) -> None:
    learner = people.Person.objects.filter(email=LEARNER, is_demo=True).first()
    if learner is not None:
        places.apply(by=learner, cohort=cohort, organisation=people.own_organisations(learner).first())
