"""Pages of who works in a joint lab: the list, somebody with the checklist, entering people one by one and from a sheet."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.alliance.models import JointLab, Resident
from dure.alliance.residents import access, checklist, forms, importing, keeping, queries, rules
from dure.alliance.residents.pages import frame
from dure.engines.sheets import Cell
from dure.foundation import acting, audit
from dure.foundation.faults import Faulty
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in

COLUMNS: Final = ("name_ko", "name_en", "address", "employer", "project", "desk", "since", "until", "state")


@require_http_methods(["GET"])
def residents_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Those whom this person may read; `?q=`, `?employer=`, `?state=` leave some; `?as=` gives them as a file."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    asked = {name: request.GET.get(name, "") for name in ("q", "employer", "state")}
    rows = queries.residents(person, lab, **asked)
    if form := asked_for(request):
        audit.write(by=person, action="joint_lab.list_taken", obj=lab)
        return table(form, "residents", COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])
    context = frame(request, lab, "residents") | {
        "page": page_of(request, rows, per_page=50),
        "asked": asked,
        "employers": queries.employers(person, lab),
        "states": Resident.workflow.choices,
    }
    return render(request, "alliance/residents/residents.html", context)


def _cells(one: Resident) -> list[Cell]:
    person: Any = one.person
    named = [person.name_ko, person.name_en, person.email or ""] if person else ["", "", ""]
    project = str(one.project.uid) if one.project else ""
    days = [one.since.isoformat(), one.until.isoformat() if one.until else ""]
    return [*named, one.employer.slug, project, one.desk.name if one.desk else "", *days, one.state]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody who comes to work here."""
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    form = forms.ResidentForm(request.POST or None, person=person, lab=lab)
    made = done_with(form, lambda given: keeping.expect(lab, by=person, given=given))
    if made is not None:
        messages.success(request, _("Entered. The person was told; see to the checklist."))
        return redirect("alliance:resident", uid, made.uid)
    context = frame(request, lab, "residents") | {"form": form}
    return render(request, "alliance/residents/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Many at once from a spreadsheet: looked at first, then entered, all or nothing."""
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    seen, failed = None, False
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if form.cleaned_data["is_real"]:
                return _entered(request, lab, importing.enter(lab, by=person, stream=file.chunks()))
            seen = importing.look(lab, by=person, stream=file.chunks())
        except Faulty as faulty:
            failed = True
            seen = importing.Look([], 0, list(faulty.faults))
    failed = failed or bool(form.errors)
    context = frame(request, lab, "residents") | {"form": form, "seen": seen}
    return render(request, "alliance/residents/sheet.html", context, status=422 if failed else 200)


def _entered(request: HttpRequest, lab: JointLab, count: int) -> HttpResponse:
    said = ngettext("%(n)s person is entered.", "%(n)s people are entered.", count) % {"n": count}
    messages.success(request, said)
    return redirect("alliance:residents", lab.uid)


@require_http_methods(["GET", "POST"])
def resident_page(request: HttpRequest, uid: UUID, resident: UUID) -> HttpResponse:
    """Somebody's stay: moves, checklist, project and desk. A post says by its field what it changes."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    one = access.access_resident(person, lab, resident)
    form = None
    if request.method == "POST" and "action" in request.POST:
        taken = acting.take(request, one, forms.MOVE_FORMS, perform=keeping.act)
        messages.success(request, str(forms.DONE[taken.action]))
        return redirect("alliance:resident", uid, resident)
    if request.method == "POST" and ("give" in request.POST or "take" in request.POST):
        return _checked(request, lab, one)
    if request.method == "POST":
        form = _stay_form(person, lab, one, request.POST)
        if done_with(form, lambda given: keeping.change_stay(one, by=person, given=given)) is not None:
            messages.success(request, _("Saved."))
            return redirect("alliance:resident", uid, resident)
    return _show(request, lab, one, form)


def _stay_form(person: Any, lab: JointLab, one: Resident, said: Any = None) -> forms.StayForm:
    first = {"project": one.project, "desk": one.desk, "until": one.until}
    return forms.StayForm(said, person=person, lab=lab, own=one.desk_id, initial=first)


def _checked(request: HttpRequest, lab: JointLab, one: Resident) -> HttpResponse:
    """A line of the checklist is done, or taken back."""
    if "give" in request.POST:
        keeping.give(one, request.POST["give"], by=person_of(request))
    else:
        keeping.take_back(one, request.POST["take"], by=person_of(request))
    messages.success(request, _("Saved."))
    return redirect("alliance:resident", lab.uid, one.uid)


def _show(request: HttpRequest, lab: JointLab, one: Resident, form: Any) -> HttpResponse:
    person = person_of(request)
    keeps = bool(rules.keeps(person, lab))
    stays = one.state in ("expected", "working")
    context = frame(request, lab, "residents") | {
        "one": one,
        "lines": [(line, one.given.get(line.key)) for line in checklist.LINES],
        "offers": acting.offers_of(request, one, forms.MOVE_FORMS) if keeps else [],
        "stays": stays,
        "form": form or (_stay_form(person, lab, one) if keeps and stays else None),
        "reads_project": bool(one.project and forms.projects_for(person).filter(pk=one.project_id).exists()),
    }
    failed = form is not None and form.errors
    return render(request, "alliance/residents/resident.html", context, status=422 if failed else 200)
