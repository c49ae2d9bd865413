"""Every form of date met in real bundles, as an instant in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final

from dure.problems.codabench.notes import Notes

_CLOCK: Final = (
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6})\d*)?)?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?(?:\d{2})?)?"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})" + _CLOCK, re.ASCII
)
_MONTH_FIRST: Final = re.compile(
    r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4})" + _CLOCK, re.ASCII
)


def read_date(value: Any, *, place: str, notes: Notes) -> datetime | None:
    """The instant a YAML value names, in UTC; None where there is none, with a fault where it cannot be read.

    A date, a timestamp with or without zone, and text in year-month-day or month-day-year order are read.
    Without a zone UTC is meant.
    """
    if value is None or (isinstance(value, str) and value.strip().lower() in ("", "null", "none")):
        return None
    try:
        moment = _moment(value, place=place, notes=notes)
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        notes.fault("date_invalid", place, value=str(value)[:60])
        return None


def _moment(value: Any, *, place: str, notes: Notes) -> datetime | None:
    if isinstance(value, datetime):
        return _of_timestamp(value, place=place, notes=notes)
    if isinstance(value, date):
        notes.warn("date_zone_assumed", place)
        return datetime.combine(value, time(), UTC)
    if isinstance(value, str):
        return _of_text(value.strip(), place=place, notes=notes)
    notes.fault("type_wrong", place, expected="date", found=type(value).__name__)
    return None


def _of_timestamp(value: datetime, *, place: str, notes: Notes) -> datetime:
    if value.time() != time():
        notes.warn("date_time_kept", place)
    if value.tzinfo is None:
        notes.warn("date_zone_assumed", place)
        return value.replace(tzinfo=UTC)
    return value


def _of_text(text: str, *, place: str, notes: Notes) -> datetime:
    match = _YEAR_FIRST.fullmatch(text)
    if match is None:
        match = _MONTH_FIRST.fullmatch(text)
        if match is None:
            raise ValueError(text)
        notes.warn("date_month_first", place, value=text)
    if match["zone"] is None:
        notes.warn("date_zone_assumed", place)
    return datetime(
        int(match["year"]),
        int(match["month"]),
        int(match["day"]),
        int(match["hour"] or 0),
        int(match["minute"] or 0),
        int(match["second"] or 0),
        int((match["fraction"] or "").ljust(6, "0")),
        tzinfo=_zone(match["zone"]),
    )


def _zone(written: str | None) -> timezone:
    if written in (None, "Z", "UTC"):
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
