"""Who may do what with reviews: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.projects import dates
from dure.alliance.proposals import rules as proposal_rules
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, first_refusal

LAPSES_AFTER: Final = timedelta(days=7)
NOT_REVIEWER = Refused("not_reviewer", _("Only the reviewer can do this."))
NOT_DECLARED = Refused(
    "review_not_declared", _("Say that you have no conflict of interest, or recuse yourself.")
)
NOT_REVIEWING = Refused("call_not_reviewing", _("The call is not in review."))
NOT_SCORED = Refused("review_not_scored", _("Give every item of the rubric a mark first."))
NOT_DUE = Refused("review_not_lapsed", _("A review lapses a week after its day."))
NO_REMINDER = Refused("no_reminder_due", _("Nobody is reminded yet."))
HAS_REVIEWS = Refused("reviewer_has_reviews", _("This reviewer was asked for reviews already."))


def is_reviewer(person: Any, review: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if review.reviewer.person_id == person.pk else NOT_REVIEWER


def handles(person: Any, review: Any) -> Decision:
    """The secretariat, but nobody with a proposal of their own."""
    return proposal_rules.handles(person, review.proposal)


def may_run(person: Any, call: Any) -> Decision:
    """Who arranges reviews, while proposals are in review."""
    going = ALLOWED if call.state in ("open", "reviewing") else NOT_REVIEWING
    return first_refusal(only_secretariat(person), going)


def may_assign(person: Any, call: Any) -> Decision:
    going = ALLOWED if call.state == "reviewing" else NOT_REVIEWING
    return first_refusal(only_secretariat(person), going)


def may_score(person: Any, review: Any) -> Decision:
    """Who accepted it, until it is submitted."""
    going = ALLOWED if review.state == "accepted" else NOT_REVIEWING
    return first_refusal(is_reviewer(person, review), going)


def declares(_review: Any, data: Mapping[str, Any]) -> Decision:
    """Nobody reviews without saying that nothing keeps them from it."""
    return ALLOWED if data.get("no_conflict") is True else NOT_DECLARED


def is_scored(review: Any, _data: Mapping[str, Any]) -> Decision:
    """Every item has a mark, and the call is still in review."""
    call = review.proposal.call
    if call.state != "reviewing":
        return NOT_REVIEWING
    scored = set(review.marks.values_list("criterion_id", flat=True))
    return ALLOWED if scored == set(call.criteria.values_list("pk", flat=True)) else NOT_SCORED


def has_lapsed(review: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if review.due_on + LAPSES_AFTER < clock.today() else NOT_DUE


def is_reminded(review: Any, _data: Mapping[str, Any]) -> Decision:
    return NO_REMINDER if reminder(review) is None else ALLOWED


def reminder(review: Any) -> int | None:
    """How many days are left where the reviewer is to be reminded now."""
    return dates.reminder_due(review.due_on, review.reminded_days, clock.today())
