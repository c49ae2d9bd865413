"""Working days and Korea's public holidays: dates in, dates out."""

from dure.engines.calendar.korea import KNOWN, public_holidays
from dure.engines.calendar.workdays import KOREA, is_working_day, working_days_before

__all__ = ["KNOWN", "KOREA", "is_working_day", "public_holidays", "working_days_before"]
