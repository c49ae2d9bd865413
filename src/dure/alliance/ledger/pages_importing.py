"""Pages for facts from a spreadsheet: upload, look, take over."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.ledger import forms, importing, periods, rules, sheets
from dure.alliance.ledger.words import unit_words
from dure.engines import ledger as engine
from dure.engines.ledger import Posting
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, render, signed_in

MOST_SAID: Final = 200
EXAMPLE: Final = (
    "2026-117",
    "2026-10-05",
    "sample-university",
    "pool",
    "person_day",
    "40",
    "파견 연구원 2명",
)


@require_http_methods(["GET", "HEAD", "POST"])
def imports_page(request: HttpRequest) -> HttpResponse:
    """Upload a file, and what was uploaded before."""
    person = signed_in(request)
    page = page_of(request, importing.imports_for(person))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    found: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = importing.upload(file, by=person, filename=file.name)
        except Faulty as faulty:
            found = faulty.faults
        else:
            return redirect("alliance:ledger_import", kept.uid)
    context = {"form": form, "faults": found, "page": page}
    status = 422 if found or form.errors else 200
    return render(request, "alliance/ledger/imports.html", context, status=status)


@require_GET
def import_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What taking the file over would do, with all faults at once."""
    kept = importing.access_import(signed_in(request), uid)
    seen = importing.look(kept)
    context = {
        "kept": kept,
        "faults": seen.faults[:MOST_SAID],
        "new": len(seen.new),
        "known": len(seen.known),
        "page": page_of(request, [_row(line, fact, seen) for line, fact in seen.facts.items()], per_page=100),
    }
    return render(request, "alliance/ledger/import.html", context)


def _row(line: int, fact: Posting, seen: importing.Look) -> dict[str, Any]:
    """A line as the preview shows it."""
    given, used = fact.legs[0], fact.legs[-1]
    return {
        "line": line,
        "reference": fact.key,
        "day": periods.day_of(fact.at),
        "giver": given.account,
        "user": used.account,
        "unit": unit_words(given.unit),
        "quantity": given.quantity,
        "is_known": line in seen.known,
    }


@require_POST
def take_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter what is new."""
    person = signed_in(request)
    kept = importing.access_import(person, uid)
    try:
        made = importing.take_over(kept, by=person)
    except Faulty:
        messages.error(request, _("Nothing was entered: some rows are wrong now."))
    else:
        told = ngettext("%(n)s fact of this file was new.", "%(n)s facts of this file were new.", made)
        messages.success(request, told % {"n": made})
    return redirect("alliance:ledger_import", uid)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """All columns with one example row."""
    demand(rules.keeps_ledger(signed_in(request), None))
    return sheets.table("csv", "dure-ledger", list(engine.COLUMNS), [list(EXAMPLE)])
