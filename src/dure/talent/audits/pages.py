"""Pages of reports: the list, one of them, having one made, and its files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.access import Hidden
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.audits import access, asking, printing, queries, record, showing, tabling, words
from dure.talent.models import AuditReport


@require_GET
def reports_page(request: HttpRequest) -> HttpResponse:
    """Reports that this person may read, the newest first."""
    person = signed_in(request)
    context = {
        "page": page_of(request, queries.listed(person)),
        "may_ask": bool(asking.may_ask(person)),
        "waiting": queries.unaudited(person),
    }
    return render(request, "talent/audits/list.html", context)


@require_GET
def report_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The verdict first, then what it rests on."""
    found = access.access_report(person_of(request), uid)
    kept = record.read(bytes(found.record))
    context = {
        "report": found,
        "verdict": words.verdict(kept.report.verdict),
        "meaning": words.meaning(kept.report.verdict),
        "tag": words.TAGS[kept.report.verdict],
        "tables": showing.tables(kept),
        "exposures": showing.exposures(kept),
        "calibrations": showing.calibrations(kept),
        "predictions": words.predictions(kept.predictions) if kept.predictions else "",
        "predicted": words.PREDICTED,
        "minimum": kept.report.minimum,
        "method": words.METHOD,
        "address": queries.address_of(found),
    }
    return render(request, "talent/audits/report.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have a report made of what the form names."""
    person = signed_in(request)
    kind, uid = request.POST.get("kind", ""), _uid(request.POST.get("about", ""))
    asking.ask(kind, uid, by=person)
    messages.success(request, _("The report is being made. You are told when it is there."))
    return redirect("talent:audits")


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Hidden(text) from error


@require_GET
def report_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All tables in one, in the language of `?language=` or the reader's."""
    found = access.access_report(person_of(request), uid)
    with _language(request):
        return attached(tabling.csv_of(record.read(bytes(found.record))), found, "csv")


@require_GET
def report_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report on paper, in the language of `?language=` or the reader's."""
    found = access.access_report(person_of(request), uid)
    with _language(request):
        return attached(printing.pdf_of(found, record.read(bytes(found.record))), found, "pdf")


@require_GET
def report_record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file whose hash the page shows, byte for byte."""
    found = access.access_report(person_of(request), uid)
    return attached(bytes(found.record), found, "json")


def _language(request: HttpRequest) -> Any:
    asked = request.GET.get("language", "")
    return translation.override(asked if asked in ("ko", "en") else translation.get_language())


TYPES = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}


def attached(content: bytes, found: AuditReport, ending: str) -> HttpResponse:
    """A download that no browser opens as a page of ours."""
    headers = {
        "Content-Disposition": f'attachment; filename="audit-{found.sha256[:12]}.{ending}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=TYPES[ending], headers=headers)
