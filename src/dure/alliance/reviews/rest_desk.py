"""REST of the secretariat's part of reviews: the pool, conflicts of interest, the assignment, all reviews of a call."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.calls.access import access_call, access_run
from dure.alliance.models import CallReviewer, ResearchCall, ReviewConflict
from dure.alliance.projects.rest import Track
from dure.alliance.reviews import access, assigning, conflicts, pool, queries, rules
from dure.alliance.reviews.forms import MOST_TEXT
from dure.alliance.reviews.rest import Address, ReviewOut, review_out
from dure.alliance.reviews.words import reason_of
from dure.foundation.access import demand
from dure.foundation.faults import as_json
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, FaultOut, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Load = Annotated[int, Field(ge=0, le=pool.MOST_LOAD)]


class CallReviewerIn(Schema):
    """Somebody for the pool, by the mail address of their account."""

    address: Address
    tracks: list[Track] = []
    least: Load = 0
    most: Load = 6


class CallReviewerOut(Schema):
    """Somebody of the pool, with the number of reviews that stand and that are submitted."""

    uid: UUID
    person: UUID
    name_ko: str
    name_en: str
    tracks: list[str]
    least: int
    most: int
    standing: int
    done: int


class ReviewConflictOut(Schema):
    """Why a reviewer of the pool should not judge a proposal."""

    uid: UUID
    proposal: str
    reviewer: UUID
    kind: str
    reason: str
    is_waivable: bool
    is_waived: bool


class WaiveIn(Schema):
    """Why this reviewer may judge it all the same."""

    reason: Annotated[Text, Field(min_length=1, max_length=2000)]


class AssignmentIn(Schema):
    """What is looked at: the engine's assignment, or with `table` the changes of a CSV. `token` applies what was looked at."""

    table: Annotated[Text, Field(max_length=MOST_TEXT)] = ""
    token: Annotated[Text, Field(max_length=64)] = ""


class AssignmentPair(Schema):
    """A proposal's code and a reviewer of the pool."""

    proposal: str
    reviewer: UUID


class AssignmentOut(Schema):
    """What would change, with every fault; `token` is to be sent back to do it. `applied` says whether it was done."""

    added: list[AssignmentPair]
    removed: list[AssignmentPair]
    faults: list[FaultOut]
    notes: list[FaultOut]
    token: str
    applied: bool


class AddedOut(Schema):
    """How many were added."""

    added: int


def reviewer_out(one: CallReviewer | Any) -> dict[str, Any]:
    names = ("uid", "tracks", "least", "most", "standing", "done")
    person = one.person
    return {name: getattr(one, name) for name in names} | {
        "person": person.uid,
        "name_ko": person.name_ko,
        "name_en": person.name_en,
    }


def conflict_out(one: ReviewConflict) -> dict[str, Any]:
    names = ("uid", "kind", "is_waivable", "is_waived")
    return {name: getattr(one, name) for name in names} | {
        "proposal": one.proposal.code,
        "reviewer": one.reviewer.uid,
        "reason": reason_of(one),
    }


def preview_out(seen: assigning.Preview, *, applied: bool) -> dict[str, Any]:
    def pairs(found: Any) -> list[dict[str, Any]]:
        return [{"proposal": one.code, "reviewer": other.uid} for one, other in seen.rows(found)]

    return {
        "added": pairs(seen.added),
        "removed": pairs(seen.removed),
        "faults": as_json(seen.faults),
        "notes": as_json(seen.notes),
        "token": "" if seen.faults else seen.token,
        "applied": applied,
    }


@router.get(
    "/calls/{uuid:uid}/reviewers",
    auth=HOST,
    response={200: PageOut[CallReviewerOut], **ERRORS},
    summary="The reviewers of a call",
)
def get_reviewers(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.pool(access_run(signed_in(request), uid)), reviewer_out)


@router.post(
    "/calls/{uuid:uid}/reviewers",
    auth=HOST,
    response={201: CallReviewerOut, **ERRORS},
    summary="Add somebody to the reviewers of a call",
)
def post_reviewer(request: HttpRequest, uid: UUID, body: CallReviewerIn) -> Any:
    person = signed_in(request)
    call = access_run(person, uid)
    made = pool.add(call, by=person, given=body.dict())
    return Status(201, reviewer_out(queries.pool(call).get(pk=made.pk)))


@router.post(
    "/calls/{uuid:uid}/reviewers/gurus",
    auth=HOST,
    response={200: AddedOut, **ERRORS},
    summary="Add all serving gurus to the reviewers of a call",
)
def post_gurus(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    return {"added": pool.add_gurus(access_run(person, uid), by=person)}


@router.delete(
    "/calls/{uuid:uid}/reviewers/{uuid:reviewer}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take somebody out of the reviewers of a call",
)
def delete_reviewer(request: HttpRequest, uid: UUID, reviewer: UUID) -> Any:
    person = signed_in(request)
    pool.remove(access.access_reviewer(access_run(person, uid), reviewer), by=person)
    return Status(204, None)


@router.get(
    "/calls/{uuid:uid}/conflicts",
    auth=HOST,
    response={200: PageOut[ReviewConflictOut], **ERRORS},
    summary="Conflicts of interest of a call's reviewers",
)
def get_conflicts(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = signed_in(request)
    return page_out(request, queries.conflicts_of(person, access_run(person, uid)), conflict_out)


@router.post(
    "/calls/{uuid:uid}/conflicts/{uuid:conflict}/waive",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Waive a conflict of interest, with a reason",
)
def post_waiver(request: HttpRequest, uid: UUID, conflict: UUID, body: WaiveIn) -> Any:
    person = signed_in(request)
    one = access.access_conflict(person, access_run(person, uid), conflict)
    conflicts.waive(one.proposal, one.reviewer, kind=one.kind, by=person, reason=body.reason)
    return Status(204, None)


@router.post(
    "/calls/{uuid:uid}/assignment",
    auth=HOST,
    response={200: AssignmentOut, **ERRORS},
    summary="Look at an assignment of reviewers, or apply it",
)
def post_assignment(request: HttpRequest, uid: UUID, body: AssignmentIn) -> Any:
    person = signed_in(request)
    call: ResearchCall = access_run(person, uid)
    demand(rules.may_assign(person, call))
    seen = assigning.read(call, body.table) if body.table else assigning.preview(call)
    if body.token:
        assigning.apply(call, by=person, token=body.token, text=body.table)
    return preview_out(seen, applied=bool(body.token))


@router.get(
    "/calls/{uuid:uid}/reviews",
    auth=HOST,
    response={200: PageOut[ReviewOut], **ERRORS},
    summary="The reviews of a call that the caller may read",
)
def get_call_reviews(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = signed_in(request)
    return page_out(request, queries.of_call(person, access_call(person, uid)), review_out)
