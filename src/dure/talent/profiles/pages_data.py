"""Pages of how long it is kept: keeping it longer, deleting it now, and receipts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.pages import page_of, render, signed_in
from dure.talent.models import DeletionReceipt
from dure.talent.profiles import access, leaving, queries, record, retention, words


@require_GET
def data_page(request: HttpRequest) -> HttpResponse:
    """Until when it is kept, what there is, and what was deleted."""
    person = signed_in(request)
    context = {
        "profile": record.of(person),
        "until": record.kept_until(),
        "page": page_of(request, queries.receipts(person)),
        "tab": "data",
    }
    return render(request, "talent/profiles/data.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    profile = retention.keep_longer(by=signed_in(request))
    messages.success(request, _("Kept until %(day)s.") % {"day": profile.keep_until.isoformat()})
    return redirect("talent:data")


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """All of it, now; the page asked before."""
    receipt = retention.delete(signed_in(request), why=retention.ASKED)
    if receipt is None:
        messages.info(request, _("There was nothing to delete."))
        return redirect("talent:data")
    messages.success(request, _("Deleted. This is your receipt."))
    return redirect("talent:receipt", receipt.uid)


@require_GET
def receipt_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    receipt = access.access_receipt(signed_in(request), uid)
    context = {
        "receipt": receipt,
        "rows": [(words.DELETED.get(name, name), count) for name, count in receipt.counts.items()],
        "why": words.REASONS.get(receipt.why, receipt.why),
        "tab": "data",
    }
    return render(request, "talent/profiles/receipt.html", context)


@require_GET
def receipt_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt as a file."""
    return file_of(access.access_receipt(signed_in(request), uid))


def file_of(receipt: DeletionReceipt) -> HttpResponse:
    said = {name: getattr(receipt, name) for name in ("uid", "why", "counts", "sha256", "at")}
    answer = HttpResponse(leaving.as_text(said), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deletion-receipt.json"'
    return answer
