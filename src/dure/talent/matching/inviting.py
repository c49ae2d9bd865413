"""Asking somebody to apply whose name one does not know, and the switch that takes the order out of a program's hands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, workflow
from dure.foundation.access import SYSTEM, Denied, Hidden, Refused, demand
from dure.people import api as people
from dure.talent.matching import candidates, rules, telling
from dure.talent.models import ApplyInvitation, HandOrder, Opening

AT_ONCE: Final = 200
ALREADY: Final = Refused("already_invited", _("This person was invited already. The answer is theirs."))
NO_REASON: Final = Refused("no_reason", _("Give a reason; it is kept in the audit trail."))


@transaction.atomic
def invite(opening: Opening, key: str, *, by: people.Person) -> ApplyInvitation:
    """Ask the person behind a key to apply. Raises Denied, and Hidden unless they are still to be found for this opening."""
    demand(rules.may_find(by, opening))
    found = candidates.standing(opening, reader=by, by_hand=True)
    if key not in found.persons:
        raise Hidden(key)
    person = found.persons[key]
    made, is_new = ApplyInvitation.objects.get_or_create(
        opening=opening, person=person, defaults={"by": by, "key": key, "sent_at": clock.now()}
    )
    if not is_new:
        raise Denied(ALREADY, conflict=True)
    audit.write(by=by, action="apply_invitation.sent", obj=made, detail={"opening": opening})
    telling.tell_invited(made)
    return made


def answer(
    invitation: ApplyInvitation, action: str, *, by: people.Person, data: Mapping[str, Any] | None = None
) -> ApplyInvitation:
    """Accept, which leads to the page where one applies, or decline. The organisation hears of neither. Raises Denied."""
    return workflow.perform(invitation, action, by=by, data=data)


@transaction.atomic
def order_by_hand(opening: Opening, *, by: people.Person, reason: str) -> HandOrder:
    """From now on no program orders people for this opening. Raises Denied."""
    demand(rules.may_order(by, opening))
    if not reason.strip():
        raise Denied(NO_REASON)
    made, _new = HandOrder.objects.update_or_create(
        opening=opening, defaults={"by": by, "reason": reason.strip(), "at": clock.now()}
    )
    audit.write(by=by, action="opening.ordered_by_hand", obj=opening, detail={"reason": made.reason})
    return made


@transaction.atomic
def order_by_program(opening: Opening, *, by: people.Person) -> None:
    """The score orders again. Raises Denied."""
    demand(rules.may_order(by, opening))
    HandOrder.objects.filter(opening=opening).delete()
    audit.write(by=by, action="opening.ordered_by_program", obj=opening)


def hand_order(opening: Opening) -> HandOrder | None:
    """Who took the order into their hands and why; None where the score orders."""
    return getattr(opening, "hand_order", None)


@clock.on_clock("talent.lapse_apply_invitations")
def lapse(now: datetime) -> int:
    """Invitations to what takes no applications any more run out; returns how many. Run twice it finds nothing more."""
    over = ~Q(opening__state="open") | Q(opening__deadline__lte=now)
    due = list(ApplyInvitation.objects.filter(over, state="sent").order_by("pk")[:AT_ONCE])
    for invitation in due:
        workflow.perform(invitation, "lapse", by=SYSTEM)
    return len(due)
