"""REST of teams: what is looked for, the teams that there are, the one that was chosen, and one's own seats."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamNeed
from dure.talent.teams import access, answering, choosing, entering, needing, queries, rules
from dure.talent.teams import rest_shapes as shapes

router = Router()
WRITE = people.require_scope("submit")


def _need(problem: problems.Problem) -> dict[str, Any]:
    need = needing.need_of(problem) or TeamNeed(problem=problem)
    skills = needing.sought(need) if need.pk else []
    return shapes.need_out(need, skills, needing.suggested(problem, skills))


@router.get(
    "/problems/{uuid:uid}/team",
    response={200: shapes.TeamNeedOut, **ERRORS},
    summary="What a team for a problem should be able to do",
)
def get_team_need(request: HttpRequest, uid: UUID) -> Any:
    """With skills that the problem's own words name and nobody has confirmed yet."""
    return _need(access.access_sought(people.signed_in(request), uid))


@router.put(
    "/problems/{uuid:uid}/team",
    auth=WRITE,
    response={200: shapes.TeamNeedOut, **ERRORS},
    summary="Say what a team for a problem should be able to do",
)
def put_team_need(request: HttpRequest, uid: UUID, body: shapes.TeamNeedIn) -> Any:
    person = people.signed_in(request)
    problem = access.access_sought(person, uid)
    skills = [(one.skill, one.level) for one in body.skills]
    needing.state(problem, skills, by=person, least=body.least, most=body.most, target=body.target)
    return _need(problem)


@router.get(
    "/problems/{uuid:uid}/team/proposals",
    response={200: shapes.TeamsOut, **ERRORS},
    summary="Teams for a problem",
)
def list_teams(request: HttpRequest, uid: UUID) -> Any:
    """From people who agreed to it, without names. Each of them reads that you looked."""
    person = people.signed_in(request)
    problem = access.access_sought(person, uid)
    listed = choosing.shown_for(problem, needing.need_of(problem), by=person)
    if listed is None:
        raise Denied(rules.NO_SKILLS)
    return {"count": listed.count, "items": [shapes.team_out(one) for one in listed.rows]}


@router.post(
    "/problems/{uuid:uid}/team/proposals",
    auth=WRITE,
    response={201: shapes.TeamProposalDetail, **ERRORS},
    summary="Choose a team and ask its people",
)
def post_team(request: HttpRequest, uid: UUID, body: shapes.TeamChoiceIn) -> Any:
    person = people.signed_in(request)
    problem = access.access_sought(person, uid)
    made = choosing.choose(problem, body.team, until=body.until, by=person)
    return Status(201, shapes.detail_out(request, made, person))


@router.get(
    "/problems/{uuid:uid}/team/chosen",
    response={200: PageOut[shapes.TeamProposalOut], **ERRORS},
    summary="Teams that were chosen for a problem",
)
def list_chosen_teams(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    problem = access.access_sought(people.signed_in(request), uid)
    return page_out(request, queries.chosen(problem), shapes.proposal_out)


@router.get(
    "/team-proposals/{uuid:uid}",
    response={200: shapes.TeamProposalDetail, **ERRORS},
    summary="A team that was chosen",
)
def get_team_proposal(request: HttpRequest, uid: UUID) -> Any:
    person = people.signed_in(request)
    return shapes.detail_out(request, access.access_proposal(person, uid), person)


@router.post(
    "/team-proposals/{uuid:uid}/actions",
    auth=WRITE,
    response={200: shapes.TeamProposalDetail, **ERRORS},
    summary="Withdraw a team that was chosen",
)
def act_on_team_proposal(request: HttpRequest, uid: UUID, body: shapes.TeamActIn) -> Any:
    person = people.signed_in(request)
    proposal = access.access_proposal(person, uid)
    workflow.perform(proposal, body.action, by=person, data={"reason": body.reason})
    return shapes.detail_out(request, access.access_proposal(person, uid), person)


@router.post(
    "/team-proposals/{uuid:uid}/refill",
    auth=WRITE,
    response={200: shapes.TeamProposalDetail, **ERRORS},
    summary="Have somebody else asked for a free place",
)
def post_team_refill(request: HttpRequest, uid: UUID, body: shapes.TeamUntilIn) -> Any:
    person = people.signed_in(request)
    choosing.refill(access.access_proposal(person, uid), until=body.until, by=person)
    return shapes.detail_out(request, access.access_proposal(person, uid), person)


@router.post(
    "/team-proposals/{uuid:uid}/room",
    auth=WRITE,
    response={204: None, **ERRORS},
    summary="Open a workroom for a team that is formed",
)
def post_team_room(request: HttpRequest, uid: UUID) -> Any:
    """For the secretariat, and for a curator whose own need it is. The team finds the room among its own."""
    person = people.signed_in(request)
    answering.open_room(access.access_proposal(person, uid), by=person)
    return Status(204, None)


@router.post(
    "/team-proposals/{uuid:uid}/enter",
    auth=WRITE,
    response={200: shapes.TeamProposalDetail, **ERRORS},
    summary="Take part in the challenge with a team that is formed",
)
def post_team_enter(request: HttpRequest, uid: UUID, body: shapes.TeamEnterIn) -> Any:
    """For a member who accepted the challenge's terms: the others are invited, and each accepts for themselves.

    Whoever is invited by another member already joins that team.
    """
    person = people.signed_in(request)
    entering.enter(access.access_proposal(person, uid), by=person, name=body.name)
    return shapes.detail_out(request, access.access_proposal(person, uid), person)


@router.get(
    "/me/team-seats",
    response={200: PageOut[shapes.TeamSeatOut], **ERRORS},
    summary="Teams that you were proposed for",
)
def list_team_seats(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.mine(people.signed_in(request)), shapes.seat_out)


@router.get(
    "/team-seats/{uuid:uid}",
    response={200: shapes.TeamSeatDetail, **ERRORS},
    summary="A seat in a team that you were asked for",
)
def get_team_seat(request: HttpRequest, uid: UUID) -> Any:
    return shapes.seat_detail_out(request, access.access_seat(people.signed_in(request), uid))


@router.post(
    "/team-seats/{uuid:uid}/actions",
    auth=WRITE,
    response={200: shapes.TeamSeatDetail, **ERRORS},
    summary="Say whether you join a team",
)
def act_on_team_seat(request: HttpRequest, uid: UUID, body: shapes.TeamSeatActIn) -> Any:
    person = people.signed_in(request)
    seat = access.access_seat(person, uid)
    answering.answer(seat, body.action, by=person, data={"reason": body.reason})
    return shapes.seat_detail_out(request, access.access_seat(person, uid))
