"""REST: courses, where one stands in them, answering questions."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn import access, telling
from dure.learn.actions import enrolments
from dure.learn.cohorts import due
from dure.learn.models import Course, Enrolment, LearningEvent
from dure.learn.queries import courses as queries
from dure.people import api as people

router = Router()
LEARN = people.require_scope("submit")


class CourseOut(Schema):
    """A course in a list; `version` is the number new learners begin with."""

    slug: str
    state: str
    title_ko: str
    title_en: str
    summary_ko: str
    summary_en: str
    organisation_ko: str
    organisation_en: str
    track: str
    hours: int
    version: int | None


class CourseUnitOut(Schema):
    """A unit: ids of its questions, and its lab's tests with their points; hidden ones by title alone."""

    id: str
    title_ko: str
    title_en: str
    minutes: int
    questions: list[str]
    lab_points: int


class CourseDetailOut(CourseOut):
    """A course with the version that this person learns, or would begin with."""

    digest: str
    licence: str
    units: list[CourseUnitOut]


class StandingOut(Schema):
    """Where one stands: percentages of the version's points, and each question and lab by itself."""

    course: str
    version: int
    state: str
    done: float
    quizzes: float
    labs: float
    read: list[str]
    items: dict[str, dict[str, Any]]
    started_at: datetime
    completed_at: datetime | None


class QuizAnswerIn(Schema):
    """Numbers of options as texts (in order where they are to be ordered), or one text."""

    given: Annotated[list[Text], Field(max_length=12)]


class AnsweredOut(Schema):
    """Whether it was right; empty where the question does not tell, with the tries that are left."""

    right: bool | None
    tries_left: int


class LearningEventOut(Schema):
    """Something that happened, shaped after xAPI: verb, object, result."""

    uid: UUID
    course: str
    verb: str
    object: str
    result: dict[str, Any]
    version: str
    at: datetime


def course_out(course: Course) -> dict[str, Any]:
    home = course.organisation
    names = ("slug", "state", "title_ko", "title_en", "summary_ko", "summary_en", "track", "hours")
    return {
        **{name: getattr(course, name) for name in names},
        "organisation_ko": home.name_ko,
        "organisation_en": home.name_en,
        "version": course.current.number if course.current else None,
    }


def standing_out(enrolment: Enrolment) -> dict[str, Any]:
    standing = enrolment.standing
    names = ("done", "labs", "read")
    deadlines = due.deadlines_of(enrolment)
    return {
        **{name: getattr(standing, name) for name in names},
        "quizzes": telling.quizzes_of(enrolment, deadlines),
        "items": telling.items_of(enrolment, deadlines),
        "course": enrolment.course.slug,
        "version": enrolment.version.number,
        "state": enrolment.state,
        "started_at": enrolment.started_at,
        "completed_at": enrolment.completed_at,
    }


@router.get("/courses", response={200: PageOut[CourseOut], **ERRORS}, summary="Courses you can see")
def list_courses(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    found = queries.listed(person_of(request)).select_related("current")
    return page_out(request, found, course_out)


@router.get("/courses/{slug}", response={200: CourseDetailOut, **ERRORS}, summary="A course and its units")
def get_course(request: HttpRequest, slug: str) -> dict[str, Any]:
    person = person_of(request)
    course = access.access_course(person, slug)
    enrolment = access.enrolment_of(person, course)
    version = enrolment.version if enrolment else course.current
    taught = version.taught if version else None
    units = [
        {
            "id": unit.id,
            "title_ko": unit.title.ko,
            "title_en": unit.title.en,
            "minutes": unit.minutes,
            "questions": [item.id for item in unit.quiz],
            "lab_points": unit.lab.points if unit.lab else 0,
        }
        for unit in (taught.units if taught else ())
    ]
    more = {
        "digest": version.digest if version else "",
        "licence": taught.licence if taught else "",
        "units": units,
    }
    return course_out(course) | more


@router.post(
    "/courses/{slug}/start", response={200: StandingOut, **ERRORS}, summary="Begin a course", auth=LEARN
)
def start_course(request: HttpRequest, slug: str) -> dict[str, Any]:
    person = person_of(request)
    enrolments.start(by=person, course=access.access_course(person, slug))
    return standing_out(access.access_enrolment(person, slug))


@router.get(
    "/courses/{slug}/standing", response={200: StandingOut, **ERRORS}, summary="Where you stand in a course"
)
def get_standing(request: HttpRequest, slug: str) -> dict[str, Any]:
    return standing_out(access.access_enrolment(person_of(request), slug))


@router.post(
    "/courses/{slug}/move",
    response={200: StandingOut, **ERRORS},
    summary="Move to the newest version",
    auth=LEARN,
)
def move_course(request: HttpRequest, slug: str) -> dict[str, Any]:
    person = person_of(request)
    enrolments.move(by=person, enrolment=access.access_enrolment(person, slug))
    return standing_out(access.access_enrolment(person, slug))


@router.post(
    "/courses/{slug}/units/{unit}/read",
    response={204: None, **ERRORS},
    summary="You have read a lesson",
    auth=LEARN,
)
def read_lesson(request: HttpRequest, slug: str, unit: str) -> Status[None]:
    person = person_of(request)
    enrolments.read(by=person, enrolment=access.access_enrolment(person, slug), unit=unit)
    return Status(204, None)


@router.post(
    "/courses/{slug}/questions/{item}",
    response={200: AnsweredOut, **ERRORS},
    summary="Answer a question",
    auth=LEARN,
)
def answer_question(request: HttpRequest, slug: str, item: str, body: QuizAnswerIn) -> dict[str, Any]:
    person = person_of(request)
    enrolment = access.access_enrolment(person, slug)
    judged = enrolments.answer(by=person, enrolment=enrolment, item=item, given=body.given)
    asked = enrolment.version.taught.item(item)
    if asked is None:
        raise Hidden(item)
    enrolment = access.access_enrolment(person, slug)
    tries = enrolment.standing.items[f"quiz/{item}"]["tries"]
    told = telling.is_told(enrolment.version.taught, f"quiz/{item}", due.deadlines_of(enrolment))
    return {"right": judged.right if told else None, "tries_left": max(0, asked.tries - tries)}


@router.get(
    "/learning/events", response={200: PageOut[LearningEventOut], **ERRORS}, summary="What you did in courses"
)
def list_events(request: HttpRequest, page: int = 1) -> dict[str, Any]:  # noqa: ARG001 - read by page_of
    person = person_of(request)
    if not person.is_authenticated:
        raise Hidden
    rows = LearningEvent.objects.filter(enrolment__person_id=person.pk).select_related(
        "enrolment__course", "version"
    )
    answer = page_out(request, rows.order_by("-pk"), lambda one: one)
    deadlines = due.deadlines_of_all(event.enrolment for event in answer["items"])
    return answer | {"items": [event_out(one, deadlines[one.enrolment_id]) for one in answer["items"]]}


def event_out(event: LearningEvent, deadlines: due.Deadlines) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "course": event.enrolment.course.slug,
        "verb": event.verb,
        "object": event.object,
        "result": telling.result_of(event, deadlines),
        "version": event.version.digest,
        "at": event.at,
    }
