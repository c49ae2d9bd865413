"""The desk of an event: who comes, checking in by the list or by a code, and the list as a file."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.alliance.ledger.sheets import MOST_ROWS, asked_for, table
from dure.alliance.meetings import access, forms, queries, rules, seating
from dure.alliance.meetings.pages import frame
from dure.alliance.models import Meeting, MeetingRegistration
from dure.engines.faults import Fault, Faulty
from dure.engines.sheets import Cell
from dure.foundation import acting, audit
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in

COLUMNS: Final = ("code", "name_ko", "name_en", "email", "state", "registered_at", "attended_at")


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """`?q=` finds by name, address or code, `?state=` chooses; a post checks in by code; `?as=` gives the list as a file."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    q, state = request.GET.get("q", ""), request.GET.get("state", "")
    rows = queries.coming(meeting, q=q, state=state)
    if form_of_file := asked_for(request):
        audit.write(by=person, action="meeting.list_taken", obj=meeting)
        return table(form_of_file, "event", COLUMNS, [_cells(one) for one in rows[: MOST_ROWS + 1]])
    form = forms.CodeForm(request.POST or None)
    found = done_with(form, lambda given: by_code(meeting, given["code"], by=person))
    if found is not None:
        messages.success(request, _("%(name)s is checked in.") % {"name": found.person})
        return redirect("alliance:event_desk", uid)
    context = frame(request, meeting, "desk") | {
        "page": page_of(request, rows, per_page=50),
        "counts": queries.counts(meeting),
        "states": MeetingRegistration.workflow.choices,
        "q": q,
        "state": state,
        "is_open": rules.desk_is_open(meeting),
        "form": form,
    }
    return render(request, "alliance/meetings/desk.html", context, status=422 if form.errors else 200)


def by_code(meeting: Meeting, code: str, *, by: Any) -> MeetingRegistration:
    """Checked in by what they say at the desk. Raises Denied, Faulty."""
    found = seating.arrive_by_code(meeting, code, by=by)
    if found is None:
        raise Faulty([Fault("meeting_code_unknown", place="code")])
    return found


def _cells(one: MeetingRegistration) -> list[Cell]:
    person: Any = one.person
    registered, attended = (
        at.isoformat(timespec="minutes") if at else "" for at in (one.at, one.attended_at)
    )
    return [one.code, person.name_ko, person.name_en, person.email or "", one.state, registered, attended]


@require_http_methods(["GET", "POST"])
def attendee(request: HttpRequest, uid: UUID, registration: UUID) -> HttpResponse:
    """Somebody on the list, and what the desk may do."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    one = access.access_registration(meeting, registration)
    one.meeting = meeting
    taken = None
    if request.method == "POST":
        taken = acting.take(request, one, forms.LIST_FORMS, perform=seating.act)
        if taken.form is None:
            messages.success(request, str(forms.DONE[taken.action]))
            return redirect("alliance:event_desk", uid)
    return _show(request, meeting, one, taken)


def _show(
    request: HttpRequest, meeting: Meeting, one: MeetingRegistration, taken: acting.Taken | None
) -> HttpResponse:
    found = acting.offers_of(request, one, forms.LIST_FORMS)
    offers = [offer for offer in found if offer.transition.actor is not rules.is_mine]
    context = frame(request, meeting, "desk") | {
        "one": one,
        "offers": offers,
        "forms": acting.forms_for(one, offers, forms.LIST_FORMS, taken),
    }
    return render(request, "alliance/meetings/attendee.html", context, status=422 if taken else 200)
