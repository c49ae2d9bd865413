"""The desk as a page: my own to-dos, what waits for whom, what is due."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.alliance.desk import queries, rules, table
from dure.alliance.ledger import sheets
from dure.engines.sheets import Cell
from dure.foundation import clock, waiting
from dure.foundation.access import demand
from dure.foundation.notices import Todo
from dure.foundation.pages import page_of, render, signed_in

WAIT_COLUMNS = ("kind", "title", "waits_for", "state", "since", "days", "url")
DUE_COLUMNS = ("kind", "title", "whose", "due_on", "days_late", "url")


def asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")


@require_GET
def desk_page(request: HttpRequest) -> HttpResponse:
    """`?kind=` and `?whom=` leave some of what waits; with `?as=` a file."""
    person = signed_in(request)
    demand(rules.may_look(person))
    kind, whom = asked(request, "kind"), asked(request, "whom")
    rows = queries.waits(person, kind=kind, whom=whom)
    if form := sheets.asked_for(request):
        found = [queries.wait_of(row) for row in rows[: sheets.MOST_ROWS + 1]]
        return sheets.table(form, "waiting", WAIT_COLUMNS, [_wait_cells(one) for one in found])
    page: Any = page_of(request, rows)
    context = {
        "todos": mine(person),
        "summary": queries.summary(person),
        "page": page,
        "waits": [queries.wait_of(row) for row in page.object_list],
        "kind": kind,
        "whom": whom,
        "late": [queries.due_of(row) for row in queries.due(person, days=0, late=True)[:6]],
        "tab": "waiting",
    }
    return render(request, "alliance/desk/desk.html", context)


def mine(person: Any) -> list[Todo]:
    """What waits for this person, the soonest due first; all of it stands on the first page."""
    found = list(waiting.todos(person))
    dated = sorted((one for one in found if one.due), key=lambda one: one.due or clock.now())
    return [*dated, *(one for one in found if not one.due)][:10]


def _wait_cells(one: queries.Wait) -> list[Cell]:
    since = one.since.date().isoformat()
    return [one.label, one.title, one.whom_words, one.state_label, since, one.days, one.url]


@require_GET
def due_page(request: HttpRequest) -> HttpResponse:
    """`?days=30` or 90, `?kind=`, `?late=1` only what is late; with `?as=` a file."""
    person = signed_in(request)
    demand(rules.may_look(person))
    days = 90 if request.GET.get("days") == "90" else 30
    kind, late = asked(request, "kind"), request.GET.get("late") == "1"
    rows = queries.due(person, days=days, kind=kind, late=late)
    if form := sheets.asked_for(request):
        found = [queries.due_of(row) for row in rows[: sheets.MOST_ROWS + 1]]
        return sheets.table(form, "due", DUE_COLUMNS, [_due_cells(one) for one in found])
    page: Any = page_of(request, rows)
    context = {
        "page": page,
        "dues": [queries.due_of(row) for row in page.object_list],
        "kinds": [(one.kind, str(one.label)) for one in table.dues().values()],
        "days": days,
        "spans": queries.SPANS,
        "kind": kind,
        "late": late,
        "tab": "due",
    }
    return render(request, "alliance/desk/due.html", context)


def _due_cells(one: queries.DueThing) -> list[Cell]:
    return [one.label, one.title, one.who, one.day.isoformat(), one.days_late, one.url]
