"""What time does to scouting: the names of people who have no account here are kept for two years."""

from datetime import datetime, timedelta
from typing import Final

from dure.alliance.models import ScoutingMeeting
from dure.foundation import clock
from dure.foundation.clock import on_clock

KEPT: Final = timedelta(days=730)


@on_clock("alliance.scouting_forgets")
def forget_contacts(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Names of whom was met two years ago or earlier go; what was said stays. Returns of how many meetings."""
    past = ScoutingMeeting.objects.filter(met_on__lte=clock.today() - KEPT).exclude(contacts="")
    return past.update(contacts="")
