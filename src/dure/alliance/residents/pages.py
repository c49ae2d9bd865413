"""Pages of joint labs: the list, one of them, its rooms and desks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.models import JointLab
from dure.alliance.residents import access, forms, keeping, queries, rules
from dure.foundation import clock
from dure.foundation.access import demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def labs_page(request: HttpRequest) -> HttpResponse:
    """Those that this person may know of."""
    person = signed_in(request)
    context = {"page": page_of(request, queries.labs(person)), "may_make": bool(rules.may_make(person))}
    return render(request, "alliance/residents/labs.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A joint lab."""
    person = signed_in(request)
    demand(rules.may_make(person))
    form = forms.LabForm(request.POST or None, person=person)
    made = done_with(form, lambda given: keeping.make(by=person, given=given))
    if made is not None:
        return _back(request, "alliance:joint_lab", made.uid)
    context = {"form": form, "lab": None}
    return render(request, "alliance/residents/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its name, address, and who looks after it."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    demand(rules.may_make(person))
    form = forms.LabForm(request.POST or None, person=person, initial=forms.said_of(lab))
    if done_with(form, lambda given: keeping.change(lab, by=person, given=given)) is not None:
        return _back(request, "alliance:joint_lab", uid)
    context = {"form": form, "lab": lab}
    return render(request, "alliance/residents/edit.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, name: str, *where: Any) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, *where)


def frame(request: HttpRequest, lab: JointLab, tab: str = "overview") -> dict[str, Any]:
    """What every page of a lab needs."""
    person = person_of(request)
    return {
        "lab": lab,
        "tab": tab,
        "keeps": bool(rules.keeps(person, lab)),
        "may_make": bool(rules.may_make(person)),
    }


@require_GET
def lab_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How full it is, whose people work there as far as the reader may know, and what the reader booked."""
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    context = frame(request, lab) | {
        "occupancy": queries.occupancy(lab, queries.monday_of(clock.today())),
        "employers": queries.employers(person, lab),
        "mine": queries.mine(person, lab, clock.now())[:10],
    }
    return render(request, "alliance/residents/lab.html", context)


@require_http_methods(["GET", "POST"])
def spaces_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Rooms and desks, for who looks after it; one is added here."""
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    form = forms.SpaceForm(request.POST or None)
    if done_with(form, lambda given: keeping.add_space(lab, by=person, given=given)) is not None:
        return _back(request, "alliance:joint_lab_spaces", uid)
    context = frame(request, lab, "spaces") | {
        "page": page_of(request, queries.spaces(lab), per_page=50),
        "form": form,
    }
    return render(request, "alliance/residents/spaces.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def close_space(request: HttpRequest, uid: UUID, space: UUID) -> HttpResponse:
    """Nobody books it any more; with `open=1` it is open again."""
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    keeping.close_space(access.access_space(lab, space), by=person, closed=request.POST.get("open") != "1")
    return _back(request, "alliance:joint_lab_spaces", uid)
