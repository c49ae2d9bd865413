"""Bringing a Codabench bundle in: upload, look at all it would create, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of, render
from dure.problems.actions import bundles
from dure.problems.forms_import import ImportForm


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The upload; a file that was read leads to its own page."""
    person = person_of(request)
    demand(bundles.may_import(person))
    faults: list[Fault] = []
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is not None:
                seen = bundles.look(by=person, stream=upload)
                return redirect("problems:import_look", seen.sha256)
            faults = [Fault("no_file")]
        except Faulty as faulty:
            faults = faulty.faults
    return render(request, "problems/import/start.html", {"faults": faults}, status=422 if faults else 200)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, sha256: str) -> HttpResponse:
    """The dry run of exactly this file, and its import."""
    person = person_of(request)
    seen = bundles.look_again(by=person, sha256=sha256)
    bundle = seen.report.bundle
    form = (
        ImportForm(request.POST or None, person=person, bundle=bundle) if bundle and not seen.known else None
    )
    faults: list[Fault] = []
    refused: Refused | None = None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = bundles.import_bundle(by=person, sha256=sha256, wish=form.wish())
        except Faulty as faulty:
            faults = faulty.faults
        except Denied as denied:
            refused = denied.refused
        else:
            messages.success(request, _("Imported as a draft. Its scoring program was kept and not run."))
            return redirect("problems:challenge", made.slug)
    shown = {"seen": seen, "report": seen.report, "form": form, "faults": faults, "refused": refused}
    bad = bool(faults or refused or (form is not None and form.is_bound))
    return render(request, "problems/import/look.html", shown, status=422 if bad else 200)
