"""The only ways to a need for which a team is looked for, a chosen team and a seat from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.problems import api as problems
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.teams import rules


def access_sought(person: Any, uid: UUID) -> problems.Problem:
    """A need for which this person may look for a team now. Raises Hidden or Denied."""
    problem = problems.access_problem(person, uid)
    demand(rules.may_seek(person, problem))
    return problem


def access_proposal(person: Any, uid: UUID) -> TeamProposal:
    """A chosen team, for who looks for it; for its members once it is formed. Raises Hidden."""
    rows = TeamProposal.objects.visible_to(person)
    found = (
        rows.select_related("problem__organisation", "problem__owner", "problem__challenge", "made_by")
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Hidden(uid)
    return found


def access_seat(person: Any, uid: UUID) -> TeamSeat:
    """One's own seat, while one may see the need. Raises Hidden."""
    rows = TeamSeat.objects.visible_to(person)
    found = (
        rows.select_related("proposal__problem__organisation", "proposal__problem__challenge")
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Hidden(uid)
    return found
