"""What time does to residents: whose last day has passed leaves."""

from datetime import datetime
from typing import Final

from django.db import transaction

from dure.alliance.models import Resident
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

BATCH: Final = 200


@on_clock("alliance.residents_leave")
def leave(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Those whose last day is over; returns how many."""
    over = Resident.objects.filter(state="working", until__lt=clock.today()).order_by("pk")
    return sum(_left(pk) for pk in list(over.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _left(pk: int) -> bool:
    """One of them, asked again under its lock."""
    found = Resident.objects.select_for_update(of=("self",)).filter(pk=pk, state="working").first()
    if found is None or found.until is None or found.until >= clock.today():
        return False
    workflow.perform(found, "leave", by=SYSTEM)
    return True
