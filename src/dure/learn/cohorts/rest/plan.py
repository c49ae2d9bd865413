"""REST: when units of a cohort are due."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.learn.cohorts import access, dates, queries_plan
from dure.learn.models import Cohort
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


class CohortDueOut(Schema):
    """A unit of the announced version: when it is due, and `own_due_at` for a reader who has more days."""

    unit: str
    title_ko: str
    title_en: str
    due_at: datetime | None
    own_due_at: datetime | None


class CohortDatesIn(Schema):
    """Moments with their zone by the ids of units; null takes a date away. Units that are left out keep theirs."""

    dates: Annotated[dict[Annotated[Text, Field(max_length=60)], AwareDatetime | None], Field(max_length=200)]


class CohortDaysIn(Schema):
    """How many days more a person has."""

    days: int


class CohortDaysOut(CohortDaysIn):
    """The same, with the place."""

    place: UUID


def _plan(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    place = access.place_of(person_of(request), cohort)
    return page_out(request, queries_plan.plan(cohort, queries_plan.dates_of(cohort), place), _due_out)


def _due_out(line: queries_plan.Line) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "title_ko": line.title_ko,
        "title_en": line.title_en,
        "due_at": line.due.at if line.due else None,
        "own_due_at": line.own.at if line.own else None,
    }


@router.get(
    "/cohorts/{uuid:uid}/due-dates",
    response={200: PageOut[CohortDueOut], **ERRORS},
    summary="Units of a cohort with their dates",
)
def list_due_dates(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return _plan(request, access.access_cohort(person_of(request), uid))


@router.put(
    "/cohorts/{uuid:uid}/due-dates",
    auth=HOST,
    response={200: PageOut[CohortDueOut], **ERRORS},
    summary="Set when units are due",
)
def put_due_dates(request: HttpRequest, uid: UUID, body: CohortDatesIn) -> Any:
    person = person_of(request)
    cohort = access.access_cohort(person, uid)
    dates.set_dates(by=person, cohort=cohort, dates=body.dates)
    return _plan(request, cohort)


@router.put(
    "/cohorts/{uuid:uid}/places/{uuid:place}/days",
    auth=HOST,
    response={200: CohortDaysOut, **ERRORS},
    summary="Give a person more days",
)
def put_days(request: HttpRequest, uid: UUID, place: UUID, body: CohortDaysIn) -> Any:
    person = person_of(request)
    cohort = access.access_led(person, uid)
    found = access.access_place(person, place)
    if found.cohort_id != cohort.pk:
        raise Hidden(place)
    dates.extend(by=person, place=found, days=body.days)
    return {"place": found.uid, "days": found.extension_days}
