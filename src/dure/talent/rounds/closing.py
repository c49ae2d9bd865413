"""What the clock does: rounds close at their deadline, and a closed one with all secrets is solved."""

import logging
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.faults import Faulty
from dure.talent.models import PlacementRound
from dure.talent.rounds import telling

MOST_SAID: Final = 20
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
    except Denied as denied:
        _say_stuck(found, [[denied.refused.reason, ""]])
        return False
    except Faulty as faulty:
        log.exception("round %s cannot be frozen", found.uid)
        _say_stuck(
            found,
            [[fault.code, (fault.place or "").partition(":")[0]] for fault in faulty.faults[:MOST_SAID]],
        )
        return False
    return True


@transaction.atomic
def _say_stuck(found: PlacementRound, why: list[list[str]]) -> None:
    """Keep why it could not be closed, for its page, and tell who runs it once. A round that moved meanwhile is left alone."""
    rows = PlacementRound.objects.select_for_update(of=("self",)).filter(pk=found.pk, state="open")
    locked = rows.exclude(stuck=why).first()
    if locked is not None:
        locked.stuck = why
        locked.save(update_fields=["stuck"])
        telling.tell_stuck(locked)


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
