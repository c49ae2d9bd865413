"""REST of suggestions: openings for oneself, people for an opening, and invitations to apply."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.foundation.pages import page_of
from dure.foundation.rest import ERRORS, PageOut
from dure.people import api as people
from dure.talent.matching import access, candidates, inviting, measuring, suggesting
from dure.talent.matching import rest_shapes as shapes
from dure.talent.openings.access import access_opening

router = Router()
WRITE = people.require_scope("submit")


@router.get("/me/matches", response={200: shapes.MatchesOut, **ERRORS}, summary="Openings for you")
def get_matches(request: HttpRequest) -> Any:
    """The best ten that fit your wishes, with the terms of the score."""
    person = people.signed_in(request)
    matches = suggesting.matches_of(person)
    measuring.write(person, matches)
    return shapes.matches_out(matches)


@router.get(
    "/openings/{uuid:uid}/candidates",
    response={200: PageOut[shapes.CandidateOut], **ERRORS},
    summary="People for an opening",
)
def list_candidates(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Who agreed to be shown to the organisation, without names. Each of them reads that you looked."""
    person = people.signed_in(request)
    opening = access.access_finding(person, uid)
    on = candidates.standing(opening, reader=person, by_hand=inviting.hand_order(opening) is not None)
    found = page_of(request, list(on.keys))
    return {
        "items": [
            shapes.candidate_out(one) for one in candidates.shown(on, list(found.object_list), reader=person)
        ],
        "page": found.number,
        "pages": found.paginator.num_pages,
        "count": found.paginator.count,
    }


@router.post(
    "/openings/{uuid:uid}/candidates/invite",
    auth=WRITE,
    response={204: None, **ERRORS},
    summary="Invite somebody to apply",
)
def post_candidate_invitation(request: HttpRequest, uid: UUID, body: shapes.CandidateIn) -> Any:
    """The person is told; whether they apply is theirs to decide, and you hear only of an application."""
    person = people.signed_in(request)
    inviting.invite(access.access_finding(person, uid), body.candidate, by=person)
    return Status(204, None)


@router.put(
    "/openings/{uuid:uid}/candidates/order",
    auth=WRITE,
    response={200: shapes.CandidateOrderOut, **ERRORS},
    summary="Say who orders the people for an opening",
)
def put_candidate_order(request: HttpRequest, uid: UUID, body: shapes.CandidateOrderIn) -> Any:
    """By hand, no score orders: names drawn by lot stand in their order."""
    person = people.signed_in(request)
    opening = access_opening(person, uid)
    if body.by_hand:
        inviting.order_by_hand(opening, by=person, reason=body.reason)
    else:
        inviting.order_by_program(opening, by=person)
    return {"by_hand": body.by_hand, "reason": body.reason if body.by_hand else ""}


@router.get(
    "/apply-invitations/{uuid:uid}",
    response={200: shapes.ApplyInvitationOut, **ERRORS},
    summary="An invitation to apply",
)
def get_apply_invitation(request: HttpRequest, uid: UUID) -> Any:
    return shapes.invitation_out(request, access.access_invitation(people.signed_in(request), uid))


@router.post(
    "/apply-invitations/{uuid:uid}/act",
    auth=WRITE,
    response={200: shapes.ApplyInvitationOut, **ERRORS},
    summary="Answer an invitation to apply",
)
def act_on_apply_invitation(request: HttpRequest, uid: UUID, body: shapes.ApplyInvitationActIn) -> Any:
    person = people.signed_in(request)
    invitation = access.access_invitation(person, uid)
    inviting.answer(invitation, body.action, by=person)
    return shapes.invitation_out(request, access.access_invitation(person, uid))
