"""Who may do what with commitments: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import NOT_IN_FORCE, only_secretariat
from dure.alliance.agreements.standing import spoken_for
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.commitments.delivered import delivered
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused

NOT_DONOR = Refused("not_donor", _("Only representatives of the organisation that gives can do this."))
NOTHING_DELIVERED = Refused("nothing_delivered", _("Nothing is delivered yet."))
NOT_FULL = Refused("not_delivered_in_full", _("Less than what was pledged is delivered."))
FULL = Refused("delivered_in_full", _("All that was pledged is delivered."))
NOT_OVER = Refused("period_not_over", _("Its period is not over."))
NOT_AGREED = Refused(
    "carry_over_not_agreed", _("Both sides must agree to the next period. Say that they did.")
)
NOT_LATER = Refused("carry_over_not_later", _("The next period ends later than this one."))
STILL_IN_FORCE = Refused("agreement_goes_on", _("Its agreement is still in force."))


def is_donor(person: Any, commitment: Any) -> Decision:
    """Representatives of the party that gives."""
    if not person.is_authenticated:
        return SIGN_IN
    mine = spoken_for(person, commitment.agreement)
    return ALLOWED if commitment.donor_id in mine else NOT_DONOR


def may_pledge(person: Any, agreement: Any, donor: Any) -> Decision:
    """Its own representatives, and the secretariat for any party, as long as the agreement is not over."""
    if agreement.state not in ("draft", "in_review", "signing", *IN_FORCE) or agreement.amends_id:
        return NOT_IN_FORCE
    if only_secretariat(person):
        return ALLOWED
    return ALLOWED if donor.pk in spoken_for(person, agreement) else NOT_DONOR


def may_note(person: Any, commitment: Any) -> Decision:
    """The secretariat writes down what was delivered, while it is owed."""
    decision = only_secretariat(person)
    owed = commitment.state in ("confirmed", "delivering", "short")
    return decision if not decision or owed else NOT_IN_FORCE


def is_agreed(commitment: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if commitment.agreement.state in IN_FORCE else NOT_IN_FORCE


def has_begun(commitment: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if delivered([commitment.pk])[commitment.pk] > 0 else NOTHING_DELIVERED


def is_full(commitment: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if delivered([commitment.pk])[commitment.pk] >= commitment.quantity else NOT_FULL


def is_no_longer_full(commitment: Any, data: Mapping[str, Any]) -> Decision:
    """An entry of the ledger was taken back, and now less than pledged is delivered."""
    return FULL if is_full(commitment, data) else ALLOWED


def is_over(commitment: Any, data: Mapping[str, Any]) -> Decision:
    """The last day has passed and less than pledged is delivered."""
    if commitment.ends_on >= clock.today():
        return NOT_OVER
    return FULL if is_full(commitment, data) else ALLOWED


def is_carried(commitment: Any, data: Mapping[str, Any]) -> Decision:
    """The agreement goes on, both sides agree, and the new last day is later."""
    if commitment.agreement.state not in IN_FORCE:
        return NOT_IN_FORCE
    if not data.get("is_agreed"):
        return NOT_AGREED
    until = data.get("ends_on")
    return ALLOWED if until is not None and until > commitment.ends_on else NOT_LATER


def has_ended(commitment: Any, data: Mapping[str, Any]) -> Decision:
    """Asked while the agreement ends, in the same transaction: it hands itself in."""
    ended = data.get("ended")
    return ALLOWED if ended is not None and ended.pk == commitment.agreement_id else STILL_IN_FORCE
