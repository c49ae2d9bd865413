"""Pages of who decides: applications of an opening, reviews, the waiting list, times for interviews, and appeals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in
from dure.talent.applications import access, deciding, forms, interviews, queries, reviewing, rules, seats
from dure.talent.applications.pages import show
from dure.talent.applications.workflows import APPLICATION
from dure.talent.models import Opening


def frame(opening: Opening, tab: str) -> dict[str, Any]:
    """What every page about an opening's applications needs."""
    return {"opening": opening, "tab": tab, "free": seats.free_in(opening)}


@require_GET
def applications_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was handed in, under pseudonyms; `?state=` leaves one state, `?late=1` what is late."""
    person = signed_in(request)
    opening = access.access_managed(person, uid)
    state, late = request.GET.get("state", ""), request.GET.get("late") == "1"
    chosen = state if state in APPLICATION.by_name else ""
    counts = queries.counts_by_state(opening)
    context = frame(opening, "applications") | {
        "page": page_of(request, queries.of_opening(opening, person, state=chosen, late=late)),
        "states": [(one.name, one.label, counts.get(one.name, 0)) for one in APPLICATION.states],
        "state": chosen,
        "late": late,
    }
    return render(request, "talent/applications/of_opening.html", context)


@require_POST
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write or change one's own review."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    demand(rules.may_review(person, application))
    own = reviewing.own_review(person, application)
    form = forms.ReviewForm(request.POST, opening=application.opening, own=own)
    if not form.is_valid():
        return show(request, application, review_form=form)
    try:
        reviewing.write(application, by=person, **form.given)
    except Faulty as faulty:
        show_faults(form, faulty)
        return show(request, application, review_form=form)
    messages.success(request, _("Your review is written. You read the others' now."))
    return redirect("talent:application", uid)


@require_POST
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One place up or down on the waiting list, for a reason."""
    person = signed_in(request)
    application = access.access_application(person, uid)
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        return show(request, application, move_form=form)
    deciding.move_on_list(application, by=person, **form.cleaned_data)
    messages.success(request, _("The order of the waiting list is changed."))
    return redirect("talent:application", uid)


@require_http_methods(["GET", "POST"])
def slots_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Times for interviews of an opening."""
    person = signed_in(request)
    opening = access.access_managed(person, uid)
    form = forms.SlotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            interviews.add(by=person, opening=opening, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("The time stands there for those who are invited."))
            return redirect("talent:slots", uid)
    context = frame(opening, "slots") | {"form": form, "page": page_of(request, queries.slots_of(opening))}
    return render(request, "talent/applications/slots.html", context, status=422 if form.errors else 200)


@require_POST
def call_off(request: HttpRequest, uid: UUID, slot: UUID) -> HttpResponse:
    """Remove a time; who had chosen it is told."""
    person = signed_in(request)
    opening = access.access_managed(person, uid)
    interviews.call_off(access.access_slot(opening, slot), by=person)
    messages.success(request, _("The time is removed. Whoever had chosen it was told."))
    return redirect("talent:slots", uid)


@require_GET
def appeals_page(request: HttpRequest) -> HttpResponse:
    """Appeals that wait for this person."""
    person = signed_in(request)
    context = {"page": page_of(request, queries.waiting_appeals(person))}
    return render(request, "talent/applications/appeals.html", context)
