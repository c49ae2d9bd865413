"""Pages for who offers seats: a new opening, changing it, its skills, and moving it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation import acting
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import render, signed_in
from dure.talent.models import Opening
from dure.talent.openings import access, beginning, checking, forms, making, pages, rules


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An opening in preparation: first its kind, then a form with that kind's headings and steps."""
    person = signed_in(request)
    kind = request.GET.get("kind", "")
    may = rules.may_offer_any(person)
    if kind not in Opening.Kind.values or not may:
        context: Mapping[str, Any] = {"kinds": Opening.Kind.choices, "may": may}
        return render(request, "talent/openings/new.html", context)
    form = forms.OpeningForm(request.POST or None, person=person, initial=beginning.begun(kind))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = making.create(by=person, organisation=given.pop("organisation"), kind=kind, given=given)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(
                request, _("It is in preparation. Confirm the skills that it names, then open it.")
            )
            return redirect("talent:opening_requirements", made.uid)
    context = {"form": form, "may": may, "kind": Opening.Kind(kind).label}
    return render(request, "talent/openings/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is said of it."""
    person = signed_in(request)
    opening = access.access_managed(person, uid)
    form = forms.OpeningForm(request.POST or None, instance=opening, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            making.edit(opening, by=person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Changed."))
            return redirect("talent:opening", uid)
    context = pages.frame(request, opening, "edit") | {
        "form": form,
        "may": rules.may_edit(person, opening),
        "kind": opening.get_kind_display(),
        "concerns": checking.concerns(opening),
    }
    return render(request, "talent/openings/edit.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open, close, fill, withdraw, take applications again."""
    opening = access.access_managed(signed_in(request), uid)
    taken = acting.take(request, opening, forms.FORMS)
    if taken.form is not None:
        return pages.show(request, opening, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:opening", uid)
