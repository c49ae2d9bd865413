"""The secretariat's spreadsheet: upload, look, apply."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.engines.sheets import csv_bytes, workbook_bytes
from dure.foundation import pages
from dure.foundation.access import Hidden, demand
from dure.foundation.faults import Fault, Faulty
from dure.people import forms, rules
from dure.people.actions import imports
from dure.people.imports.columns import EXAMPLE, HEADINGS, heading
from dure.people.signed_in import signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    rows = imports.all_imports(person)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    found: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = imports.upload_import(file, by=person, filename=file.name)
        except Faulty as error:
            found = error.faults
        else:
            return redirect("people:import", upload.uid)
    context = {"form": form, "rows": pages.page_of(request, rows), "faults": found}
    return pages.render(request, "people/imports.html", context, status=422 if found else 200)


@require_GET
def import_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The dry run: every row's fate, and all errors at once."""
    person = signed_in(request)
    upload = imports.access_import(person, uid)
    plan = imports.dry_run(upload, by=person)
    context = {
        "upload": upload,
        "plan": plan,
        "faults": plan.faults[:200],
        "rows": pages.page_of(request, plan.rows, per_page=100),
    }
    return pages.render(request, "people/import.html", context)


@require_POST
def import_apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    upload = imports.access_import(person, uid)
    try:
        plan = imports.apply_import(upload, by=person)
    except Faulty:
        messages.error(request, _("Nothing was applied: some rows are wrong now."))
        return redirect("people:import", uid)
    messages.success(
        request,
        _("Applied: %(create)s rows made, %(update)s changed, %(unchanged)s as they were.") % plan.counts,
    )
    return redirect("people:imports")


@require_GET
def import_template(request: HttpRequest, form: str) -> HttpResponse:
    """An empty table with the right headings and one example row, as XLSX or CSV."""
    demand(rules.only_secretariat(pages.person_of(request)))
    if form not in ("csv", "xlsx"):
        raise Hidden(form)
    headings, example = [heading(field) for field in HEADINGS], list(EXAMPLE.values())
    if form == "xlsx":
        response = HttpResponse(workbook_bytes(headings, [example]), content_type=XLSX)
    else:
        response = HttpResponse(csv_bytes(headings, [example]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dure-members.{form}"'
    return response
