"""The annual report as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from dure.alliance.projects import figures, reporting
from dure.engines import documents
from dure.foundation import clock, i18n
from dure.foundation.pages import render, signed_in


@require_GET
def report_page(request: HttpRequest) -> HttpResponse:
    """`?year=` and `?language=`; with `?form=pdf` or `hwpx` a file."""
    person, this = signed_in(request), clock.today().year
    year = reporting.year_of(request.GET.get("year", ""), this)
    language = asked_language(request.GET.get("language", ""))
    made = reporting.document_of(person, year, language)
    if request.GET.get("form") in reporting.WRITERS:
        return as_file(made, request.GET["form"], year)
    first = figures.first_year(person) or this
    context: dict[str, Any] = {
        "year": year,
        "years": [one for one in (year - 1, year + 1) if first <= one <= this],
        "report": mark_safe(documents.to_html(made, level=2)),  # noqa: S308 - the engine escapes all text
    }
    return render(request, "alliance/projects/report.html", context)


def asked_language(word: str) -> reporting.Language:
    """The language in a word; the reader's for any other."""
    return "ko" if word == "ko" or (word != "en" and i18n.is_korean()) else "en"


def as_file(made: documents.Document, form: str, year: int) -> HttpResponse:
    writer, kind = reporting.WRITERS[form]
    name = f"research-{year}.{made.language}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(writer(made), content_type=kind, headers=headers)
