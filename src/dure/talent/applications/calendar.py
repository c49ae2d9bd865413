"""Interviews in people's calendars: of who applied, and of who meets them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.learn import api as learn
from dure.talent.models import InterviewSlot
from dure.talent.openings.visibility import managed_q


def entries(person: Any, since: datetime) -> Iterator[learn.CalendarEntry]:
    """Interviews that end after `since`; one query. The organisation's side reads the pseudonym unless a name was given."""
    for slot in _slots(person, since):
        application: Any = slot.taken_by
        own = application.person_id == person.pk
        yield learn.CalendarEntry(
            uid=slot.uid,
            title=_("Interview: %(name)s") % {"name": slot.opening.title},
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            where=slot.place or slot.link,
            told=(slot.link, "" if own else application.shown_name),
            changed_at=slot.changed_at,
            sequence=slot.revision,
            page=reverse("talent:application", args=[application.uid]),
        )


def _slots(person: Any, since: datetime) -> "QuerySet[InterviewSlot]":
    sides = Q(taken_by__person_id=person.pk) | managed_q(person, prefix="opening__") & ~Q(taken_by=None)
    rows = InterviewSlot.objects.filter(sides, ends_at__gte=since)
    return rows.select_related("opening", "taken_by__person")
