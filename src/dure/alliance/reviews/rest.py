"""REST of reviews: one's own, one of them with its marks, moves; ties of a reviewer."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.calls.access import access_call
from dure.alliance.models import Review, ReviewerTie
from dure.alliance.reviews import access, conflicts, queries, scoring
from dure.engines.faults import Fault, Faulty
from dure.foundation import workflow
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=8000)]
Address = Annotated[Text, Field(max_length=254)]


class ReviewOut(Schema):
    """A review that the caller may read; `proposal` is the uid of what is judged."""

    uid: UUID
    state: str
    proposal: UUID
    title_ko: str
    title_en: str
    due_on: date
    submitted_at: datetime | None


class MarkIn(Schema):
    """A mark for an item of the rubric (its uid), with a word on it."""

    criterion: UUID
    mark: Annotated[int, Field(ge=0, le=100)] | None = None
    comment: Words = ""


class ReviewIn(Schema):
    """Marks and words; half of them is enough before it is submitted."""

    marks: Annotated[list[MarkIn], Field(max_length=20)] = []
    comment: Long = ""
    to_applicants: Long = ""


class ReviewDetail(ReviewOut):
    """All of it. `said` is what was submitted, of which who has not yet agreed to review reads title and summary alone."""

    said: dict[str, Any]
    marks: list[MarkIn]
    comment: str
    to_applicants: str
    score: str | None
    actions: list[OfferOut]


class ReviewActIn(Schema):
    """One of `actions`; `accept` needs `no_conflict`, `decline` and `recuse` a reason."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""
    no_conflict: bool = False


class TieIn(Schema):
    """A tie: to an organisation (its slug) or to a person by their address."""

    organisation: Annotated[Text, Field(max_length=60)] | None = None
    address: Address = ""
    is_advisor: bool = False
    note: Annotated[Text, Field(max_length=300)] = ""


class TieOut(TieIn):
    """The same with its uid."""

    uid: UUID


def review_out(one: Review) -> dict[str, Any]:
    names = ("uid", "state", "due_on", "submitted_at")
    return {name: getattr(one, name) for name in names} | {
        "proposal": one.proposal.uid,
        "title_ko": one.proposal.title_ko,
        "title_en": one.proposal.title_en,
    }


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    one = access.access_review(signed_in(request), uid)
    marks = one.marks.select_related("criterion")
    found = scoring.score_of(one)
    return review_out(one) | {
        "said": said_of(one),
        "marks": [{"criterion": m.criterion.uid, "mark": m.mark, "comment": m.comment} for m in marks],
        "comment": one.comment,
        "to_applicants": one.to_applicants,
        "score": scoring.said(found),
        "actions": offers_out(request, one),
    }


def said_of(one: Review) -> dict[str, Any]:
    """What was submitted last; before it is accepted the text is left out."""
    latest = one.proposal.revisions.order_by("-number").first()
    said: dict[str, Any] = latest.content if latest else {}
    kept = ("track", "title_ko", "title_en", "summary_ko", "summary_en", "partners")
    return said if one.state != "invited" else {name: said[name] for name in kept if name in said}


def tie_out(one: ReviewerTie) -> dict[str, Any]:
    names = ("uid", "address", "is_advisor", "note")
    slug = one.organisation.slug if one.organisation else None
    return {name: getattr(one, name) for name in names} | {"organisation": slug}


@router.get("/reviews", auth=HOST, response={200: PageOut[ReviewOut], **ERRORS}, summary="My reviews")
def get_reviews(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.mine(signed_in(request)), review_out)


@router.get("/reviews/{uuid:uid}", auth=HOST, response={200: ReviewDetail, **ERRORS}, summary="A review")
def get_review(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.put(
    "/reviews/{uuid:uid}", auth=HOST, response={200: ReviewDetail, **ERRORS}, summary="Give marks and words"
)
def put_review(request: HttpRequest, uid: UUID, body: ReviewIn) -> Any:
    person = signed_in(request)
    review = access.access_review(person, uid)
    items = {one.uid: one for one in review.reviewer.call.criteria.all()}
    faults = [
        Fault("review_mark_unknown", place=str(m.criterion)) for m in body.marks if m.criterion not in items
    ]
    if faults:
        raise Faulty(faults)
    said = {m.criterion: scoring.Said(items[m.criterion], m.mark, m.comment) for m in body.marks}
    words = {"comment": body.comment, "to_applicants": body.to_applicants}
    scoring.write(review, by=person, said=said.values(), **words)
    return detail_out(request, uid)


@router.post(
    "/reviews/{uuid:uid}/actions", auth=HOST, response={200: ReviewOut, **ERRORS}, summary="Move a review"
)
def act_on_review(request: HttpRequest, uid: UUID, body: ReviewActIn) -> Any:
    """What is answered says nothing more than its list does: after a conflict is declared the review is hidden."""
    person = signed_in(request)
    review = access.access_review(person, uid)
    moved = workflow.perform(review, body.action, by=person, data=body.dict(exclude={"action"}))
    return review_out(moved)


@router.get(
    "/calls/{uuid:uid}/ties",
    auth=HOST,
    response={200: PageOut[TieOut], **ERRORS},
    summary="My ties as a reviewer of a call",
)
def get_ties(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - same
    person = signed_in(request)
    reviewer = access.access_own(person, access_call(person, uid))
    rows = reviewer.ties.filter(proposal=None).select_related("organisation").order_by("-pk")
    return page_out(request, rows, tie_out)


@router.post(
    "/calls/{uuid:uid}/ties",
    auth=HOST,
    response={201: TieOut, **ERRORS},
    summary="Declare a tie as a reviewer",
)
def post_tie(request: HttpRequest, uid: UUID, body: TieIn) -> Any:
    person = signed_in(request)
    reviewer = access.access_own(person, access_call(person, uid))
    home = people.access_organisation(person, body.organisation) if body.organisation else None
    made = conflicts.declare(reviewer, by=person, given=body.dict() | {"organisation": home})
    return Status(201, tie_out(made))


@router.delete(
    "/calls/{uuid:uid}/ties/{uuid:tie}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take back a tie that was declared by mistake",
)
def delete_tie(request: HttpRequest, uid: UUID, tie: UUID) -> Any:
    person = signed_in(request)
    reviewer = access.access_own(person, access_call(person, uid))
    conflicts.undeclare(access.access_tie(reviewer, tie), by=person)
    return Status(204, None)
