"""Labs in lessons: running cells, checking, handing in, and the part of the page that follows them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from dure.engines import courses
from dure.foundation.access import Denied, Hidden, Refused
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import render, signed_in
from dure.learn import access, notebooks
from dure.learn.cohorts import due
from dure.learn.labs import asking
from dure.learn.models import Enrolment, LabAttempt
from dure.learn.queries import labs as queries

KINDS = {"check": LabAttempt.Kind.CHECK, "hand_in": LabAttempt.Kind.HAND_IN}


def _unit(enrolment: Enrolment, name: str) -> courses.Unit:
    unit = enrolment.version.taught.unit(name)
    if unit is None or unit.lab is None:
        raise Hidden(name)
    return unit


def _cells(request: HttpRequest) -> list[str]:
    """The code cells in their order, as the form or the script of the page sends them."""
    return [str(one).replace("\r\n", "\n") for one in request.POST.getlist("cell")]


@require_POST
def work(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """What the buttons of a lab do: save, run up to a cell, check, hand in, begin anew."""
    person = signed_in(request)
    enrolment = access.access_enrolment(person, slug)
    found = _unit(enrolment, unit)
    action, _colon, number = request.POST.get("do", "save").partition(":")
    cells = _cells(request)
    try:
        if action == "run":
            return _run(request, enrolment, found, cells, number)
        if action == "reset":
            asking.save(
                by=person, enrolment=enrolment, unit=unit, cells=queries.stub_cells(_lab(found), _language())
            )
            return _back(request, enrolment, found)
        if action in KINDS:
            asking.ask(by=person, enrolment=enrolment, unit=unit, cells=cells, kind=KINDS[action])
            return _results(request, enrolment, found)
        asking.save(by=person, enrolment=enrolment, unit=unit, cells=cells)
    except Faulty as faulty:
        return _results(request, enrolment, found, faults=faulty.faults)
    except Denied as denied:
        return _results(request, enrolment, found, refused=denied.refused)
    return HttpResponse(status=204) if request.headers.get("HX-Request") else _back(request, enrolment, found)


def _language() -> str:
    return str(get_language() or "ko")


def _lab(unit: courses.Unit) -> courses.Lab:
    assert unit.lab is not None  # noqa: S101 - _unit has looked
    return unit.lab


def _back(request: HttpRequest, enrolment: Enrolment, unit: courses.Unit) -> HttpResponse:
    """To the lab on its page; htmx is told to load it anew."""
    address = f"{reverse('learn:unit', args=[enrolment.course.slug, unit.id])}#lab"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(address)


def _run(
    request: HttpRequest, enrolment: Enrolment, unit: courses.Unit, cells: Sequence[str], number: str
) -> HttpResponse:
    upto = int(number) if number.isdecimal() and int(number) < len(cells) else len(cells) - 1
    run = asking.run(by=signed_in(request), enrolment=enrolment, unit=unit.id, cells=cells, upto=upto)
    if not request.headers.get("HX-Request"):
        return redirect("learn:output", uid=run.job)
    return render(request, "learn/course/output.html", {"output": queries.output_of(run)})


@require_GET
def output(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a run of one's own cells has printed so far."""
    run = access.access_cells(signed_in(request), uid)
    part = request.headers.get("HX-Request")
    template = "learn/course/output.html" if part else "learn/course/output_page.html"
    return render(
        request, template, {"output": queries.output_of(run), "course": run.enrolment.course, "tab": "unit"}
    )


@require_GET
def results(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The part of the page that shows attempts, for the page that waits for them."""
    enrolment = access.access_enrolment(signed_in(request), slug)
    found = _unit(enrolment, unit)
    if not request.headers.get("HX-Request"):
        return _back(request, enrolment, found)
    return _results(request, enrolment, found)


def _results(
    request: HttpRequest,
    enrolment: Enrolment,
    unit: courses.Unit,
    *,
    faults: Sequence[Fault] = (),
    refused: Refused | None = None,
) -> HttpResponse:
    status = 422 if faults else 403 if refused else 200
    if not request.headers.get("HX-Request") and status == 200:
        return _back(request, enrolment, unit)
    deadlines = due.deadlines_of(enrolment)
    date = due.said(deadlines.dates.get(unit.id))
    context: dict[str, Any] = {
        "lab": queries.lab_of(enrolment, unit, _language(), date),
        "course": enrolment.course,
        "unit_id": unit.id,
        "deadlines": deadlines,
        "faults": faults,
        "refused": refused,
        "tab": "unit",
    }
    return render(request, "learn/course/results_part.html", context, status=status)


@require_GET
def notebook(request: HttpRequest, slug: str, unit: str) -> FileResponse:
    """The lab as a notebook with one's own code in it."""
    enrolment = access.access_enrolment(signed_in(request), slug)
    found = _unit(enrolment, unit)
    return notebooks.download(queries.lab_of(enrolment, found, _language()), name=f"{slug}-{unit}")


@require_POST
def upload(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """A notebook worked on elsewhere: its code cells become the lab's, to be checked and handed in here."""
    person = signed_in(request)
    enrolment = access.access_enrolment(person, slug)
    found = _unit(enrolment, unit)
    given = request.FILES.get("file")
    if given is None:
        return _results(request, enrolment, found, faults=[Fault("no_file")])
    try:
        asking.save(by=person, enrolment=enrolment, unit=unit, cells=notebooks.code_cells(given))
    except Faulty as faulty:
        return _results(request, enrolment, found, faults=faulty.faults)
    return _back(request, enrolment, found)
