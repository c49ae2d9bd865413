"""Who may do what with the ledger: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

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
