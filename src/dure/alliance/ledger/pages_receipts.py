"""Pages of receipts: all that one may read, one of them, and entering one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.ledger import access, forms, queries, receipts, rules, sheets, tracing
from dure.alliance.models import LedgerReceipt, LedgerTransaction
from dure.engines.faults import Faulty
from dure.engines.sheets import Cell
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people

COLUMNS = ("reference", "day", "giver", "receiver", "unit", "quantity", "what", "state")


@require_GET
def receipts_page(request: HttpRequest) -> HttpResponse:
    """What was entered by hand for one's organisations."""
    person = signed_in(request)
    stage = request.GET.get("stage", "")
    rows = queries.receipts(person, stage)
    if form := sheets.asked_for(request):
        return sheets.table(form, "ledger-receipts", COLUMNS, [cells_of(one) for one in rows])
    may_enter = people.may_speak_for_any(person, rules.NOT_GIVER)
    context = {"page": page_of(request, rows), "stage": stage, "may_enter": bool(may_enter)}
    context["keeps"] = bool(rules.keeps_ledger(person, None))
    return render(request, "alliance/ledger/receipts.html", context)


def cells_of(one: LedgerReceipt) -> list[Cell]:
    """A receipt as a file gives it; the pool and what is outside have no short name."""
    giver, receiver = (side.slug if side else "" for side in (one.giver, one.receiver))
    return [
        one.reference,
        f"{one.happened_on}",
        giver,
        receiver,
        one.unit,
        float(one.quantity),
        one.what,
        one.state,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter one."""
    person = signed_in(request)
    demand(people.may_speak_for_any(person, rules.NOT_GIVER))
    form = forms.ReceiptForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = receipts.enter(receipts.Given(**form.cleaned_data), by=person)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            waits = _("Entered. It stands in the ledger once the receiver confirms it.")
            messages.success(request, str(forms.DONE["confirm"]) if made.state == "confirmed" else waits)
            return redirect("alliance:ledger_receipt", made.uid)
    return render(
        request, "alliance/ledger/receipt_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
def receipt_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_receipt(person_of(request), uid))


def show(request: HttpRequest, receipt: LedgerReceipt, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    offers = acting.offers_of(request, receipt, forms.RECEIPT_FORMS)
    key = f"{receipts.PREFIX}{receipt.uid}"
    context = {
        "receipt": receipt,
        "commitment": tracing.commitment_of(person_of(request), receipt),
        "posted": LedgerTransaction.objects.filter(source="hand", source_id=key).first(),
        "offers": offers,
        "forms": acting.forms_for(receipt, offers, forms.RECEIPT_FORMS, taken),
    }
    return render(request, "alliance/ledger/receipt.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm, decline, withdraw."""
    receipt = access.access_receipt(signed_in(request), uid)
    taken = acting.take(request, receipt, forms.RECEIPT_FORMS, perform=receipts.act)
    if taken.form is not None:
        return show(request, receipt, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:ledger_receipt", uid)
