"""Pages of the board and of incidents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.ethics import access, answering, board, forms, incidents, queries, rules, subjects
from dure.alliance.ethics.pages import show_subject
from dure.alliance.models import EthicsIncident
from dure.foundation import acting
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_http_methods(["GET", "POST"])
def board_page(request: HttpRequest) -> HttpResponse:
    """Who sits on the board; the secretariat gives seats here."""
    person = signed_in(request)
    form = forms.SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            board.appoint(by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("The seat is given."))
            return redirect("alliance:ethics_board")
    context = {
        "page": page_of(request, queries.seats()),
        "form": form,
        "may_appoint": bool(rules.may_demand(person)),
        "tab": "board",
    }
    return render(request, "alliance/ethics/board.html", context, status=422 if form.errors else 200)


@require_POST
def end_seat(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Nobody sits there from today on."""
    person = signed_in(request)
    board.end(access.access_seat(person, uid), by=person)
    messages.success(request, _("The seat is ended."))
    return redirect("alliance:ethics_board")


@require_GET
def incidents_page(request: HttpRequest) -> HttpResponse:
    """Incidents that this person may read."""
    context = {"page": page_of(request, queries.incidents(signed_in(request))), "tab": "incidents"}
    return render(request, "alliance/ethics/incidents.html", context)


@require_POST
def report(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """An incident with a subject that this person sees."""
    person = signed_in(request)
    subject = subjects.find(person, kind, uid)
    form = forms.IncidentForm(request.POST)
    if form.is_valid():
        try:
            made = incidents.report(subject, by=person, **form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Reported. The board and the secretariat were told."))
            return redirect("alliance:ethics_incident", made.uid)
    return show_subject(request, subject, form)


@require_GET
def incident_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show_incident(request, access.access_incident(signed_in(request), uid))


def show_incident(
    request: HttpRequest, incident: EthicsIncident, taken: acting.Taken | None = None
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person = person_of(request)
    offers = acting.offers_of(request, incident, forms.MOVE_FORMS)
    context = {
        "incident": incident,
        "subject": subjects.load(incident.kind, incident.subject),
        "sees_reporter": bool(rules.follows_up(person, incident)) or incident.reporter_id == person.pk,
        "offers": offers,
        "forms": acting.forms_for(incident, offers, forms.MOVE_FORMS, taken),
    }
    return render(request, "alliance/ethics/incident.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Examine, close, examine again."""
    incident = access.access_incident(signed_in(request), uid)
    taken = acting.take(request, incident, forms.MOVE_FORMS, perform=answering.act)
    if taken.form is not None:
        return show_incident(request, incident, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:ethics_incident", uid)
