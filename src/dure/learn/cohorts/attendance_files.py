"""Attendance as a table for public training schemes: Korean or English columns, and no text that runs as a formula.

`sessions` has a line for each person and session that took place or is planned, `totals` one for each person.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.engines.sheets import Cell, csv_bytes
from dure.foundation.access import Hidden
from dure.foundation.i18n import localized
from dure.learn.cohorts import holding
from dure.learn.cohorts import queries_attendance as queries
from dure.learn.models import Attendance, ClassSession, Cohort, Place
from dure.people import api as people

FORMS: Final = ("sessions", "totals")
LANGUAGES: Final = ("ko", "en")


def answer(
    cohort: Cohort, *, form: str, language: str, organisation: people.Organisation | None, own_only: bool
) -> HttpResponse:
    """An attachment. `own_only` is for a representative: only people of `organisation`, and no reasons. Raises Hidden."""
    if form not in FORMS or (language and language not in LANGUAGES):
        raise Hidden(form)
    places = list(queries.of_organisation(holding.recorded(cohort), organisation))
    with translation.override(language or translation.get_language() or "ko"):
        written = (
            _totals(cohort, places) if form == "totals" else _sessions(cohort, places, told=not own_only)
        )
    response = HttpResponse(written, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="attendance-{form}-{cohort.uid}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _totals(cohort: Cohort, places: Sequence[Place]) -> bytes:
    headings = [
        _("Name"),
        _("Organisation"),
        _("State"),
        _("Minutes attended"),
        _("Hours attended"),
        _("Minutes that took place"),
        _("Attendance, %"),
        _("Asked, %"),
        _("Enough"),
    ]
    hours = holding.hours_of(cohort, places)
    return csv_bytes(headings, (_total(place, hours[place.pk]) for place in places))


def _total(place: Place, hours: holding.Hours) -> list[Cell]:
    return [
        place.person.name,
        _organisation(place),
        str(place.state_label),
        hours.minutes,
        round(hours.minutes / 60, 2),
        hours.held,
        hours.percent,
        hours.asked,
        _("yes") if hours.is_enough else _("no"),
    ]


def _sessions(cohort: Cohort, places: Sequence[Place], *, told: bool) -> bytes:
    headings = [
        _("Day"),
        _("Session"),
        _("How people meet"),
        _("Starts"),
        _("Ends"),
        _("Counted minutes"),
        _("Name"),
        _("Organisation"),
        pgettext("to a session", "Came"),
        pgettext("a session", "Left"),
        _("Attendance"),
        _("Minutes attended"),
        _("Found by"),
        *([_("Reason")] if told else []),
    ]
    return csv_bytes(headings, _lines(cohort, places, told=told))


def _lines(cohort: Cohort, places: Sequence[Place], *, told: bool) -> Iterator[list[Cell]]:
    sessions = list(cohort.sessions.filter(called_off_at=None))
    held = {
        (row.session_id, row.place_id): row
        for row in holding.rows().filter(session__in=sessions, place__in=places)
    }
    for session in sessions:
        first = _of_session(session)
        for place in places:
            row = held.get((session.pk, place.pk))
            yield [*first, place.person.name, _organisation(place), *_of_row(row, told=told)]


def _of_session(session: ClassSession) -> list[Cell]:
    starts, ends = _local(session.starts_at), _local(session.ends_at)
    kind = str(session.get_kind_display())
    return [
        f"{starts:%Y-%m-%d}",
        localized(session, "title"),
        kind,
        f"{starts:%H:%M}",
        f"{ends:%H:%M}",
        session.minutes,
    ]


def _of_row(row: Attendance | None, *, told: bool) -> list[Cell]:
    """Empty cells where nothing is written."""
    if row is None:
        return [""] * (6 if told else 5)
    cells: list[Cell] = [
        _moment(row.entered_at),
        _moment(row.left_at),
        str(row.get_status_display()),
        row.minutes,
        str(row.get_way_display()),
    ]
    return [*cells, row.reason] if told else cells


def _organisation(place: Place) -> str:
    return place.organisation.name if place.organisation else ""


def _local(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())


def _moment(at: datetime | None) -> str:
    return f"{_local(at):%H:%M}" if at else ""
