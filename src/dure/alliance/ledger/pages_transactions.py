"""Pages of transactions: those of an account, one of them, and taking one back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.alliance.ledger import access, forms, periods, posting, queries, rules, sheets, tracing
from dure.alliance.ledger.words import unit_words
from dure.alliance.models import LedgerEntry, LedgerTransaction
from dure.engines.sheets import Cell
from dure.foundation.access import demand
from dure.foundation.pages import page_of, person_of, render, signed_in

COLUMNS = ("transaction", "day", "quarter", "source", "what", "side", "unit", "quantity")


@require_GET
def transactions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that an account's figures are made of, the newest first."""
    organisation = access.access_account(person_of(request), slug)
    quarter = queries.chosen(request.GET.get("quarter", ""))
    rows = queries.legs_of(organisation, quarter)
    if form := sheets.asked_for(request):
        cells = [cells_of(leg) for leg in rows[: sheets.MOST_ROWS + 1]]
        return sheets.table(form, f"ledger-transactions-{organisation.slug}", COLUMNS, cells)
    page: Any = page_of(request, rows)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(leg, leg.transaction, unit_words(leg.unit)) for leg in page.object_list],
        "quarters": queries.quarters(),
        "quarter": quarter.name if quarter else "",
    }
    return render(request, "alliance/ledger/transactions.html", context)


def cells_of(leg: LedgerEntry) -> list[Cell]:
    """A leg as a file gives it."""
    of = leg.transaction
    day = periods.day_of(of.occurred_at)
    words = [str(of.uid), f"{day:%Y-%m-%d}", leg.period.name, of.source, of.what, leg.side, leg.unit]
    return [*words, float(leg.quantity)]


@require_GET
def transaction_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_transaction(person_of(request), uid))


def show(
    request: HttpRequest, posted: LedgerTransaction, form: forms.ReverseForm | None = None
) -> HttpResponse:
    """Its page; `form` is a correction that needs attention."""
    person = person_of(request)
    context = {
        "posted": posted,
        "legs": tracing.legs_seen(person, posted),
        "source_url": tracing.source_url(person, posted),
        "reference": tracing.reference_of(person, posted),
        "commitment": tracing.commitment_of(person, posted),
        "reversal": tracing.reversal_of(posted),
        "keeps": bool(rules.keeps_ledger(person, None)),
        "may_reverse": rules.may_reverse(person, posted),
        "form": form or forms.ReverseForm(),
    }
    return render(request, "alliance/ledger/transaction.html", context, status=422 if form else 200)


@require_POST
def reverse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back by another transaction."""
    person = signed_in(request)
    posted = access.access_transaction(person, uid)
    demand(rules.may_reverse(person, posted))
    form = forms.ReverseForm(request.POST)
    if not form.is_valid():
        return show(request, posted, form)
    made = posting.reverse(posted, by=person, reason=form.cleaned_data["reason"])
    messages.success(request, _("Taken back. This transaction does it, and counts in the quarter of today."))
    return redirect("alliance:ledger_transaction", made.uid)
