"""Who was placed in a span of days, for the alliance's figures: rows, not numbers. Asks nobody: for books, not for pages."""

from datetime import date
from typing import Final

from django.db.models import QuerySet

from dure.talent.models import Application, Stay

SEATS: Final = ("job", "internship", "exchange", "secondment")
LEFT: Final = ("away", "returned", "completed", "broken_off")


def seats_taken(first: date, last: date) -> "QuerySet[Application]":
    """Seats that somebody accepted in the span and holds still. Those of intakes count as stays when they begin."""
    held = Application.objects.filter(
        state="accepted", state_since__date__gte=first, state_since__date__lte=last
    )
    return held.filter(opening__kind__in=SEATS, opening__intake_host=None)


def stays_begun(first: date, last: date) -> "QuerySet[Stay]":
    """Stays with a host that began in the span; placement into project teams counts with the projects."""
    begun = Stay.objects.filter(state__in=LEFT, starts_on__gte=first, starts_on__lte=last)
    return begun.exclude(intake__kind="team")
