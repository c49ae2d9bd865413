"""Figures of a year that events bring: how many were held, who had registered, who was there."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.meetings.workflows import SEATED
from dure.alliance.models import Meeting, MeetingRegistration

HELD: Final = ("held", "closed")
KINDS: Final = dict(Meeting.Kind.choices)


def register() -> None:
    """Called once when the app is ready."""
    zone = timezone.get_default_timezone()
    for figure in (_events(zone), _registered(zone), _attended(zone)):
        table.declare(figure)


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    """The first moment of a span of days and the one after it, as the platform's zone has them."""
    zone = timezone.get_default_timezone()
    return datetime.combine(first, time(0), zone), datetime.combine(last + timedelta(days=1), time(0), zone)


def _held(first: date, last: date) -> "QuerySet[Meeting]":
    begin, after = _between(first, last)
    return Meeting.objects.filter(state__in=HELD, starts_at__gte=begin, starts_at__lt=after)


def _places(first: date, last: date, *states: str) -> "QuerySet[MeetingRegistration]":
    """Who was deleted since still counts; who waited in vain does not."""
    held = _held(first, last).order_by().values("pk")
    return MeetingRegistration.objects.filter(meeting__in=held, state__in=states)


def _events(zone: Any) -> Figure:
    return Figure(
        code="events",
        order=70,
        label=_("Events held"),
        definition=_(
            "Seminars, workshops, talks, demo days and job fairs that began in the year and were held. The "
            "field is the kind of event; the host decides on region and size."
        ),
        rows=_held,
        day=TruncDate("starts_at", tzinfo=zone),
        organisation=F("host_id"),
        field=F("kind"),
        fields=KINDS,
        seen=table.visible,
        title_ko=F("title_ko"),
        title_en=F("title_en"),
        ref=F("uid"),
        url="/events/%s",
    )


def _of_people(zone: Any) -> dict[str, Any]:
    return {
        "day": TruncDate("meeting__starts_at", tzinfo=zone),
        "organisation": F("meeting__host_id"),
        "field": F("meeting__kind"),
        "fields": KINDS,
    }


def _registered(zone: Any) -> Figure:
    return Figure(
        code="event_seats",
        order=71,
        label=_("Seats taken at events"),
        definition=_(
            "Registrations with a seat for the events that were held in the year, whether or not the person "
            "came. Who registered for two events counts twice; who waited in vain does not count. The field "
            "is the kind of event; the host decides on region and size."
        ),
        rows=lambda first, last: _places(first, last, *SEATED),
        **_of_people(zone),
    )


def _attended(zone: Any) -> Figure:
    return Figure(
        code="event_visits",
        order=72,
        label=_("Visits to events"),
        definition=_(
            "Registrations of people who were checked in at the events held in the year. Who was at two "
            "events counts twice. The field is the kind of event; the host decides on region and size."
        ),
        rows=lambda first, last: _places(first, last, "attended"),
        **_of_people(zone),
    )
