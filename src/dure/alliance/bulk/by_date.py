"""What time does to bulk actions: those that nobody took back are carried out."""

from datetime import datetime

from dure.alliance.models import BulkBatch
from dure.alliance.projects.by_date import moved_each
from dure.foundation.clock import on_clock


@on_clock("alliance.bulk_perform")
def perform(now: datetime) -> int:
    """Those whose ten minutes are over; returns how many."""
    return moved_each(BulkBatch.objects.filter(state="waiting", performs_at__lte=now), "perform")
