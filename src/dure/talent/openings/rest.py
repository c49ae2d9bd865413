"""REST of openings: the list, one of them, and looking after it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from dure.foundation import workflow
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.talent.openings import access, filters, making, posting, requirements, suggesting
from dure.talent.openings.rest_shapes import (
    AskedIn,
    DismissIn,
    NewOpeningIn,
    OpeningActIn,
    OpeningDetail,
    OpeningIn,
    OpeningOut,
    RequirementsIn,
    SuggestedOut,
    detail_out,
    opening_out,
    said_of,
    suggestion_out,
)

router = Router()
SUBMIT = people.require_scope("submit")


@router.get("/openings", response={200: PageOut[OpeningOut], **ERRORS}, summary="Openings")
def list_openings(request: HttpRequest, asked: Query[AskedIn], page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """The filters of the page. With the nearest deadline first; with `show=all` the newest first."""
    found = filters.found(person_of(request), filters.Filters(**asked.model_dump()))
    return page_out(request, found, opening_out)


@router.post("/openings", auth=SUBMIT, response={201: OpeningDetail, **ERRORS}, summary="Write one down")
def post_opening(request: HttpRequest, body: NewOpeningIn) -> Any:
    """It is in preparation until `open`."""
    person, given = people.signed_in(request), said_of(request, body)
    organisation = people.access_organisation(person, given.pop("organisation"))
    made = making.create(by=person, organisation=organisation, kind=given.pop("kind"), given=given)
    return Status(201, detail_out(request, access.access_opening(person, made.uid)))


@router.get("/openings/{uuid:uid}", response={200: OpeningDetail, **ERRORS}, summary="One of them")
def get_opening(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_opening(person_of(request), uid))


@router.put(
    "/openings/{uuid:uid}",
    auth=SUBMIT,
    response={200: OpeningDetail, **ERRORS},
    summary="Change what it says",
)
def put_opening(request: HttpRequest, uid: UUID, body: OpeningIn) -> Any:
    """All that is said of it; what is open must stay fit to be open."""
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    making.edit(opening, by=person, given=said_of(request, body) | {"problem": opening.problem})
    return detail_out(request, access.access_opening(person, uid))


@router.post(
    "/openings/{uuid:uid}/act", auth=SUBMIT, response={200: OpeningDetail, **ERRORS}, summary="Move it"
)
def act_on_opening(request: HttpRequest, uid: UUID, body: OpeningActIn) -> Any:
    """Open it, take no more applications, take them again, say that it is filled, or withdraw it with a reason."""
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    workflow.perform(opening, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, access.access_opening(person, uid))


@router.put(
    "/openings/{uuid:uid}/requirements",
    auth=SUBMIT,
    response={200: OpeningDetail, **ERRORS},
    summary="Say which skills it asks for",
)
def put_requirements(request: HttpRequest, uid: UUID, body: RequirementsIn) -> Any:
    """Exactly these, each confirmed by whoever sends it."""
    person = people.signed_in(request)
    wanted = [requirements.Asked(**one.model_dump()) for one in body.requirements]
    requirements.replace(access.access_managed(person, uid), wanted, by=person)
    return detail_out(request, access.access_opening(person, uid))


@router.get(
    "/openings/{uuid:uid}/suggestions",
    auth=SUBMIT,
    response={200: list[SuggestedOut], **ERRORS},
    summary="Skills that its text names",
)
def get_suggestions(request: HttpRequest, uid: UUID) -> Any:
    """At most as many as the catalogue has; none is asked for until somebody puts it among the requirements."""
    opening = access.access_managed(people.signed_in(request), uid)
    return [suggestion_out(one) for one in suggesting.suggested(opening)]


@router.post(
    "/openings/{uuid:uid}/suggestions",
    auth=SUBMIT,
    response={200: list[SuggestedOut], **ERRORS},
    summary="Dismiss a suggested skill, or have it suggested again",
)
def post_suggestion(request: HttpRequest, uid: UUID, body: DismissIn) -> Any:
    person = people.signed_in(request)
    opening = access.access_managed(person, uid)
    act = suggesting.dismiss if body.is_dismissed else suggesting.bring_back
    act(opening, body.skill, by=person)
    return [suggestion_out(one) for one in suggesting.suggested(access.access_managed(person, uid))]


@router.get(
    "/openings/{uuid:uid}/jobposting",
    response={200: dict[str, Any], **ERRORS},
    summary="In the words of schema.org",
)
def get_posting(request: HttpRequest, uid: UUID) -> Any:
    return posting.posting_of(access.access_opening(person_of(request), uid))
