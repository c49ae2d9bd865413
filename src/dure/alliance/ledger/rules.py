"""Who may do what with the ledger: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.people import api as people

NOT_SECRETARIAT: Final = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_OVER: Final = Refused("ledger_not_over", _("A quarter is closed after its last day."))
EARLIER_OPEN: Final = Refused("ledger_earlier_open", _("Close the earlier quarters first."))
CLOSED: Final = Refused(
    "ledger_closed", _("This quarter is closed. Enter it in a later one, or correct it there by a reversal.")
)
REVERSED: Final = Refused("ledger_reversed", _("This transaction has been taken back already."))
IS_REVERSAL: Final = Refused(
    "ledger_is_reversal", _("This transaction takes another one back. Enter what is right anew.")
)
CHANGED_SINCE: Final = Refused(
    "ledger_changed_since",
    _("Something was entered since this was shown. Look at it once more, then apply it."),
)
NOT_RECEIVER: Final = Refused(
    "not_ledger_receiver", _("Only representatives of the receiver and the secretariat can do this.")
)
NOT_GIVER: Final = Refused(
    "not_ledger_giver", _("Only representatives of the giver and the secretariat can do this.")
)


def keeps_ledger(person: Any, _obj: Any) -> Decision:
    """The secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT


def is_over(period: Any, _data: Mapping[str, Any]) -> Decision:
    """Quarters are closed in their order: what is told late then always finds a later one that is open."""
    if clock.today() <= period.quarter.ends_on:
        return NOT_OVER
    earlier = type(period).objects.filter(starts_on__lt=period.starts_on, state="open")
    return EARLIER_OPEN if earlier.exists() else ALLOWED


def may_reverse(person: Any, posted: Any) -> Decision:
    """The secretariat, what was not taken back and takes nothing back itself."""
    decision = keeps_ledger(person, posted)
    if not decision:
        return decision
    if posted.reverses_id is not None:
        return IS_REVERSAL
    return REVERSED if type(posted).objects.filter(reverses=posted).exists() else ALLOWED


def is_as_seen(digest: str, seen: str) -> Decision:
    """What is applied is exactly what was shown."""
    return ALLOWED if digest == seen else CHANGED_SINCE


def receives(person: Any, receipt: Any) -> Decision:
    """A representative of who received it. What was given to all is confirmed by the secretariat."""
    return _side(person, receipt.receiver, NOT_RECEIVER)


def gives(person: Any, receipt: Any) -> Decision:
    """A representative of who gave it."""
    return _side(person, receipt.giver, NOT_GIVER)


def _side(person: Any, organisation: Any, otherwise: Refused) -> Decision:
    if not person.is_authenticated or has_role(person, Role.SECRETARIAT):
        return keeps_ledger(person, None)
    return ALLOWED if organisation is not None and people.represents(person, organisation) else otherwise


def may_enter(person: Any, giver: Any) -> Decision:
    """The secretariat for anybody, and representatives for what their organisation gave."""
    return _side(person, giver, NOT_GIVER)


def is_enterable(receipt: Any, _data: Mapping[str, Any]) -> Decision:
    """Its quarter is open still."""
    from dure.alliance.ledger import periods  # noqa: PLC0415 - the models name this module

    return CLOSED if periods.is_closed(receipt.happened_on) else ALLOWED
