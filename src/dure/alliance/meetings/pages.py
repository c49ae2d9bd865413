"""Pages of events: the list, one of them, its moves, making one, registering, its files."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.meetings import (
    access,
    calendars,
    certificates,
    editing,
    forms,
    queries,
    rules,
    seating,
    visibility,
    words,
)
from dure.alliance.models import Meeting
from dure.foundation import acting, clock
from dure.foundation.access import Hidden, demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people


@require_GET
def events_page(request: HttpRequest) -> HttpResponse:
    """All that this person may know of; `?when=past`, `?kind=` and `?mine=1` leave some."""
    person, asked = person_of(request), request.GET
    when, kind, mine = asked.get("when", ""), asked.get("kind", ""), asked.get("mine") == "1"
    context = {
        "page": page_of(request, queries.listed(person, when=when, kind=kind, mine=mine)),
        "kinds": Meeting.Kind.choices,
        "when": when,
        "kind": kind,
        "mine": mine,
        "may_make": bool(rules.may_make(person)),
    }
    return render(request, "alliance/meetings/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make one; it is a draft."""
    person = signed_in(request)
    demand(rules.may_make(person))
    form = forms.MeetingForm(request.POST or None, person=person)
    made = done_with(form, lambda given: editing.make(by=person, given=given))
    if made is not None:
        messages.success(request, _("Saved as a draft. Announce it when it is ready."))
        return redirect("alliance:event", made.uid)
    context = {"form": form, "meeting": None}
    return render(request, "alliance/meetings/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change it, until it was held."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    demand(rules.may_edit(person, meeting))
    form = forms.MeetingForm(request.POST or None, person=person, instance=meeting)
    if done_with(form, lambda given: editing.change(meeting, by=person, given=given)) is not None:
        messages.success(request, _("Saved."))
        return redirect("alliance:event", uid)
    context = {"form": form, "meeting": meeting}
    return render(request, "alliance/meetings/edit.html", context, status=422 if form.errors else 200)


@require_GET
def event_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_meeting(person_of(request), uid))


def show(request: HttpRequest, meeting: Meeting, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person = person_of(request)
    runs = bool(rules.runs(person, meeting))
    own = access.own_registration(person, meeting)
    offers = acting.offers_of(request, meeting, forms.MOVE_FORMS) if runs else []
    context = frame(request, meeting) | {
        "next": words.NEXT[meeting.state],
        "own": own,
        "before_me": queries.line_before(own) if own and own.state == "waiting" else 0,
        "may_register": rules.may_register(person, meeting, registered=own is not None),
        "may_leave": bool(own and own.state != "attended" and rules.can_leave(own, {})),
        "has_certificate": bool(rules.has_certificate(own)),
        "reads_link": runs or visibility.has_seat(own),
        "programme": queries.programme(meeting),
        "materials": queries.materials(meeting, own, runs=runs),
        "offers": offers,
        "forms": acting.forms_for(meeting, offers, forms.MOVE_FORMS, taken),
        "who_sees": people.who_sees(meeting.audience, meeting.circle) if meeting.state != "draft" else "",
    }
    return render(request, "alliance/meetings/event.html", context, status=422 if taken else 200)


def frame(request: HttpRequest, meeting: Meeting, tab: str = "overview") -> dict[str, Any]:
    """What every page of an event needs."""
    person = person_of(request)
    return {
        "meeting": meeting,
        "tab": tab,
        "runs": bool(rules.runs(person, meeting)),
        "edits": bool(rules.may_edit(person, meeting)),
    }


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Announce, open registration, say that it was held, close the list, call it off."""
    meeting = access.access_meeting(signed_in(request), uid)
    taken = acting.take(request, meeting, forms.MOVE_FORMS, perform=editing.act)
    if taken.form is not None:
        return show(request, meeting, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:event", uid)


@require_POST
def register(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Come, or with `stop=1` come no more."""
    person = signed_in(request)
    meeting = access.access_meeting(person, uid)
    if request.POST.get("stop") == "1":
        own = access.own_registration(person, meeting)
        if own is None:
            raise Hidden(uid)
        seating.act(own, "cancel", by=person)
        messages.success(request, _("You are off the list."))
    else:
        made = seating.register(meeting, by=person)
        said = _("You have a seat.") if made.state == "registered" else _("It is full; you stand in line.")
        messages.success(request, said)
    return redirect("alliance:event", uid)


@require_GET
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The event as a calendar file; the link is in it for who has a seat."""
    person = person_of(request)
    meeting = access.access_meeting(person, uid)
    reads = bool(rules.runs(person, meeting)) or visibility.has_seat(access.own_registration(person, meeting))
    site = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    content = calendars.file_of(meeting, site, link=meeting.link if reads else "")
    return _attached(content, "text/calendar; charset=utf-8", f"event-{meeting.starts_at:%Y-%m-%d}.ics")


@require_GET
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own certificate of attendance; `?language=` chooses the language."""
    person = signed_in(request)
    own: Any = access.own_registration(person, access.access_meeting(person, uid))
    demand(rules.has_certificate(own))
    own.person = person
    asked = request.GET.get("language") or get_language()
    content = certificates.pdf_of(own, "en" if asked == "en" else "ko")
    return _attached(content, "application/pdf", f"certificate-{own.meeting.starts_at:%Y-%m-%d}.pdf")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_GET
def certificate_page(request: HttpRequest, proof: str) -> HttpResponse:
    """What a certificate says, for whoever has its address."""
    found = certificates.access_certificate(proof)
    context = {"found": found, "facts": list(certificates.facts(found)), "today": clock.today()}
    return render(request, "alliance/meetings/certificate.html", context)
