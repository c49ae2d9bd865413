"""REST: where people are after a cohort."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, Text
from dure.learn.cohorts import access, afterwards
from dure.learn.models import FollowUp
from dure.people import api as people

router = Router()


class FollowUpCountsOut(Schema):
    """Counts of whole groups of five answers: null while there are too few. `others` are all answers that few gave, together."""

    months: int
    answers: int | None
    counts: dict[str, int]
    others: int


class FollowUpOut(Schema):
    """What you were asked; `answer` is empty until you answer."""

    months: int
    answer: str
    asked_at: datetime
    answered_at: datetime | None


class FollowUpIn(Schema):
    """employed, elsewhere, studying, founding, looking or other."""

    answer: Annotated[Text, Field(max_length=10)]


@router.get(
    "/cohorts/{uuid:uid}/afterwards",
    response={200: list[FollowUpCountsOut], **ERRORS},
    summary="Where people are after a cohort, in counts",
)
def get_counts(request: HttpRequest, uid: UUID) -> Any:
    """After 3, 6 and 12 months, for those who lead the cohort."""
    found = afterwards.counts(access.access_led(signed_in(request), uid))
    return [
        {
            "months": months,
            "answers": shown.answers if shown else None,
            "counts": shown.counts if shown else {},
            "others": shown.others if shown else 0,
        }
        for months, shown in found.items()
    ]


def _out(asked: FollowUp) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in ("months", "answer", "asked_at", "answered_at")}


@router.get(
    "/cohorts/{uuid:uid}/afterwards/{int:months}",
    response={200: FollowUpOut, **ERRORS},
    summary="What you were asked after a cohort",
)
def get_follow_up(request: HttpRequest, uid: UUID, months: int) -> Any:
    person = signed_in(request)
    return _out(afterwards.asked(person, access.access_cohort(person, uid), months))


@router.put(
    "/cohorts/{uuid:uid}/afterwards/{int:months}",
    auth=people.require_scope("submit"),
    response={200: FollowUpOut, **ERRORS},
    summary="Say where you are now",
)
def put_follow_up(request: HttpRequest, uid: UUID, months: int, body: FollowUpIn) -> Any:
    person = person_of(request)
    asked = afterwards.asked(person, access.access_cohort(person, uid), months)
    return _out(afterwards.answer(by=person, question=asked, given=body.answer))
