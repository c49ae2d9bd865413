"""Openings close by themselves at their deadline."""

from datetime import datetime

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.talent.models import Opening


@clock.on_clock("talent.openings")
def close_due(now: datetime) -> int:
    """Close what is open at or past its deadline; returns how many. Run twice it finds nothing more."""
    due = Opening.objects.filter(state="open", deadline__lte=now).order_by("deadline", "pk")
    return sum(_close(opening) for opening in due)


def _close(opening: Opening) -> bool:
    """False where a person was faster."""
    try:
        workflow.perform(opening, "run_out", by=SYSTEM)
    except Denied:
        return False
    return True
