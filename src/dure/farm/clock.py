"""What time does on the farm."""

from datetime import datetime

from dure.farm.usage.closing import close_hours
from dure.farm.usage.of_runs import LocalAccounting
from dure.foundation.clock import on_clock


@on_clock("farm.usage")
def close_usage_hours(now: datetime) -> int:
    """Enter the usage of every hour that is over; returns how many hours."""
    return close_hours(LocalAccounting(), now)
