"""Pages of roundtables: the list, one of them, planning one, its moves, whether one comes, its calendar file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from dure.alliance.models import Roundtable
from dure.alliance.roundtables import access, calendar, editing, forms, meeting, queries, rules, words
from dure.alliance.votes import queries as votes
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn import api as learn


@require_GET
def roundtables_page(request: HttpRequest) -> HttpResponse:
    """All that this person may read; `?group=` leaves some."""
    person = signed_in(request)
    group = request.GET.get("group", "")
    context = {
        "page": page_of(request, queries.listed(person, group=group)),
        "groups": [("open", _("Being planned")), ("running", _("Ahead or unpublished")), ("done", _("Over"))],
        "group": group,
        "may_plan": bool(rules.leads(person, None)),
    }
    return render(request, "alliance/roundtables/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The secretariat plans one."""
    person = signed_in(request)
    demand(rules.leads(person, None))
    return _written(request, forms.RoundtableForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its words, time and place."""
    roundtable = access.access_own(signed_in(request), uid)
    form = forms.RoundtableForm(request.POST or None, instance=Roundtable.objects.get(pk=roundtable.pk))
    return _written(request, form, roundtable)


def _written(request: HttpRequest, form: Any, roundtable: Roundtable | None) -> HttpResponse:
    person = signed_in(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = (
                editing.edit(roundtable, by=person, given=given)
                if roundtable
                else editing.plan(by=person, given=given)
            )
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            said = _("Saved.") if roundtable else _("Planned. Put topics on its agenda, then announce it.")
            messages.success(request, said)
            return redirect("alliance:roundtable", made.uid)
    context = {"form": form, "roundtable": roundtable}
    return render(request, "alliance/roundtables/edit.html", context, status=422 if form.errors else 200)


def frame(request: HttpRequest, roundtable: Roundtable, tab: str) -> dict[str, Any]:
    """What every page of a roundtable needs; one query."""
    person = person_of(request)
    return {
        "roundtable": roundtable,
        "tab": tab,
        "is_inside": Roundtable.objects.inside_for(person).filter(pk=roundtable.pk).exists(),
        "edits": bool(rules.may_edit(person, roundtable)),
        "who_sees": words.who_sees(roundtable),
    }


@require_GET
def roundtable_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_roundtable(person_of(request), uid))


def show(request: HttpRequest, roundtable: Roundtable, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention."""
    person = person_of(request)
    offers = acting.offers_of(request, roundtable, forms.MOVE_FORMS)
    agenda = queries.agenda(person, roundtable)
    guest = access.guest_of(person, roundtable)
    context = frame(request, roundtable, "overview") | {
        "next": words.NEXT[roundtable.state],
        "agenda": agenda,
        "minutes": sum(item.minutes for item in agenda),
        "materials": list(roundtable.materials.all()),
        "votes": votes.of_roundtable(person, roundtable),
        "reads_minutes": rules.reads_minutes(person, roundtable),
        "guest": guest,
        "may_answer": bool(rules.may_answer(guest, roundtable)),
        "offers": offers if rules.leads(person, roundtable) else [],
        "forms": acting.forms_for(roundtable, offers, forms.MOVE_FORMS, taken),
    }
    return render(request, "alliance/roundtables/roundtable.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Announce, say that it was held, publish, call off."""
    roundtable = access.access_roundtable(signed_in(request), uid)
    taken = acting.take(request, roundtable, forms.MOVE_FORMS)
    if taken.form is not None:
        return show(request, roundtable, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:roundtable", uid)


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whether one comes: `comes` is yes or no."""
    person = signed_in(request)
    comes = request.POST.get("comes") == "yes"
    meeting.answer(access.access_inside(person, uid), by=person, comes=comes)
    said = _("Noted: you come. It stands in your calendar.") if comes else _("Noted: you do not come.")
    messages.success(request, said)
    return redirect("alliance:roundtable", uid)


@require_safe
def calendar_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The roundtable for a calendar program."""
    roundtable = access.access_inside(signed_in(request), uid)
    written = calendar.file_of(roundtable, learn.calendar_site(request))
    answered = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answered["Content-Disposition"] = 'attachment; filename="roundtable.ics"'
    answered["Cache-Control"] = "private, no-store"
    return answered
