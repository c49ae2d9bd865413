"""Pages for a list from a spreadsheet: what its columns are, a look at a file, entering it."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.imports import access, lines
from dure.alliance.imports.columns import choices_of, fields_of
from dure.alliance.imports.forms import ListFileForm
from dure.alliance.imports.table import Entry
from dure.alliance.ledger.sheets import table
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.pages import render, signed_in
from dure.people import api as people

MOST_SAID: Final = 200
MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file as the page explains it."""

    name: str
    label: str
    help: str
    is_needed: bool
    choices: str


@require_http_methods(["GET", "POST"])
def list_page(request: HttpRequest, code: str) -> HttpResponse:
    """A list of the alliance; its own page has the code for its name."""
    template = reverse("alliance:list_template", args=[code])
    return _page(request, access.access_list(code), back=reverse(f"alliance:{code}"), template=template)


@require_http_methods(["GET", "POST"])
def commitments_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What parties of an agreement pledge."""
    entry = access.access_commitments(signed_in(request), uid)
    template = reverse("alliance:commitments_template", args=[uid])
    back = reverse("alliance:commitments", args=[uid])
    return _page(request, entry, back=back, template=template)


@require_GET
def list_template(request: HttpRequest, code: str) -> HttpResponse:
    """All columns of a list."""
    return _template(request, access.access_list(code), code)


@require_GET
def commitments_template(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All columns of commitments."""
    entry = access.access_commitments(signed_in(request), uid)
    return _template(request, entry, "commitments")


def _template(request: HttpRequest, entry: Entry, name: str) -> HttpResponse:
    person = signed_in(request)
    demand(entry.may(person))
    return table("csv", f"dure-{name}", list(fields_of(entry, person)), [])


def _page(request: HttpRequest, entry: Entry, *, back: str, template: str) -> HttpResponse:
    person = signed_in(request)
    demand(entry.may(person))
    form = ListFileForm(request.POST or None, request.FILES or None)
    seen: lines.Look | None = None
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        seen, faults = _read(entry, form.cleaned_data, person)
        if seen is not None and not faults and not form.cleaned_data["dry"]:
            _say(request, len(seen.new))
            return redirect(back)
    context = {
        "entry": entry,
        "columns": _columns(entry, person),
        "form": form,
        "seen": seen,
        "shown": seen.new[:MOST_SHOWN] if seen else [],
        "faults": faults[:MOST_SAID],
        "back": back,
        "template": template,
    }
    status = 422 if faults or form.errors else 200
    return render(request, "alliance/imports/list.html", context, status=status)


def _read(entry: Entry, given: Any, person: people.Person) -> tuple[lines.Look | None, list[Any]]:
    try:
        seen = lines.enter(entry, given["file"].chunks(), by=person, is_real=not given["dry"])
    except Faulty as faulty:
        return None, faulty.faults
    return seen, seen.faults


def _say(request: HttpRequest, count: int) -> None:
    told = ngettext("%(n)s line was entered.", "%(n)s lines were entered.", count)
    messages.success(request, told % {"n": count})


def _columns(entry: Entry, person: people.Person) -> list[Column]:
    return [
        Column(name, str(one.label or name), str(one.help_text), one.required, choices_of(one))
        for name, one in fields_of(entry, person).items()
    ]
