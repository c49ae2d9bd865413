"""Events in people's calendars: one as a file (RFC 5545), and those that somebody comes to in their own calendar."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from dure.alliance.meetings.visibility import WITH_SEAT
from dure.alliance.models import Meeting
from dure.foundation import i18n
from dure.learn import api as learn


def file_of(meeting: Meeting, site: str, *, link: str) -> bytes:
    """One event as a calendar file, with the link for who may read it ("" for others); the same gives the same bytes."""
    event = Event()
    page = urljoin(site, reverse("alliance:event", args=[meeting.uid]))
    event.add("uid", str(meeting.uid))
    event.add("summary", meeting.title)
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("location", _place(meeting) or link)
    event.add("description", "\n".join(line for line in (link, page) if line))
    event.add("url", page)
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    event.add("dtstamp", meeting.changed_at)
    event.add("sequence", _sequence(meeting))
    made = Calendar()
    made.add("prodid", "-//Dure//Events//KO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def _place(meeting: Any) -> str:
    return i18n.localized(meeting, "place")


def entries(person: Any, since: datetime) -> Iterator[learn.CalendarEntry]:
    """Events that end after `since` and to which this person comes; one query."""
    mine = Meeting.objects.filter(
        registrations__person_id=person.pk, registrations__state__in=WITH_SEAT, ends_at__gte=since
    )
    for meeting in mine.exclude(state="cancelled").order_by("starts_at", "pk"):
        yield learn.CalendarEntry(
            uid=meeting.uid,
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            where=_place(meeting) or meeting.link,
            told=(meeting.link,),
            changed_at=meeting.changed_at,
            sequence=_sequence(meeting),
            page=reverse("alliance:event", args=[meeting.uid]),
        )


def _sequence(meeting: Meeting) -> int:
    """Being called off is one more change."""
    return meeting.revision + (meeting.state == "cancelled")


def _local(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())
