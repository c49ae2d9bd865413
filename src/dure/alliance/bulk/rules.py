"""Who may do several things at once, and why one of them is left out: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

NOT_LOOKING = Refused("not_bulk_reader", _("The secretariat and auditors see bulk actions."))
IS_AHEAD = Refused("bulk_ahead", _("Its ten minutes are not over. Until then it can be taken back."))
ELSEWHERE = Refused(
    "bulk_elsewhere", _("It stands in another bulk action that is still ahead. Take that one back first.")
)
CHANGED = Refused("bulk_thing_changed", _("It has changed since it was looked at."))
GONE = Refused("bulk_thing_gone", _("It is not there any more, or the officer may not see it any more."))
NO_OFFICER = Refused("bulk_no_officer", _("Whoever began this is not at the secretariat any more."))
BROKEN = Refused("bulk_broken", _("It could not be done. The operator finds the reason in the log."))
NOBODY = Refused("bulk_nobody_to_remind", _("There is nobody to remind."))
REMINDED = Refused("bulk_reminded", _("A reminder was sent in the last three days."))


def leads(person: Any, _batch: Any = None) -> Decision:
    """The secretariat."""
    return only_secretariat(person)


def may_look(person: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.AUDITOR) else NOT_LOOKING


def is_time(batch: Any, _data: Mapping[str, Any]) -> Decision:
    """Nobody has taken it back in its ten minutes."""
    return ALLOWED if batch.performs_at <= clock.now() else IS_AHEAD
