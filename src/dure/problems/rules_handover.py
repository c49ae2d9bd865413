"""Who may bring the owner of a need and the winners of its challenge together, and when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused
from dure.problems import rules

AT_WORK = ("open", "delivered")
NOT_YOURS = Refused("not_host", _("Only the need's owner or a host of this challenge can open the workroom."))
NOT_DECLARED = Refused(
    "not_declared", _("Declare the result first; then the owner and the winners go to work together.")
)
NEED_IS_DONE = Refused("need_done", _("This need is done; there is nothing left to hand over."))
NO_WINNER = Refused("no_winner", _("No team won, so there is nobody to hand a solution over."))


def hands_over(person: Any, challenge: Any) -> Decision:
    """Hosts, and the owner's side of the need."""
    if not person.is_authenticated:
        return SIGN_IN
    if rules.hosts_challenge(person, challenge) or rules.owns_problem(person, challenge.problem):
        return ALLOWED
    return NOT_YOURS


def may_open_rooms(person: Any, challenge: Any) -> Decision:
    """After the result is declared, while the need is still worked on."""
    decision = hands_over(person, challenge)
    if not decision:
        return decision
    if challenge.state != "finished":
        return NOT_DECLARED
    return ALLOWED if challenge.problem.state in AT_WORK else NEED_IS_DONE
