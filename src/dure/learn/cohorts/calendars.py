"""A person's calendar: its secret address, and what stands in it (RFC 5545)."""

import hmac
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urljoin
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dure.foundation import audit, clock
from dure.foundation.access import Hidden
from dure.foundation.i18n import localized
from dure.learn.cohorts.calendar_sources import CalendarEntry, entries_for
from dure.learn.cohorts.visibility import WITH_PLACE
from dure.learn.models import CalendarFeed, ClassSession, Cohort, DueDate, Place
from dure.people import api as people

KEPT: Final = timedelta(days=180)
MOST: Final = 2000
HOURLY: Final = timedelta(hours=1)
SHOWN: Final = ("open", "running", "over", "cancelled")


def site_of(request: HttpRequest) -> str:
    """Where people and programs reach us: as the operator says, else as this one did."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def address_of(feed: CalendarFeed, site: str) -> str:
    """The secret address: whoever has it reads the calendar."""
    return urljoin(site, reverse("learn:calendar", args=[token_of(feed)]))


def token_of(feed: CalendarFeed) -> str:
    """Who it is of, and the proof that we made it; nothing of it is kept but the nonce."""
    who = feed.person.uid.hex
    return f"{who}{salted_hmac('dure.calendar', f'{who}:{feed.nonce}', algorithm='sha256').hexdigest()}"


def feed_of(person: people.Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).select_related("person").first()


@transaction.atomic
def renew(person: people.Person) -> CalendarFeed:
    """Make the address, or another one: the one before leads nowhere from now on."""
    made = {"nonce": secrets.token_hex(16), "made_at": clock.now(), "read_at": None}
    feed, _fresh = CalendarFeed.objects.update_or_create(person=person, defaults=made)
    audit.write(by=person, action="calendar.renewed", obj=person)
    return feed


def access_feed(token: str) -> CalendarFeed:
    """The calendar with this secret address. Raises Hidden for every other one, always the same."""
    try:
        who = UUID(hex=token[:32])
    except ValueError:
        raise Hidden from None
    feed = CalendarFeed.objects.select_related("person").filter(person__uid=who, person__is_active=True)
    found = feed.first()
    if found is None or not hmac.compare_digest(token_of(found).encode(), token.encode()):
        raise Hidden
    return found


def read(feed: CalendarFeed, site: str) -> bytes:
    """The calendar as a file, in the person's language. That it was read is noted once an hour."""
    now = clock.now()
    if feed.read_at is None or feed.read_at < now - HOURLY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    with translation.override(feed.person.language):
        written: bytes = calendar_of(feed.person, site).to_ical()
    return written


def calendar_of(person: people.Person, site: str) -> Calendar:
    """What is ahead and what was in the last half year; the same rows always give the same text.

    Four queries, and one or two for each source of another app.
    """
    made = _empty(_("Dure: my cohorts"))
    made.add("x-published-ttl", "PT1H")
    places = {place.cohort_id: place for place in Place.objects.filter(person=person, state__in=WITH_PLACE)}
    cohorts = _cohorts(person, list(places))
    return _filled(made, (*_sessions(cohorts), *_due_dates(cohorts, places), *_others(person)), site)


def file_of(entries: Iterable[CalendarEntry], site: str, *, name: str) -> bytes:
    """Entries of another app as a file of their own."""
    written: bytes = _filled(_empty(name), map(_entry, entries), site).to_ical()
    return written


def _empty(name: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Dure//Calendar//KO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    return made


def _filled(made: Calendar, events: Iterable[tuple[Event, str]], site: str) -> Calendar:
    """With these events, each with the path of its page."""
    for event, page in events:
        event.add("url", urljoin(site, page))
        made.add_component(event)
    made.add_missing_timezones()
    return made


def _cohorts(person: people.Person, placed: list[int]) -> QuerySet[Cohort]:
    mine = Q(pk__in=placed) | Q(
        pk__in=Cohort.coaches.through.objects.filter(person=person).values("cohort_id")
    )
    return Cohort.objects.filter(mine, state__in=SHOWN)


def _sessions(cohorts: QuerySet[Cohort]) -> Iterator[tuple[Event, str]]:
    """Each with the path of its page."""
    since = clock.now() - KEPT
    rows = ClassSession.objects.filter(cohort__in=cohorts, ends_at__gte=since)
    for session in rows.select_related("cohort__version", "room")[:MOST]:
        yield _session(session), reverse("learn:session", args=[session.cohort.uid, session.uid])


def _session(session: ClassSession) -> Event:
    cohort = session.cohort
    where = f"{session.room.name}, {session.room.address}" if session.room else session.link
    told = [localized(cohort, "name"), _unit_title(cohort, session.unit), session.link]
    event = Event()
    event.add("uid", str(session.uid))
    event.add("summary", localized(session, "title"))
    event.add("dtstart", _local(session.starts_at))
    event.add("dtend", _local(session.ends_at))
    event.add("location", where)
    event.add("status", "CANCELLED" if session.called_off_at else "CONFIRMED")
    return _common(event, told, changed_at=session.changed_at, sequence=session.revision)


def _due_dates(cohorts: QuerySet[Cohort], places: dict[int, Place]) -> Iterator[tuple[Event, str]]:
    """When units are due, for this person: their own extension is in it."""
    rows = DueDate.objects.filter(cohort__in=cohorts.exclude(state="cancelled"), cohort_id__in=list(places))
    for due in rows.select_related("cohort__course", "cohort__version")[:MOST]:
        page = reverse("learn:unit", args=[due.cohort.course.slug, due.unit])
        yield _due(due, timedelta(days=places[due.cohort_id].extension_days)), page


def _due(due: DueDate, extension: timedelta) -> Event:
    cohort, title = due.cohort, _unit_title(due.cohort, due.unit)
    event = Event()
    event.add("uid", str(uuid5(cohort.uid, f"due/{due.unit}")))
    event.add("summary", _("Due: %(unit)s") % {"unit": title or due.unit})
    event.add("dtstart", _local(due.due_at + extension))
    event.add("duration", timedelta(0))
    event.add("transp", "TRANSPARENT")
    return _common(event, [localized(cohort, "name")], changed_at=cohort.created_at, sequence=0)


def _others(person: people.Person) -> Iterator[tuple[Event, str]]:
    """What other apps put in, as interviews."""
    for entry in entries_for(person, clock.now() - KEPT):
        yield _entry(entry)


def _entry(entry: CalendarEntry) -> tuple[Event, str]:
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("summary", entry.title)
    for name, at in (("dtstart", entry.starts_at), ("dtend", entry.ends_at)):
        event.add(name, at.date() if entry.is_day else _local(at))
    if entry.is_day:
        event.add("transp", "TRANSPARENT")
    event.add("location", entry.where)
    event.add("last-modified", entry.changed_at)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return _common(event, list(entry.told), changed_at=entry.changed_at, sequence=entry.sequence), entry.page


def _common(event: Event, told: list[str], *, changed_at: datetime, sequence: int) -> Event:
    event.add("description", "\n".join(line for line in told if line))
    event.add("dtstamp", changed_at)
    event.add("sequence", sequence)
    return event


def _unit_title(cohort: Cohort, unit: str) -> str:
    found: Any = cohort.version.taught.unit(unit) if unit else None
    return str(found.title.within(translation.get_language() or "ko")) if found else ""


def _local(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())
