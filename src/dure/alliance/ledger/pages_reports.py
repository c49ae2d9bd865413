"""Pages of reports and what they rest on: the table of values, who uses whose accelerators, pledges not yet delivered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.commitments.queries import standing
from dure.alliance.ledger import access, compared, forms, queries, rules, sheets, valuing, visibility
from dure.alliance.ledger.words import unit_words
from dure.engines.faults import Faulty
from dure.engines.sheets import Cell
from dure.foundation.access import demand
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in

PLEDGES = ("donor", "beneficiary", "kind", "what", "unit", "pledged", "delivered", "left", "ends_on", "state")


@require_http_methods(["GET", "HEAD", "POST"])
def values_page(request: HttpRequest) -> HttpResponse:
    """What units are worth, by date; whoever is signed in reads it, the secretariat adds to it."""
    person = signed_in(request)
    rows = queries.value_lines()
    if form := sheets.asked_for(request):
        cells: list[list[Cell]] = [[one.unit, f"{one.valid_from}", float(one.points)] for one in rows]
        return sheets.table(form, "ledger-values", ("unit", "valid_from", "points"), cells)
    keeps = rules.keeps_ledger(person, None)
    filled = forms.ValueForm(request.POST or None)
    if request.method == "POST":
        demand(keeps)
    if request.method == "POST" and filled.is_valid():
        try:
            valuing.set_value(by=person, **filled.cleaned_data)
        except Faulty as faulty:
            show_faults(filled, faulty)
        else:
            messages.success(request, _("Saved. Reports count with it from that quarter on."))
            return redirect("alliance:ledger_values")
    page: Any = page_of(request, rows)
    context = {
        "page": page,
        "rows": [(one, unit_words(one.unit)) for one in page.object_list],
        "keeps": bool(keeps),
        "form": filled,
        "tab": "values",
    }
    return render(request, "alliance/ledger/values.html", context, status=422 if filled.errors else 200)


@require_GET
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Who uses whose accelerators, of one type in hours or all in points; for the secretariat and the auditor."""
    access.demand_overseer(signed_in(request))
    quarter = queries.chosen(request.GET.get("quarter", ""))
    found = compared.matrix(quarter, request.GET.get("unit", ""))
    if form := sheets.asked_for(request):
        return sheets.table(form, "ledger-matrix", ("giver", "user", found.unit or "points"), found.cells)
    context = {
        "found": found,
        "units": [(unit, unit_words(unit)) for unit in found.units],
        "unvalued": [unit_words(unit) for unit in sorted(found.unvalued)],
        "quarters": queries.quarters(),
        "quarter": quarter.name if quarter else "",
        "tab": "matrix",
    }
    return render(request, "alliance/ledger/matrix.html", context)


@require_GET
def pledges_page(request: HttpRequest) -> HttpResponse:
    """What was promised and not yet delivered, as far as one may read the agreements."""
    person = signed_in(request)
    rows = queries.unused(person)
    if form := sheets.asked_for(request):
        return sheets.table(form, "ledger-pledges", PLEDGES, compared.pledge_cells(list(rows)))
    page: Any = page_of(request, rows)
    context = {
        "page": page,
        "rows": [(one, one.commitment.quantity - one.delivered) for one in standing(list(page.object_list))],
        "oversees": visibility.oversees(person),
        "tab": "pledges",
    }
    return render(request, "alliance/ledger/pledges.html", context)
