"""Pages of a roundtable's parts: agenda and materials, guests, minutes, tasks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.alliance.models import Roundtable
from dure.alliance.roundtables import access, editing, forms, meeting, queries
from dure.alliance.roundtables.pages import frame
from dure.foundation.access import Hidden
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, render, signed_in


def _saved(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, uid)


def _sent(request: HttpRequest, what: str) -> Any:
    """The post, where this form of the page was sent."""
    return request.POST if request.POST.get("what") == what else None


def _done(form: Any, do: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether a form that was sent was carried out; else it shows what is wrong."""
    return form.is_bound and done_with(form, lambda given: do(given) or True) is not None


@require_http_methods(["GET", "POST"])
def agenda_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The secretariat puts it together; topics come here from their own pages. `what` says which form was sent."""
    person = signed_in(request)
    roundtable = access.access_own(person, uid)
    item = forms.ItemForm(_sent(request, "item"), prefix="i")
    material = forms.MaterialForm(_sent(request, "material"), prefix="m")
    if _done(item, lambda given: editing.add_item(roundtable, by=person, given=given)) or _done(
        material, lambda given: editing.add_material(roundtable, by=person, given=given)
    ):
        return _saved(request, "alliance:roundtable_agenda", uid)
    context = frame(request, roundtable, "agenda") | {
        "agenda": queries.agenda(person, roundtable),
        "materials": list(roundtable.materials.all()),
        "item_form": item,
        "material_form": material,
    }
    failed = item.errors or material.errors
    return render(request, "alliance/roundtables/agenda.html", context, status=422 if failed else 200)


@require_POST
def change_agenda(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a point up or down, take one off, take a material away: `do` and `part` say which."""
    person = signed_in(request)
    roundtable = access.access_own(person, uid)
    do, part = request.POST.get("do", ""), _named(request)
    if do == "drop_material":
        editing.drop_material(roundtable, access.access_material(roundtable, part), by=person)
    elif do == "drop":
        editing.drop_item(roundtable, access.access_item(roundtable, part), by=person)
    elif do in ("up", "down"):
        item = access.access_item(roundtable, part)
        editing.move_item(roundtable, item, by=person, up=do == "up")
    return _saved(request, "alliance:roundtable_agenda", uid)


def _named(request: HttpRequest) -> UUID:
    """The part that a button names. Raises Hidden for what is no name."""
    try:
        return UUID(request.POST.get("part", ""))
    except ValueError:
        raise Hidden from None


@require_http_methods(["GET", "POST"])
def guests_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is invited, who comes and who came."""
    person = signed_in(request)
    roundtable = access.access_inside(person, uid)
    form = forms.InviteForm(request.POST or None)
    if _done(form, lambda given: meeting.invite(roundtable, by=person, address=given["address"])):
        return _saved(request, "alliance:roundtable_guests", uid)
    page: Any = page_of(request, queries.guests(roundtable), per_page=100)
    context = frame(request, roundtable, "guests") | {"page": page, "form": form}
    return render(request, "alliance/roundtables/guests.html", context, status=422 if form.errors else 200)


@require_POST
def note_attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who of the guests came: `came` names each."""
    person = signed_in(request)
    roundtable = access.access_inside(person, uid)
    meeting.note_attendance(roundtable, by=person, came=_uids(request.POST.getlist("came")))
    return _saved(request, "alliance:roundtable_guests", uid)


def _uids(names: list[str]) -> list[UUID]:
    """Names of guests. Raises Hidden for what is no name."""
    try:
        return [UUID(one) for one in names]
    except ValueError:
        raise Hidden from None


@require_http_methods(["GET", "POST"])
def minutes_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The secretariat writes them."""
    person = signed_in(request)
    roundtable = access.access_own(person, uid)
    fresh = Roundtable.objects.get(pk=roundtable.pk)
    form = forms.MinutesForm(request.POST or None, instance=fresh)
    if _done(form, lambda given: meeting.write_minutes(roundtable, by=person, given=given)):
        return _saved(request, "alliance:roundtable", uid)
    context = frame(request, roundtable, "minutes") | {"form": form}
    return render(request, "alliance/roundtables/minutes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def tasks_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is to be done, by whom and until when."""
    person = signed_in(request)
    roundtable = access.access_inside(person, uid)
    form = forms.TaskForm(request.POST or None)
    if _done(form, lambda given: meeting.hand_out(roundtable, by=person, given=given)):
        return _saved(request, "alliance:roundtable_tasks", uid)
    page: Any = page_of(request, queries.tasks(roundtable), per_page=100)
    context = frame(request, roundtable, "tasks") | {"page": page, "form": form, "me": person}
    return render(request, "alliance/roundtables/tasks.html", context, status=422 if form.errors else 200)


@require_POST
def finish_task(request: HttpRequest, uid: UUID, task: UUID) -> HttpResponse:
    """It is done."""
    person = signed_in(request)
    found = access.access_task(access.access_inside(person, uid), task)
    meeting.finish(found, by=person, outcome=request.POST.get("outcome", "").replace("\x00", "")[:1000])
    return _saved(request, "alliance:roundtable_tasks", uid)
