"""REST of who decides: applications of an opening, reviews, the order of the waiting list, times for interviews, appeals."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import demand
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people
from dure.talent.applications import access, deciding, interviews, queries, reviewing, rules
from dure.talent.applications import rest_shapes as shapes
from dure.talent.applications.rest import WRITE, read
from dure.talent.models import InterviewSlot, Review

router = Router()


class ApplicationScore(Schema):
    """A score from 1 to 4 with words."""

    score: Annotated[int, Field(ge=1, le=4)]
    words: Annotated[Text, Field(max_length=1000)] = ""


class ApplicationReviewIn(Schema):
    """A score for each skill that the opening asks for (by its slug), and a recommendation; or a conflict of interest alone."""

    scores: dict[str, ApplicationScore] = {}
    recommendation: Annotated[Text, Field(max_length=12)] = ""
    words: shapes.Long = ""
    has_conflict: bool = False


class ApplicationReviewOut(ApplicationReviewIn):
    """A review with who wrote it."""

    uid: UUID
    reviewer: str
    changed_at: datetime


class ApplicationMoveIn(Schema):
    """One place up (`earlier`) or down on the waiting list, and why."""

    earlier: bool
    reason: Annotated[Text, Field(max_length=500)]


class InterviewSlotIn(Schema):
    """A time, at a place or behind an https link."""

    starts_at: shapes.Moment
    ends_at: shapes.Moment
    place: Annotated[Text, Field(max_length=200)] = ""
    link: Annotated[Text, Field(max_length=500)] = ""


def review_out(review: Review) -> dict[str, Any]:
    names = ("uid", "scores", "recommendation", "words", "has_conflict", "changed_at")
    return {name: getattr(review, name) for name in names} | {"reviewer": review.reviewer.name}


def taken_slot_out(slot: InterviewSlot) -> dict[str, Any]:
    return shapes.slot_out(slot) | {"taken_by": slot.taken_by.uid if slot.taken_by else None}


@router.get(
    "/openings/{uuid:uid}/applications",
    response={200: PageOut[shapes.ApplicationOut], **ERRORS},
    summary="What was handed in, for who decides",
)
def list_applications(
    request: HttpRequest,
    uid: UUID,
    state: str = "",
    late: bool = False,  # noqa: FBT001, FBT002 - a word of the address
    page: int = 1,  # noqa: ARG001 - read by page_of
) -> Any:
    """Under pseudonyms; of one `state`, or only those whose promised answer is `late`."""
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    return page_out(
        request, queries.of_opening(opening, person, state=state, late=late), shapes.application_out
    )


@router.get(
    "/applications/{uuid:uid}/reviews",
    response={200: PageOut[ApplicationReviewOut], **ERRORS},
    summary="Reviews, once you wrote your own",
)
def list_application_reviews(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = people.signed_in(request)
    application = access.access_application(person, uid)
    demand(rules.may_decide(person, application))
    return page_out(request, reviewing.readable(person, application), review_out)


@router.put(
    "/applications/{uuid:uid}/review",
    auth=WRITE,
    response={200: ApplicationReviewOut, **ERRORS},
    summary="Write your review",
)
def put_application_review(request: HttpRequest, uid: UUID, body: ApplicationReviewIn) -> Any:
    person = people.signed_in(request)
    application = access.access_application(person, uid)
    return review_out(reviewing.write(application, by=person, **body.model_dump()))


@router.post(
    "/applications/{uuid:uid}/move",
    auth=WRITE,
    response={200: shapes.ApplicationDetail, **ERRORS},
    summary="Change the order of the waiting list",
)
def move_application(request: HttpRequest, uid: UUID, body: ApplicationMoveIn) -> Any:
    person = people.signed_in(request)
    deciding.move_on_list(access.access_application(person, uid), by=person, **body.model_dump())
    return read(request, uid)


@router.get(
    "/openings/{uuid:uid}/interviews",
    response={200: PageOut[shapes.InterviewSlotOut], **ERRORS},
    summary="Times for interviews, for who decides",
)
def list_interview_slots(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    opening = access.access_managed(people.signed_in(request), uid)
    return page_out(request, queries.slots_of(opening), taken_slot_out)


@router.post(
    "/openings/{uuid:uid}/interviews",
    auth=WRITE,
    response={201: shapes.InterviewSlotOut, **ERRORS},
    summary="Enter a time",
)
def post_interview_slot(request: HttpRequest, uid: UUID, body: InterviewSlotIn) -> Any:
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    return Status(201, taken_slot_out(interviews.add(by=person, opening=opening, **body.model_dump())))


@router.delete(
    "/openings/{uuid:uid}/interviews/{uuid:slot}",
    auth=WRITE,
    response={204: None, **ERRORS},
    summary="Remove a time; who had chosen it is told",
)
def delete_interview_slot(request: HttpRequest, uid: UUID, slot: UUID) -> Any:
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    interviews.call_off(access.access_slot(opening, slot), by=person)
    return Status(204, None)


@router.get(
    "/appeals", response={200: PageOut[shapes.AppealOut], **ERRORS}, summary="Appeals that wait for you"
)
def list_waiting_appeals(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.waiting_appeals(people.signed_in(request)), shapes.appeal_out)
