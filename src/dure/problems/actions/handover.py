"""From a challenge's result to its use: the owner and each winning team get a workroom."""

from django.db import transaction

from dure.foundation.access import Denied, demand
from dure.people import api as people
from dure.problems import rules_handover
from dure.problems.actions import workrooms
from dure.problems.models import Award, Challenge, Problem, Workroom


@transaction.atomic
def open_rooms(*, by: people.Person, challenge: Challenge) -> list[Workroom]:
    """A workroom for the owner and each winning team, in the order of the places.

    A team that has had a room for this need keeps that one, whatever became of it, so asking twice is asking once. The need stays
    open: it is solved when its owner says so. Raises Denied with the reason.
    """
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=challenge.problem_id)
    challenge.problem = problem
    demand(rules_handover.may_open_rooms(by, challenge))
    won = challenge.awards.filter(state="accepted").select_related("team__challenge")
    rooms = [_room(by, problem, award) for award in won]
    if not rooms:
        raise Denied(rules_handover.NO_WINNER)
    return rooms


def _room(by: people.Person, problem: Problem, award: Award) -> Workroom:
    had = problem.workrooms.filter(team=award.team).first()
    return had or workrooms.open_for_winner(by=by, problem=problem, team=award.team)
