"""Talent's part of the scene in which every transition is walked."""

from typing import Any

from dure.foundation import clock
from dure.problems.models import Problem
from dure.talent.models import (
    ApplyInvitation,
    Endorsement,
    RoundAppeal,
    RoundEntry,
    Stay,
    TeamProposal,
    TeamSeat,
)
from tests.factories import intakes, openings, people, rounds, talent
from tests.talent.applications import scene as applications


def parts(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    """One object of each workflow of talent, by entity."""
    offered = {"opening": openings.opening(firm, is_open=False), "placement_round": rounds.draft(firm)}
    offered["round_appeal"] = _appealed(found, firm)
    invited = {"apply_invitation": _invited(found["solver"])}
    placed = applications.objects(found, firm) | _staying(found, firm)
    return _evidenced(found) | offered | invited | placed | _teamed(found)


def _appealed(found: dict[str, Any], firm: Any) -> RoundAppeal:
    """The solver appeals against a round of the organisation; the secretariat looks at it."""
    entry = RoundEntry.objects.create(round=rounds.draft(firm), person=found["solver"])
    given = {"reviewer": found["secretariat"], "against": clock.now(), "answer_by": clock.now()}
    return RoundAppeal.objects.create(round=entry.round, entry=entry, by=found["solver"], **given)


def being_corrected(found: Any) -> None:
    """A round that waits for a re-run."""
    by = {"organisation": found.organisation, "against": clock.now(), "answer_by": clock.now()}
    RoundAppeal.objects.create(round=found, state="correcting", **by)


def _invited(solver: Any) -> ApplyInvitation:
    """To apply for what takes no applications yet: the walk sees the guard refuse."""
    return ApplyInvitation.objects.create(opening=openings.opening(is_open=False), person=solver, key="k")


def _teamed(found: dict[str, Any]) -> dict[str, Any]:
    """A team for the owner's need whose seats are empty, and the solver's seat in another that is over."""
    given = {
        "problem": Problem.objects.get(owner=found["owner"]),
        "least": 1,
        "most": 1,
        "target": 80,
        "size": 1,
    }
    over = TeamProposal.objects.create(state="withdrawn", **given)
    seat = TeamSeat.objects.create(proposal=over, person=found["solver"], key="k", due_at=clock.now())
    return {"team_proposal": TeamProposal.objects.create(**given), "team_seat": seat}


def _staying(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    """A bare intake of the organisation, and in another the solver's stay there, which a colleague supervises."""
    host = intakes.host(intakes.intake(firm), firm)
    stay = intakes.stay(found["solver"], host)
    Stay.objects.filter(pk=stay.pk).update(supervisor=found["colleague"])
    return {"intake": intakes.intake(firm), "stay": Stay.objects.get(pk=stay.pk)}


def somebody_away(intake: Any) -> None:
    """An intake that cannot be finished."""
    intakes.stay(people.person(), intakes.host(intake))


def _evidenced(found: dict[str, Any]) -> dict[str, Any]:
    """Evidence about the solver, and an endorsement that they ask the host for."""
    solver = found["solver"]
    asked = Endorsement.objects.create(
        person=solver, verifier=found["host"], skill=talent.SKILL, level=1, what="w"
    )
    return {"evidence": talent.fact(solver), "endorsement": asked}
