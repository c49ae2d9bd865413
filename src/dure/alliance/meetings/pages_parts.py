"""Pages of an event's programme and of its materials."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.alliance.meetings import access, forms, materials, programme, queries
from dure.alliance.meetings.pages import frame
from dure.alliance.models import Meeting
from dure.foundation import files
from dure.foundation.access import Hidden
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_http_methods(["GET", "POST"])
def programme_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The programme as those who make it see it; a part is added here."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    form = forms.SessionForm(request.POST or None, initial=_times(meeting))
    if done_with(form, lambda given: programme.add_session(meeting, by=person, given=given)) is not None:
        return _back(request, uid)
    context = frame(request, meeting, "programme") | {"programme": queries.programme(meeting), "form": form}
    return render(request, "alliance/meetings/programme.html", context, status=422 if form.errors else 200)


def _times(meeting: Meeting) -> dict[str, Any]:
    return {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}


def _back(request: HttpRequest, uid: UUID, name: str = "alliance:event_programme") -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, uid)


@require_http_methods(["GET", "POST"])
def session_page(request: HttpRequest, uid: UUID, session: UUID) -> HttpResponse:
    """Who speaks in a part; with `remove=1` the part goes, and its speakers with it."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    one = access.access_session(meeting, session)
    if request.POST.get("remove") == "1":
        programme.remove_session(one, by=person)
        return _back(request, uid)
    form = forms.SpeakerForm(request.POST or None)
    if done_with(form, lambda given: programme.add_speaker(one, by=person, given=given)) is not None:
        return _back(request, uid)
    context = frame(request, meeting, "programme") | {"session": one, "form": form}
    return render(request, "alliance/meetings/session.html", context, status=422 if form.errors else 200)


@require_POST
def remove_speaker(request: HttpRequest, uid: UUID, speaker: UUID) -> HttpResponse:
    """By who runs the event, or by the speaker."""
    person = signed_in(request)
    meeting = access.access_meeting(person, uid)
    programme.remove_speaker(access.access_speaker(meeting, speaker), by=person)
    return _back(request, uid, "alliance:event")


@require_http_methods(["GET", "POST"])
def materials_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All materials, for who runs the event; one is added here."""
    person = signed_in(request)
    meeting = access.access_run(person, uid)
    form = forms.MaterialForm(request.POST or None, request.FILES or None)

    def add(given: dict[str, Any]) -> Any:
        file = given.pop("file")
        name = file.name if file else ""
        return materials.add(meeting, by=person, given=given, stream=file, filename=name)

    if done_with(form, add) is not None:
        return _back(request, uid, "alliance:event_materials")
    page = page_of(request, queries.materials(meeting, None, runs=True))
    context = frame(request, meeting, "materials") | {"page": page, "form": form}
    return render(request, "alliance/meetings/materials.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, uid: UUID, material: UUID) -> HttpResponse:
    """A file as an attachment; a post takes a material away."""
    person = person_of(request)
    found = access.access_material(person, access.access_meeting(person, uid), material)
    if request.method == "POST":
        materials.remove(found, by=signed_in(request))
        return _back(request, uid, "alliance:event_materials")
    if found.blob_id is None:
        raise Hidden(material)
    response: HttpResponse = files.download(found.blob_id, filename=found.filename or "material")  # type: ignore[assignment]  # a response that streams
    return response
