"""Roundtables in the calendars of who is invited, and each as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from dure.alliance.models import Roundtable, RoundtableGuest
from dure.learn import api as learn


def entries(person: Any, since: datetime) -> Iterator[learn.CalendarEntry]:
    """Announced roundtables that end after `since`, unless one has said that one does not come; one query."""
    mine = RoundtableGuest.objects.filter(person=person).exclude(answer="no").values("roundtable_id")
    rows = Roundtable.objects.filter(pk__in=mine, ends_at__gte=since, announced_at__isnull=False)
    for roundtable in rows.order_by("starts_at", "pk"):
        yield entry_of(roundtable)


def entry_of(roundtable: Roundtable) -> learn.CalendarEntry:
    """It in a calendar. A place that only guests read is in it: whoever gets it is asked before."""
    return learn.CalendarEntry(
        uid=roundtable.uid,
        title=roundtable.title,
        starts_at=roundtable.starts_at,
        ends_at=roundtable.ends_at,
        where=roundtable.place or roundtable.link,
        told=(roundtable.link,),
        changed_at=roundtable.changed_at,
        sequence=roundtable.revision,
        page=reverse("alliance:roundtable", args=[roundtable.uid]),
        is_cancelled=roundtable.state == "cancelled",
    )


def file_of(roundtable: Roundtable, site: str) -> bytes:
    """The roundtable alone, as a file that calendars read."""
    return learn.calendar_file([entry_of(roundtable)], site, name=roundtable.title)
