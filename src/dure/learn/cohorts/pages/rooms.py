"""Pages of rooms, for those who keep them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import rooms, rules_sessions
from dure.learn.cohorts.forms_sessions import NewRoomForm, RoomForm
from dure.learn.models import Room


@require_GET
def rooms_page(request: HttpRequest) -> HttpResponse:
    page = page_of(request, rooms.listed(signed_in(request)))
    return render(request, "learn/cohort/rooms.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A room of an organisation whose rooms one keeps."""
    person = signed_in(request)
    if not rooms.kept_by(person).exists():
        raise Denied(rules_sessions.NOT_ROOM_KEEPER)
    form = NewRoomForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            rooms.add(by=person, organisation=form.cleaned_data["organisation"], given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("The room can be chosen for sessions."))
            return redirect("learn:rooms")
    return _form(request, form)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    room = rooms.access_room(person, uid)
    initial = {name: getattr(room, name) for name in rooms.FIELDS}
    form = RoomForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rooms.change(by=person, room=room, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved."))
            return redirect("learn:rooms")
    return _form(request, form, room)


def _form(request: HttpRequest, form: RoomForm, room: Room | None = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "learn/cohort/room_form.html", {"form": form, "room": room}, status=status)


@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Nobody plans in it any more."""
    person = signed_in(request)
    ahead = rooms.close(by=person, room=rooms.access_room(person, uid))
    messages.success(request, _("The room is closed."))
    if ahead:
        said = ngettext(
            "%(n)s session is still planned there; those who lead it were told.",
            "%(n)s sessions are still planned there; those who lead them were told.",
            ahead,
        )
        messages.warning(request, said % {"n": ahead})
    return redirect("learn:rooms")
