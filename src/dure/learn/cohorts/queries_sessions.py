"""What pages and REST show of sessions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from dure.foundation import clock
from dure.learn.models import ClassSession, Cohort


@dataclass(frozen=True, slots=True)
class Row:
    """A session with the title of its unit ("" without one), and whether it is over, on now, or ahead."""

    session: ClassSession
    unit: str
    when: str


def sessions_of(cohort: Cohort, *, past: bool | None = None) -> QuerySet[ClassSession]:
    """Sessions with their rooms: those ahead and on now, the next one first; or those that are over, the last one first."""
    rows = ClassSession.objects.filter(cohort=cohort).select_related("room__organisation")
    if past is None:
        return rows
    now = clock.now()
    return (
        rows.filter(ends_at__lt=now).order_by("-starts_at", "-pk") if past else rows.filter(ends_at__gte=now)
    )


def rows_of(cohort: Cohort, found: Iterable[ClassSession]) -> list[Row]:
    """What is shown of each."""
    language = str(get_language() or "ko")
    titles = {unit.id: unit.title.within(language) for unit in cohort.version.taught.units}
    return [Row(one, titles.get(one.unit, ""), when_of(one)) for one in found]


def when_of(session: ClassSession) -> str:
    now = clock.now()
    if session.called_off_at is not None:
        return "off"
    return "over" if session.ends_at < now else "on" if session.starts_at <= now else "ahead"
