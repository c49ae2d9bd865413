"""Working days: Monday to Friday without the public holidays of the country, where they are known."""

from datetime import date, timedelta
from typing import Final

from dure.engines.calendar.korea import public_holidays

ONE: Final = timedelta(days=1)
KOREA: Final = "KR"


def is_working_day(day: date, *, country: str = KOREA) -> bool:
    """Whether people work on this day. `country` is an ISO 3166 code; of other countries than Korea only weekends are known."""
    if day.weekday() > 4:
        return False
    return country != KOREA or day not in public_holidays(day.year)


def working_days_before(day: date, days: int, *, country: str = KOREA) -> date:
    """The working day that lies `days` (0 or more) working days before `day`; with 0 the day itself, whatever it is."""
    while days > 0:
        day -= ONE
        days -= is_working_day(day, country=country)
    return day
