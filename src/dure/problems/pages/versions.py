"""Pages of a version of the solution: its manifest, its files, the owner's trial and defects."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.pages import person_of, render
from dure.problems import access_workrooms, forms_workrooms, rules_workrooms
from dure.problems.actions import workrooms
from dure.problems.models import Deliverable
from dure.problems.pages.workrooms import bar_of, keep_files

WORDS = ("title", "what", "run", "environment", "licence")


@require_POST
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin the next version, or go on with the one in preparation."""
    found = access_workrooms.access_room(person_of(request), uid)
    made = workrooms.start_version(by=person_of(request), room=found)
    return redirect("problems:version", uid=made.uid)


@require_GET
def version(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, _access(request, uid))


def _access(request: HttpRequest, uid: UUID) -> Deliverable:
    """A draft is the solvers' own until it is handed over; the others see that it is being made, in the room."""
    found = access_workrooms.access_part(person_of(request), Deliverable, uid)
    demand(rules_workrooms.may_read_files(person_of(request), found.workroom))
    return found


def show(
    request: HttpRequest,
    found: Deliverable,
    taken: acting.Taken | None = None,
    form: Any = None,
    wrong: Any = (),
) -> HttpResponse:
    person = person_of(request)
    writes = bool(rules_workrooms.solves(person, found)) and found.state == "draft"
    owns = bool(rules_workrooms.owns_room(person, found))
    context = {
        "version": found,
        "room": found.workroom,
        "problem": found.workroom.problem,
        "bar": bar_of(request, found, forms_workrooms.DELIVERABLE, taken),
        "files": list(found.files.filter(removed_at=None).select_related("blob")),
        "defects": list(found.defects.all()),
        "writes": writes,
        "form": _version_form(found, form) if writes else None,
        "defect_form": _defect_form(found, form) if owns else None,
        "file_faults": wrong,
    }
    bad = bool(taken or wrong or (form is not None and form.errors))
    return render(request, "problems/workroom/version.html", context, status=422 if bad else 200)


def _version_form(found: Deliverable, bound: Any) -> Any:
    if isinstance(bound, forms_workrooms.VersionForm):
        return bound
    return forms_workrooms.VersionForm(initial={name: getattr(found, name) for name in WORDS})


def _defect_form(found: Deliverable, bound: Any) -> Any:
    if isinstance(bound, forms_workrooms.DefectForm):
        return bound
    handed = found.state in ("delivered", "tried", "accepted")
    return forms_workrooms.DefectForm(auto_id="defect-new-%s") if handed else None


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = _access(request, uid)
    taken = acting.take(request, found, forms_workrooms.DELIVERABLE)
    return show(request, found, taken) if taken.form is not None else redirect("problems:version", uid=uid)


@require_POST
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the words of a version in preparation."""
    found = _access(request, uid)
    form = forms_workrooms.VersionForm(request.POST)
    if not form.is_valid():
        return show(request, found, form=form)
    workrooms.write_version(by=person_of(request), version=found, **form.cleaned_data)
    return redirect("problems:version", uid=uid)


@require_POST
def attach(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = _access(request, uid)
    wrong = keep_files(request, found.workroom, found)
    return show(request, found, wrong=wrong) if wrong else redirect("problems:version", uid=uid)


@require_POST
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The owner lists a defect."""
    found = _access(request, uid)
    form = forms_workrooms.DefectForm(request.POST, auto_id="defect-new-%s")
    if not form.is_valid():
        return show(request, found, form=form)
    workrooms.report_defect(by=person_of(request), version=found, **form.cleaned_data)
    return redirect("problems:version", uid=uid)


@require_GET
def manifest(request: HttpRequest, uid: UUID) -> JsonResponse:
    """What was handed over, as a file: names, hashes, how to run it."""
    found = _access(request, uid)
    answer = JsonResponse(
        found.manifest, json_dumps_params={"ensure_ascii": False, "indent": 2, "sort_keys": True}
    )
    answer["Content-Disposition"] = f'attachment; filename="manifest-v{found.number}.json"'
    return answer
