"""REST: the entrance test of a cohort."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.engines import courses
from dure.foundation.access import Denied, Hidden, demand
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import access, entrance, queries_entrance, rules
from dure.learn.models import Cohort, EntranceTest, Place
from dure.learn.rest.paths import PracticeQuestionOut, question_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
SUBMIT = people.require_scope("submit")
PATH = "/cohorts/{uuid:uid}/entrance"


class EntranceTestIn(Schema):
    """Skills by their slugs, how many questions, for how long, and from which percentage on it is passed."""

    skills: Annotated[list[Text], Field(max_length=60)]
    questions: int
    minutes: int
    pass_percent: int


class EntranceTestOut(EntranceTestIn):
    """The test. `state` is your own: none (not begun), running or ended, with its end; `percent` and `passed` once it is judged."""

    state: str
    ends_at: datetime | None
    percent: float | None
    passed: bool | None
    questions_open: list[PracticeQuestionOut]


class EntranceAnswerIn(Schema):
    """Numbers of options as texts (in order where they are to be ordered), or one text."""

    given: Annotated[list[Text], Field(max_length=12)]


class EntranceApplicantOut(Schema):
    """An applicant: what they reached, null before they sat the test."""

    place: UUID
    name: str
    state: str
    percent: float | None
    ended_at: datetime | None


class EntranceMinutesIn(Schema):
    """How many minutes more a person has."""

    minutes: int


def _out(test: EntranceTest, place: Place | None) -> dict[str, Any]:
    sitting = queries_entrance.sitting_of(place)
    told: dict[str, Any] = {
        "state": "none",
        "ends_at": None,
        "percent": None,
        "passed": None,
        "questions_open": [],
    }
    if sitting is not None:
        is_over = sitting.percent is not None
        told |= {
            "state": "ended" if sitting.ended_at else "running",
            "ends_at": entrance.ends_at(sitting, test),
            "percent": sitting.percent,
            "passed": sitting.percent >= test.pass_percent if sitting.percent is not None else None,
            "questions_open": [] if is_over else _open(sitting),
        }
    return {name: getattr(test, name) for name in entrance.VALUES} | told


def _open(sitting: Any) -> list[dict[str, Any]]:
    seed = str(sitting.place.uid)
    asked: list[courses.Item] = queries_entrance.asked_in(sitting)
    return [question_out(item, seed) for item in asked if item.id not in sitting.answers]


def _test(cohort: Cohort) -> EntranceTest:
    test = queries_entrance.test_of(cohort)
    if test is None:
        raise Denied(entrance.NO_TEST)
    return test


def _own(request: HttpRequest, uid: UUID) -> tuple[Cohort, Place]:
    cohort = access.access_cohort(person_of(request), uid)
    place = access.place_of(person_of(request), cohort)
    if place is None:
        raise Denied(entrance.NOT_APPLIED)
    return cohort, place


@router.get(PATH, response={200: EntranceTestOut, **ERRORS}, summary="The entrance test and your sitting")
def get_entrance(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    test, place = _test(cohort), access.place_of(person, cohort)
    if place is None:
        demand(rules.leads(person, cohort))
    elif queries_entrance.sitting_of(place) is not None:
        entrance.end_if_over(place)
    return _out(test, place)


@router.put(PATH, auth=HOST, response={200: EntranceTestOut, **ERRORS}, summary="Set the entrance test")
def put_entrance(request: HttpRequest, uid: UUID, body: EntranceTestIn) -> Any:
    person = person_of(request)
    cohort = access.access_led(person, uid)
    return _out(entrance.set_test(by=person, cohort=cohort, values=body.dict()), None)


@router.delete(PATH, auth=HOST, response={204: None, **ERRORS}, summary="Take the entrance test away")
def delete_entrance(request: HttpRequest, uid: UUID) -> Any:
    person = person_of(request)
    entrance.take_away(by=person, cohort=access.access_led(person, uid))
    return Status(204, None)


@router.post(
    f"{PATH}/start", auth=SUBMIT, response={200: EntranceTestOut, **ERRORS}, summary="Begin the entrance test"
)
def start_entrance(request: HttpRequest, uid: UUID) -> Any:
    cohort, place = _own(request, uid)
    entrance.start(by=person_of(request), place=place)
    return _out(_test(cohort), place)


@router.post(
    PATH + "/questions/{slug:item}",
    auth=SUBMIT,
    response={200: EntranceTestOut, **ERRORS},
    summary="Answer a question of it",
)
def answer_entrance(request: HttpRequest, uid: UUID, item: str, body: EntranceAnswerIn) -> Any:
    cohort, place = _own(request, uid)
    entrance.answer(by=person_of(request), place=place, item=item, given=body.given)
    return _out(_test(cohort), place)


@router.post(
    f"{PATH}/finish", auth=SUBMIT, response={200: EntranceTestOut, **ERRORS}, summary="End the entrance test"
)
def finish_entrance(request: HttpRequest, uid: UUID) -> Any:
    cohort, place = _own(request, uid)
    entrance.finish(by=person_of(request), place=place)
    return _out(_test(cohort), place)


@router.get(
    f"{PATH}/applicants",
    response={200: PageOut[EntranceApplicantOut], **ERRORS},
    summary="Who has applied, with what they reached",
)
def list_applicants(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    cohort = access.access_led(signed_in(request), uid)
    return page_out(request, queries_entrance.applicants(cohort), _applicant)


def _applicant(place: Place) -> dict[str, Any]:
    sitting = getattr(place, "sitting", None)
    return {
        "place": place.uid,
        "name": place.person.name,
        "state": place.state,
        "percent": sitting.percent if sitting else None,
        "ended_at": sitting.ended_at if sitting else None,
    }


@router.put(
    "/cohorts/{uuid:uid}/places/{uuid:place}/minutes",
    auth=HOST,
    response={200: EntranceMinutesIn, **ERRORS},
    summary="Give a person more time in the entrance test",
)
def put_minutes(request: HttpRequest, uid: UUID, place: UUID, body: EntranceMinutesIn) -> Any:
    person = person_of(request)
    cohort = access.access_led(person, uid)
    found = access.access_place(person, place)
    if found.cohort_id != cohort.pk:
        raise Hidden(place)
    return {"minutes": entrance.give_minutes(by=person, place=found, minutes=body.minutes).extra_minutes}
