"""What pages, REST and files show of attendance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dure.foundation import clock
from dure.learn.cohorts import holding, logs
from dure.learn.cohorts.counting import Worked
from dure.learn.cohorts.holding import Hours
from dure.learn.models import Attendance, ClassSession, Cohort, Place
from dure.people import api as people

COLUMNS = 10
"""So many sessions stand beside each other in the overview."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A person in a session: what holds, and what their work on the platform comes to where nothing does."""

    place: Place
    row: Attendance | None
    worked: Worked | None


def sheet(session: ClassSession, places: Sequence[Place]) -> list[SheetRow]:
    """The people of a session. Two queries."""
    held = holding.of_session(session, places)
    work = logs.worked(session, places)
    return [SheetRow(place, held.get(place.pk), work.get(place.pk)) for place in places]


def history(session: ClassSession, place: Place) -> QuerySet[Attendance]:
    """All that was ever written of a person in a session, the newest first."""
    return Attendance.objects.filter(session=session, place=place).select_related("by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the overview: their hours, and what holds in each of the sessions shown."""

    place: Place
    hours: Hours
    cells: list[Attendance | None]


def overview(
    cohort: Cohort, places: Sequence[Place], sessions: Sequence[ClassSession], shown: Sequence[ClassSession]
) -> list[Line]:
    """People by the sessions shown, with the hours of all `sessions`. Two queries."""
    hours = holding.hours_of(cohort, places, sessions=sessions)
    found = holding.rows().filter(session__in=list(shown), place__in=list(places))
    cells = {(row.place_id, row.session_id): row for row in found}
    return [
        Line(place, hours[place.pk], [cells.get((place.pk, session.pk)) for session in shown])
        for place in places
    ]


def columns(cohort: Cohort) -> QuerySet[ClassSession]:
    """Sessions that were not called off, the last one first."""
    return cohort.sessions.filter(called_off_at=None).order_by("-starts_at", "-pk")


def what_was_first(sessions: Sequence[ClassSession]) -> list[ClassSession]:
    """Of `columns`: those that have begun, the last one first, and then those ahead in their order."""
    now = clock.now()
    ahead = [one for one in sessions if one.starts_at > now]
    return [one for one in sessions if one.starts_at <= now] + ahead[::-1]


@dataclass(frozen=True, slots=True)
class Own:
    """A session as one's own page shows it."""

    session: ClassSession
    row: Attendance | None


def own(place: Place, sessions: Iterable[ClassSession]) -> list[Own]:
    """What holds of one person in these sessions. One query."""
    wanted = list(sessions)
    found = {row.session_id: row for row in holding.rows().filter(session__in=wanted, place=place)}
    return [Own(session, found.get(session.pk)) for session in wanted]


def of_organisation(places: QuerySet[Place], organisation: people.Organisation | None) -> QuerySet[Place]:
    """The people of one organisation; without one, all."""
    return places if organisation is None else places.filter(organisation=organisation)
