"""Who sees the desk: a pure decision."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

NOT_DESK = Refused("not_at_the_desk", _("The desk is for the secretariat and auditors."))


def may_look(person: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.AUDITOR) else NOT_DESK
