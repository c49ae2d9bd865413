"""REST of who applies: handing in, reading both sides' application, and what its person does about it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.talent.applications import (
    access,
    appealing,
    applying,
    cards,
    deciding,
    interviews,
    queries,
    standing,
)
from dure.talent.applications import messages as writing
from dure.talent.applications import rest_shapes as shapes
from dure.talent.openings.access import access_opening

router = Router()
WRITE = people.require_scope("submit")


def read(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """The application as it stands now. That somebody of the organisation looked is written down for the applicant."""
    person = people.signed_in(request)
    one = access.access_application(person, uid)
    if one.person_id != person.pk:
        cards.note_look(one, by=person)
    return shapes.detail_out(request, one)


@router.get(
    "/me/applications", response={200: PageOut[shapes.ApplicationOut], **ERRORS}, summary="Your applications"
)
def list_my_applications(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.mine(people.signed_in(request)), shapes.application_out)


@router.post(
    "/openings/{uuid:uid}/apply",
    auth=WRITE,
    response={201: shapes.ApplicationMadeOut, **ERRORS},
    summary="Apply",
)
def post_application(request: HttpRequest, uid: UUID, body: shapes.ApplicationIn) -> Any:
    """Under a pseudonym unless `is_named`. `warnings` name what an organisation may not know of an applicant."""
    person = people.signed_in(request)
    made = applying.apply(by=person, opening=access_opening(person, uid), **body.model_dump())
    warned = [
        {"words": one.words, "message": one.message, "law": one.law}
        for one in standing.warnings_of(made.statement)
    ]
    return Status(201, shapes.application_out(made) | {"warnings": warned})


@router.get(
    "/applications/{uuid:uid}", response={200: shapes.ApplicationDetail, **ERRORS}, summary="One application"
)
def get_application(request: HttpRequest, uid: UUID) -> Any:
    return read(request, uid)


@router.post(
    "/applications/{uuid:uid}/act",
    auth=WRITE,
    response={200: shapes.ApplicationDetail, **ERRORS},
    summary="Move an application",
)
def act_on_application(request: HttpRequest, uid: UUID, body: shapes.ApplicationActIn) -> Any:
    person, given = people.signed_in(request), body.model_dump(exclude_defaults=True)
    one = access.access_application(person, uid)
    deciding.act(one, given.pop("action"), by=person, data=given)
    return read(request, uid)


@router.put(
    "/applications/{uuid:uid}/sharing",
    auth=WRITE,
    response={200: shapes.ApplicationDetail, **ERRORS},
    summary="Change what the organisation reads",
)
def put_application_sharing(request: HttpRequest, uid: UUID, body: shapes.ApplicationSharingIn) -> Any:
    person = people.signed_in(request)
    applying.share(access.access_application(person, uid), by=person, **body.model_dump())
    return read(request, uid)


@router.get(
    "/applications/{uuid:uid}/messages",
    response={200: PageOut[shapes.ApplicationMessageOut], **ERRORS},
    summary="Messages about it",
)
def list_application_messages(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    one = access.access_application(people.signed_in(request), uid)
    return page_out(request, queries.messages_of(one), shapes.message_out)


@router.post(
    "/applications/{uuid:uid}/messages",
    auth=WRITE,
    response={201: shapes.ApplicationMessageOut, **ERRORS},
    summary="Write to the other side",
)
def post_application_message(request: HttpRequest, uid: UUID, body: shapes.ApplicationMessageIn) -> Any:
    person = people.signed_in(request)
    one = access.access_application(person, uid)
    return Status(201, shapes.message_out(writing.write(one, by=person, body=body.body)))


@router.get(
    "/applications/{uuid:uid}/interview",
    response={200: PageOut[shapes.InterviewSlotOut], **ERRORS},
    summary="Times that are free for you",
)
def list_free_slots(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    one = access.access_application(people.signed_in(request), uid)
    return page_out(request, queries.free_slots(one), shapes.slot_out)


@router.post(
    "/applications/{uuid:uid}/interview",
    auth=WRITE,
    response={200: shapes.InterviewSlotOut, **ERRORS},
    summary="Take a time",
)
def choose_slot(request: HttpRequest, uid: UUID, body: shapes.InterviewChoiceIn) -> Any:
    person = people.signed_in(request)
    one = access.access_application(person, uid)
    return shapes.slot_out(interviews.choose(one, access.access_slot(one.opening, body.slot), by=person))


@router.get(
    "/applications/{uuid:uid}/appeals",
    response={200: PageOut[shapes.AppealOut], **ERRORS},
    summary="Appeals about it",
)
def list_appeals_of(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    one = access.access_application(people.signed_in(request), uid)
    return page_out(request, queries.appeals_of(one), shapes.appeal_out)


@router.post(
    "/applications/{uuid:uid}/appeals",
    auth=WRITE,
    response={201: shapes.AppealOut, **ERRORS},
    summary="Appeal against the decision",
)
def post_appeal(request: HttpRequest, uid: UUID, body: shapes.AppealIn) -> Any:
    person = people.signed_in(request)
    one = access.access_application(person, uid)
    return Status(201, shapes.appeal_out(appealing.appeal(one, by=person, words=body.words)))


@router.post(
    "/appeals/{uuid:uid}/act",
    auth=WRITE,
    response={200: shapes.AppealOut, **ERRORS},
    summary="Look at an appeal, decide it, withdraw it",
)
def act_on_appeal(request: HttpRequest, uid: UUID, body: shapes.AppealActIn) -> Any:
    person = people.signed_in(request)
    made = access.access_appeal(person, uid)
    return shapes.appeal_out(appealing.act(made, body.action, by=person, data={"reason": body.reason}))
