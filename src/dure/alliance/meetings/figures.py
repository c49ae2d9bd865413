"""How many events a year had, and how many people: for the year's figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone

from dure.alliance.models import Meeting

HELD: Final = ("held", "closed")


@dataclass(frozen=True, slots=True)
class EventFigures:
    """Events of one kind ("" for all) that were held, who had registered for them, and who was there."""

    kind: str
    held: int
    registered: int
    attended: int


def events_of_year(year: int) -> tuple[EventFigures, ...]:
    """A line for each kind that was held in this year (as the platform's zone has it), and one for all, last. One query.

    Who waited in vain is not counted as registered; who was deleted since still counts.
    """
    zone = timezone.get_default_timezone()
    first, after = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows = Meeting.objects.filter(state__in=HELD, starts_at__gte=first, starts_at__lt=after)
    counted = rows.values("kind").annotate(
        held=Count("pk", distinct=True),
        registered=Count("registrations", filter=Q(registrations__state__in=("registered", "attended"))),
        attended=Count("registrations", filter=Q(registrations__state="attended")),
    )
    lines = [EventFigures(**one) for one in counted.order_by("kind")]
    whole = EventFigures("", *(sum(getattr(one, name) for one in lines) for name in COUNTS))
    return (*lines, whole)


COUNTS: Final = ("held", "registered", "attended")
