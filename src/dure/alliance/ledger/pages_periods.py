"""Pages of quarters: all of them, and what closing one closes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dure.alliance.ledger import access, forms, queries, sheets
from dure.alliance.ledger.words import unit_words
from dure.alliance.models import LedgerPeriod, LedgerTransaction
from dure.foundation import acting
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def periods_page(request: HttpRequest) -> HttpResponse:
    """All quarters in which something stands."""
    access.demand_overseer(signed_in(request))
    rows = queries.quarters()
    if form := sheets.asked_for(request):
        cells = [[one.name, one.state, f"{one.closed_at or ''}"] for one in rows]
        return sheets.table(form, "ledger-quarters", ("quarter", "state", "closed_at"), cells)
    return render(request, "alliance/ledger/periods.html", {"page": page_of(request, rows)})


@require_GET
def period_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_period(person_of(request), uid))


def show(request: HttpRequest, period: LedgerPeriod, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a closing whose form needs attention."""
    offers = acting.offers_of(request, period, {})
    found = queries.preview(period)
    context = {
        "period": period,
        "preview": found,
        "sources": [(LedgerTransaction.Source(key).label, number) for key, number in found.sources],
        "units": [(unit_words(unit), gave, used) for unit, gave, used in found.units],
        "offers": offers,
        "forms": acting.forms_for(period, offers, forms.PERIOD_FORMS, taken),
    }
    return render(request, "alliance/ledger/period.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close it."""
    period = access.access_period(signed_in(request), uid)
    taken = acting.take(request, period, forms.PERIOD_FORMS)
    if taken.form is not None:
        return show(request, period, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:ledger_period", uid)
