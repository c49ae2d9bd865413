"""Answers for seats, seats that fall free, and the team that is formed when everybody has said yes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from dure.foundation import workflow
from dure.foundation.access import SYSTEM, demand
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.teams import rules, telling
from dure.talent.teams.choosing import lock
from dure.talent.teams.pool import STANDING, standing


@transaction.atomic
def answer(
    seat: TeamSeat, action: str, *, by: people.Person, data: Mapping[str, Any] | None = None
) -> TeamSeat:
    """Say yes or no for oneself; the last yes forms the team. Raises Denied."""
    proposal = lock(seat.proposal)
    let_go(proposal)
    moved = workflow.perform(seat, action, by=by, data=data)
    if action == "decline":
        telling.tell_owner(telling.FREE, proposal)
    elif rules.all_accepted(proposal, {}):
        workflow.perform(proposal, "form", by=SYSTEM)
    return moved


def let_go(proposal: TeamProposal) -> int:
    """Seats of people who no longer agree to be proposed fall free; returns how many. The caller holds the proposal's lock."""
    if proposal.state != "proposed":
        return 0
    stay = standing(proposal.seats.all()).values("pk")
    gone = list(proposal.seats.filter(state__in=STANDING).exclude(pk__in=stay))
    return fall_free(proposal, gone, "release")


def fall_free(proposal: TeamProposal, seats: list[TeamSeat], action: str) -> int:
    """Move these seats by the clock's hand; whoever puts the team together hears of it once."""
    for seat in seats:
        workflow.perform(seat, action, by=SYSTEM)
    if seats:
        telling.tell_owner(telling.FREE, proposal)
    return len(seats)


def members(proposal: TeamProposal) -> "QuerySet[people.Person]":
    """Who said yes, for those who may read it: the team is formed."""
    accepted = proposal.seats.filter(state="accepted")
    return people.Person.objects.filter(pk__in=accepted.values("person_id")).order_by("pk")


def open_room(proposal: TeamProposal, *, by: people.Person) -> Any:
    """A workroom for the owner and the team that is formed. Raises Denied, also as problems decide it."""
    demand(rules.may_open_room(by, proposal))
    return problems.open_room(by=by, problem=proposal.problem, solvers=list(members(proposal)))
