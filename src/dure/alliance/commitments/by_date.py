"""What deliveries and time do to commitments: they begin, are fulfilled, fall short. Running it twice changes nothing."""

from datetime import datetime
from typing import Final

from django.db import transaction

from dure.alliance.models import Commitment
from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

STEPS: Final = ("reopen", "deliver", "fulfil", "period_end")
"""In this order; several may be due at once."""


@on_clock("alliance.commitments_follow")
def follow_all(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Bring each commitment that is owed to where its deliveries and the day have brought it; returns how many moved.

    All are looked at: what is delivered is counted elsewhere, and a batch would never come to the last ones.
    """
    owed = Commitment.objects.filter(state__in=("confirmed", "delivering", "short"))
    return sum(follow(pk) for pk in list(owed.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def follow(pk: int) -> bool:
    """The same for one; whether it moved."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("agreement")
    commitment = rows.filter(pk=pk).first()
    if commitment is None:
        return False
    moved = False
    for step in STEPS:
        if workflow.decide(commitment, step, by=SYSTEM, data={}):
            commitment, moved = workflow.perform(commitment, step, by=SYSTEM), True
    return moved
