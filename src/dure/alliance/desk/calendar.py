"""Due dates in people's calendars: their own, and all of the alliance for whoever oversees it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from dure.alliance.desk import queries
from dure.foundation.models import AuditEntry
from dure.learn import api as learn

AHEAD: Final = 400
MOST: Final = 1000
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
SPACE: Final = UUID("7b0c7f0e-6d0a-5a43-9a0c-0f5a5c1d9e21")
"""Under this the entry of a thing has its uid: the same in each reading, another for each kind of day."""


def entries(person: Any, since: datetime) -> Iterator[learn.CalendarEntry]:
    """What is due from `since` on, as whole days; two queries."""
    found = [queries.due_of(row) for row in queries.due(person, days=AHEAD, since=since.date())[:MOST]]
    changes = _changes(one.uid for one in found) if found else {}
    for one in found:
        yield _entry(one, *changes.get(one.uid, (0, LONG_AGO)))


def _changes(uids: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """How often each thing was changed and when last, as the trail says: what only ever grows can number an entry's versions."""
    rows = AuditEntry.objects.filter(uid__in={*uids}).order_by().values_list("uid")
    return {str(uid): (count, last) for uid, count, last in rows.annotate(n=Count("pk"), last=Max("at"))}


def _entry(one: queries.DueThing, sequence: int, changed_at: datetime) -> learn.CalendarEntry:
    first = datetime.combine(one.day, time(0), UTC)
    return learn.CalendarEntry(
        uid=uuid5(SPACE, f"{one.kind}/{one.uid}"),
        title=_("Due: %(kind)s: %(name)s") % {"kind": one.label, "name": one.title},
        starts_at=first,
        ends_at=first + timedelta(days=1),
        where="",
        told=(one.who,),
        changed_at=changed_at,
        sequence=sequence,
        page=one.url,
        is_day=True,
    )
