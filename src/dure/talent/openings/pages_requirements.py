"""The page on which a person says which skills an opening asks for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import person_of, render, signed_in
from dure.people import api as people
from dure.talent.models import Opening
from dure.talent.openings import access, pages, requirements, rules, suggesting
from dure.talent.openings.forms_requirements import RequirementForm


@require_http_methods(["GET", "POST"])
def requirements_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is asked for, what the text names beside it, and a form for anything else. Each is put or removed by itself."""
    person = signed_in(request)
    opening = access.access_managed(person, uid)
    if request.method != "POST":
        return _show(request, opening, RequirementForm())
    if "remove" in request.POST:
        requirements.remove(opening, request.POST["remove"], by=person)
        messages.success(request, _("It is asked for no longer."))
        return redirect("talent:opening_requirements", uid)
    if "dismiss" in request.POST:
        suggesting.dismiss(opening, request.POST["dismiss"], by=person)
        messages.success(request, _("It is suggested no more."))
        return redirect("talent:opening_requirements", uid)
    if "bring_back" in request.POST:
        suggesting.bring_back(opening, request.POST["bring_back"], by=person)
        messages.success(request, _("It is suggested again."))
        return redirect("talent:opening_requirements", uid)
    form = RequirementForm(request.POST)
    if form.is_valid():
        try:
            requirements.put(opening, requirements.Asked(**form.cleaned_data), by=person)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("It is asked for."))
            return redirect("talent:opening_requirements", uid)
    return _show(request, opening, form)


def _show(request: HttpRequest, opening: Opening, form: RequirementForm) -> HttpResponse:
    context = pages.frame(request, opening, "requirements") | {
        "form": form,
        "requirements": requirements.named(opening),
        "suggested": suggesting.suggested(opening),
        "dismissed": suggesting.dismissed(opening) if opening.dismissed else [],
        "levels": people.LEVEL_NAMES.items(),
        "may_edit": rules.may_edit(person_of(request), opening),
    }
    return render(request, "talent/openings/requirements.html", context, status=422 if form.errors else 200)
