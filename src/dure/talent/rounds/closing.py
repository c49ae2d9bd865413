"""What the clock does: rounds close at their deadline, and a closed one with all secrets is solved."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.faults import Faulty
from dure.talent.models import PlacementRound

log = logging.getLogger(__name__)


@clock.on_clock("talent.rounds")
def close_due(now: datetime) -> int:
    """Close what is due, and have solved what waits for it; returns how many closed. What lacks secrets stays as it is."""
    due = PlacementRound.objects.filter(state="open", rank_until__lte=now).order_by("pk")
    closed = sum(_close(found) for found in list(due))
    for found in PlacementRound.objects.filter(state="closed").order_by("pk"):
        have_solved(found)
    return closed


def _close(found: PlacementRound) -> bool:
    try:
        workflow.perform(found, "close", by=SYSTEM)
    except Denied:
        return False
    except Faulty:
        log.exception("round %s cannot be frozen", found.uid)
        return False
    return True


def have_solved(found: Any) -> None:
    """Put the work into the queue where every secret is there; what is queued already is not queued again."""
    from dure.talent import tasks  # noqa: PLC0415 - the app's tasks name this module's neighbours

    if found.state != "closed" or found.commitments.filter(secret="").exists():
        return
    name = f"placement:{found.uid}"
    try:
        with transaction.atomic():
            tasks.solve_round.configure(lock=name, queueing_lock=name).defer(uid=str(found.uid))
    except AlreadyEnqueued:
        return
