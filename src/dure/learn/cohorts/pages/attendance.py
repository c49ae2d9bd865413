"""Pages of attendance: a session's table, the overview of a cohort, and one's own."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation import faults
from dure.foundation.access import Denied, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import access, attendance_files, forms_attendance, holding, rules, rules_sessions
from dure.learn.cohorts import queries_attendance as queries
from dure.learn.cohorts.pages.frame import frame
from dure.learn.cohorts.writing_attendance import write
from dure.learn.models import Cohort, Place

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def sheet_page(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """Everybody in a session: what holds, what the platform saw, and what the coach writes; all at once."""
    person = signed_in(request)
    found = access.access_session(person, uid, session)
    cohort = found.cohort
    demand(rules.may_read_roster(person, cohort))
    page = page_of(request, holding.roster(cohort), per_page=PER_PAGE)
    rows = queries.sheet(found, list(page.object_list))
    wrong: list[Fault] = []
    if request.method == "POST":
        entries, wrong = forms_attendance.entries_of(request.POST, rows)
        if not wrong:
            try:
                count = write(by=person, session=found, entries=entries)
            except Faulty as faulty:
                wrong = list(faulty.faults)
            else:
                said = ngettext("%(n)s entry is written.", "%(n)s entries are written.", count)
                messages.success(request, said % {"n": count})
                return redirect(f"{request.path}?page={page.number}")
    context = frame(request, cohort, "attendance")
    context |= {
        "session": found,
        "page": page,
        "rows": [_shown(request, row, wrong) for row in rows],
        "statuses": forms_attendance.statuses(),
        "rest": request.POST.get("rest", ""),
        "faults": _named(wrong, rows),
        "may_write": rules_sessions.is_on(found) if context["leads"] else rules.NOT_LEAD,
    }
    return render(request, "learn/cohort/sheet.html", context, status=422 if wrong else 200)


def _shown(request: HttpRequest, row: queries.SheetRow, wrong: Sequence[Fault]) -> Mapping[str, Any]:
    """A row with what was typed into it, and what is wrong there."""
    said = [faults.sentence(one) for one in wrong if one.place == str(row.place.uid)]
    return {"of": row, "typed": forms_attendance.filled(request.POST, row), "wrong": said}


def _named(wrong: Sequence[Fault], rows: Sequence[queries.SheetRow]) -> list[Fault]:
    """Faults at the names of people, for the list above the table."""
    names = {str(row.place.uid): row.place.person.name for row in rows}
    return [Fault(one.code, one.params, place=names.get(one.place or "", one.place)) for one in wrong]


@require_GET
def attendance_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For who leads the cohort, everybody; for a sponsor's representative, their people; for a learner, their own."""
    person, wanted = signed_in(request), request.GET.get("organisation", "")
    if wanted:
        cohort, organisation = access.access_sponsored(person, uid, wanted)
        return _totals(request, cohort, organisation)
    cohort = access.access_cohort(person, uid)
    if rules.may_read_roster(person, cohort):
        return _overview(request, cohort)
    place = access.place_of(person, cohort)
    if place is None or not rules.takes_part(place):
        raise Denied(rules.NOT_READER)
    return _own(request, cohort, place)


def _overview(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    page = page_of(request, holding.roster(cohort), per_page=PER_PAGE)
    sessions = list(queries.columns(cohort))
    part = Paginator(sessions, queries.COLUMNS).get_page(request.GET.get("sessions"))
    shown = list(reversed(part.object_list))
    context = frame(request, cohort, "attendance") | {
        "page": page,
        "part": part,
        "shown": shown,
        "lines": queries.overview(cohort, list(page.object_list), sessions, shown),
    }
    return render(request, "learn/cohort/attendance.html", context)


def _totals(request: HttpRequest, cohort: Cohort, organisation: Any) -> HttpResponse:
    """Hours of one organisation's people."""
    found = queries.of_organisation(holding.roster(cohort), organisation)
    page = page_of(request, found, per_page=PER_PAGE)
    context = frame(request, cohort, "attendance") | {
        "organisation": organisation,
        "page": page,
        "lines": queries.overview(cohort, list(page.object_list), list(queries.columns(cohort)), []),
    }
    return render(request, "learn/cohort/attendance_totals.html", context)


def _own(request: HttpRequest, cohort: Cohort, place: Place) -> HttpResponse:
    sessions = list(queries.columns(cohort))
    page = page_of(request, queries.what_was_first(sessions), per_page=PER_PAGE)
    context = frame(request, cohort, "attendance") | {
        "page": page,
        "hours": holding.hours_of(cohort, [place], sessions=sessions)[place.pk],
        "rows": queries.own(place, page.object_list),
    }
    return render(request, "learn/cohort/my_attendance.html", context)


@require_GET
def export(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file for public training schemes."""
    return exported(request, uid)


def exported(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What page and REST answer: `form`, `language` and `organisation` stand in the address."""
    person, wanted = signed_in(request), request.GET.get("organisation", "")
    organisation, own_only = None, False
    if wanted:
        cohort, organisation = access.access_sponsored(person, uid, wanted)
        own_only = not rules.may_read_roster(person, cohort)
    else:
        cohort = access.access_roster(person, uid)
    form, language = request.GET.get("form", "sessions"), request.GET.get("language", "")
    return attendance_files.answer(
        cohort, form=form, language=language, organisation=organisation, own_only=own_only
    )
