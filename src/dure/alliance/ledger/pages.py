"""Pages of the ledger: the alliance's, and a member's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from dure.alliance.ledger import access, queries, sheets, shown, visibility
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def ledger_page(request: HttpRequest) -> HttpResponse:
    """All members, for the secretariat and the auditor; whoever belongs to one is led to its account."""
    person = signed_in(request)
    if not visibility.oversees(person):
        return _own(request)
    quarter = queries.chosen(request.GET.get("quarter", ""))
    report = shown.alliance(quarter)
    if form := sheets.asked_for(request):
        return sheets.sent(form, "ledger", report.lines)
    context = {
        "page": page_of(request, report.lines),
        "report": report,
        "quarters": queries.quarters(),
        "quarter": quarter.name if quarter else "",
        "tab": "report",
    }
    return render(request, "alliance/ledger/ledger.html", context)


def _own(request: HttpRequest) -> HttpResponse:
    """The accounts that one may read; a single one at once."""
    page = page_of(request, queries.accounts(person_of(request)))
    if page.paginator.count == 1:
        return redirect("alliance:ledger_account", page.object_list[0].slug)
    return render(request, "alliance/ledger/accounts.html", {"page": page})


@require_GET
def account_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What one member gave and used."""
    organisation = access.access_account(person_of(request), slug)
    report = shown.account(organisation)
    if form := sheets.asked_for(request):
        return sheets.sent(form, f"ledger-{organisation.slug}", report.lines)
    context = {"organisation": organisation, "report": report, "page": page_of(request, report.lines)}
    return render(request, "alliance/ledger/account.html", context)
