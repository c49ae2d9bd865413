"""Who may look for a team, and who answers for a seat: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, first_refusal, has_role
from dure.problems import api as problems

SEEKING: Final = ("accepted", "open")
"""States of a need for which a team is looked for: it is taken on and nothing is delivered yet."""
NOT_SEEKER: Final = Refused(
    "not_team_seeker",
    _("Only the need's owner, representatives of its organisation and the secretariat can do this."),
)
NOT_SEEKING: Final = Refused(
    "need_not_seeking",
    _("A team is looked for once the need is accepted, and until a solution is delivered."),
)
NO_ORGANISATION: Final = Refused(
    "need_no_organisation", _("This need belongs to no organisation, and people agree to be shown to one.")
)
NOT_OWN: Final = Refused("not_own_seat", _("Only the person who was asked can do this."))
TOO_LATE: Final = Refused("seat_too_late", _("The day until which you could answer has passed."))
OVER: Final = Refused("team_over", _("This team is no longer put together."))
NOT_ALL: Final = Refused("team_not_all", _("Not everybody has said yes yet."))
CHALLENGE: Final = Refused(
    "team_in_challenge", _("In a challenge each member accepts the terms and enters for themselves.")
)
NOT_MEMBER: Final = Refused("not_team_member", _("Only the members of the team can do this."))
NO_CHALLENGE: Final = Refused("team_no_challenge", _("This problem has no challenge that is open now."))
NO_SKILLS: Final = Refused("team_no_skills", _("Say first which skills the team should have."))


def seeks(person: Any, problem: Any) -> Decision:
    """The owner's side, and the secretariat on its behalf."""
    if not person.is_authenticated:
        return SIGN_IN
    is_side = has_role(person, Role.SECRETARIAT) or problems.owns_problem(person, problem)
    return ALLOWED if is_side else NOT_SEEKER


def may_seek(person: Any, problem: Any) -> Decision:
    """The same, while the need is at a point where a team helps."""
    return first_refusal(seeks(person, problem), is_seeking(problem))


def is_seeking(problem: Any) -> Decision:
    if problem.organisation_id is None:
        return NO_ORGANISATION
    return ALLOWED if problem.state in SEEKING else NOT_SEEKING


def seeks_proposal(person: Any, proposal: Any) -> Decision:
    return seeks(person, proposal.problem)


def is_own(person: Any, seat: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if person.pk == seat.person_id else NOT_OWN


def takes_answers(seat: Any, _data: Mapping[str, Any]) -> Decision:
    """Until its day, while the team is still put together."""
    in_time = ALLOWED if seat.due_at > clock.now() else TOO_LATE
    return first_refusal(is_open(seat, _data), in_time)


def is_open(seat: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if seat.proposal.state == "proposed" else OVER


def all_accepted(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    accepted = proposal.seats.filter(state="accepted").count()
    return ALLOWED if 0 < proposal.size <= accepted else NOT_ALL


def is_member(person: Any, proposal: Any) -> Decision:
    """Whoever said yes, once the team is formed."""
    if not person.is_authenticated:
        return SIGN_IN
    is_formed = proposal.state == "formed"
    return (
        ALLOWED
        if is_formed and proposal.seats.filter(person_id=person.pk, state="accepted").exists()
        else NOT_MEMBER
    )


def may_enter(person: Any, proposal: Any) -> Decision:
    """A member, while the need's challenge is open; what the challenge itself asks for is its own rule."""
    is_open = ALLOWED if open_challenge(proposal.problem) else NO_CHALLENGE
    return first_refusal(is_member(person, proposal), is_open)


def open_challenge(problem: Any) -> problems.Challenge | None:
    """The challenge that a team for this need takes part in now."""
    challenge = getattr(problem, "challenge", None) if problem.route == "challenge" else None
    return challenge if challenge is not None and challenge.state == "open" else None


def may_open_room(person: Any, proposal: Any) -> Decision:
    """Whoever curates the need and may read who is in the team; in a challenge people enter for themselves."""
    is_formed = ALLOWED if proposal.state == "formed" else NOT_ALL
    problem = proposal.problem
    works_in_room = CHALLENGE if problem.route == "challenge" else ALLOWED
    return first_refusal(
        seeks_proposal(person, proposal), problems.curates(person, problem), works_in_room, is_formed
    )
