"""Pages for openings from a spreadsheet: upload, look, take over."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.engines import openings as engine
from dure.engines.sheets import csv_bytes
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, render, signed_in
from dure.talent.models import Opening
from dure.talent.openings import importing, rules
from dure.talent.openings.forms_importing import ImportForm
from dure.talent.places import said

MOST_SAID: Final = 200
EXAMPLE: Final = {
    "kind": "internship",
    "title_ko": "비전 인턴",
    "title_en": "Intern, computer vision",
    "text_ko": "검사 사진에서 흠을 찾습니다.",
    "text_en": "Find flaws in pictures of parts.",
    "organisation": "",
    "seats": "2",
    "regions": "KR-11; 부산",
    "remote": "partly",
    "languages": "ko:B2; en:B1",
    "must_skills": "python-basics:2",
    "nice_skills": "data-leakage:1:0.5",
    "steps_ko": "서류 검토; 면접",
    "steps_en": "Review; Interview",
    "deadline": "2027-01-31",
}


@require_http_methods(["GET", "HEAD", "POST"])
def imports_page(request: HttpRequest) -> HttpResponse:
    """Upload a file, and what was uploaded before."""
    person = signed_in(request)
    demand(rules.may_offer_any(person))
    form = ImportForm(request.POST or None, request.FILES or None, person=person)
    found: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        file, home = form.cleaned_data["file"], form.cleaned_data["organisation"]
        try:
            kept = importing.upload(file, by=person, organisation=home, filename=file.name)
        except Faulty as faulty:
            found = faulty.faults
        else:
            return redirect("talent:opening_import", kept.uid)
    context = {"form": form, "faults": found, "page": page_of(request, importing.imports_of(person))}
    status = 422 if found or form.errors else 200
    return render(request, "talent/openings/imports.html", context, status=status)


@require_GET
def import_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What taking the file over would do, with all faults at once."""
    kept = importing.access_import(signed_in(request), uid)
    seen = importing.look(kept)
    rows = [
        (line, Opening.Kind(one.kind).label, said(one.title), one.seats, one.deadline)
        for line, one in seen.found.items()
    ]
    context = {
        "kept": kept,
        "faults": seen.faults[:MOST_SAID],
        "warnings": seen.warnings[:MOST_SAID],
        "page": page_of(request, rows, per_page=100),
    }
    return render(request, "talent/openings/import.html", context)


@require_POST
def take_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the drafts."""
    person = signed_in(request)
    kept = importing.access_import(person, uid)
    try:
        made = importing.take_over(kept, by=person)
    except Faulty:
        messages.error(request, _("Nothing was taken over: some rows are wrong now."))
        return redirect("talent:opening_import", uid)
    told = ngettext(
        "%(n)s draft stands here. Open each when it is ready.",
        "%(n)s drafts stand here. Open each when it is ready.",
        made,
    )
    messages.success(request, told % {"n": made})
    return redirect("/openings?mine=1")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """All columns with one example row."""
    demand(rules.may_offer_any(signed_in(request)))
    content = csv_bytes(list(engine.COLUMNS), [[EXAMPLE.get(name, "") for name in engine.COLUMNS]])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dure-openings.csv"'
    return response
