"""Seats of a cohort: who gives how many for whom, and taking back what nobody has."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.faults import Faulty, sentence
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import access, forms, rules, seats
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort, SeatBlock


@require_http_methods(["GET", "HEAD", "POST"])
def seats_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All blocks of seats; more are entered here."""
    person = signed_in(request)
    if request.method != "POST":
        return _page(request, access.access_roster(person, uid))
    cohort = access.access_led(person, uid)
    form = forms.SeatsForm(request.POST, by=person)
    if not form.is_valid():
        return _page(request, cohort, form)
    seats.give(by=person, cohort=cohort, **form.cleaned_data)
    messages.success(request, _("The seats are there. Whoever waited for one has it."))
    return redirect("learn:cohort_seats", uid)


def _page(request: HttpRequest, cohort: Cohort, form: Any = None) -> HttpResponse:
    person, shell = signed_in(request), frame(request, cohort, "seats")
    goes_on = bool(rules.goes_on(cohort))
    context = {
        **shell,
        "page": page_of(request, seats.of(cohort)),
        "goes_on": goes_on,
        "form": form or (forms.SeatsForm(by=person) if shell["leads"] and goes_on else None),
    }
    return render(request, "learn/cohort/seats.html", context, status=422 if form else 200)


@require_POST
def give_back(request: HttpRequest, uid: UUID, block: UUID) -> HttpResponse:
    """Seats that nobody has come back: for those who lead, and for the sponsor's representatives."""
    person = signed_in(request)
    found = access.access_block(person, uid, block)
    form = forms.ReturnForm(request.POST)
    try:
        seats.give_back(by=person, block=found, count=form.cleaned_data["count"] if form.is_valid() else 0)
    except Faulty as faulty:
        messages.error(request, sentence(faulty.faults[0]))
    else:
        messages.success(request, _("The seats are given back."))
    return _back(found, leads=bool(rules.leads(person, found.cohort)))


def _back(block: SeatBlock, *, leads: bool) -> HttpResponse:
    if leads:
        return redirect("learn:cohort_seats", block.cohort.uid)
    return redirect("learn:cohort_sponsor", block.cohort.uid, block.sponsor.slug)
