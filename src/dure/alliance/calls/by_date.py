"""What time does to calls: they close at their deadline."""

from datetime import datetime

from dure.alliance.models import ResearchCall
from dure.alliance.projects.by_date import moved_each
from dure.foundation.clock import on_clock


@on_clock("alliance.calls_close")
def close(now: datetime) -> int:
    """Calls whose deadline has come; returns how many closed."""
    return moved_each(ResearchCall.objects.filter(state="open", closes_at__lte=now), "close")
