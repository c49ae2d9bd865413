"""The plan of a cohort: when each unit is due. Whoever leads it sets the dates here, and gives people more days."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.access import demand
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render
from dure.learn.cohorts import access, dates, queries_plan, rules
from dure.learn.cohorts.forms_plan import DatesForm, ExtensionForm
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort


@require_http_methods(["GET", "POST"])
def plan_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Units with their dates; a post sets them."""
    person = person_of(request)
    cohort = access.access_cohort(person, uid)
    if request.method != "POST":
        return _show(request, cohort)
    demand(rules.leads(person, cohort))
    form = _dates_form(request, cohort)
    try:
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in form.fields if name in request.POST}
            dates.set_dates(by=person, cohort=cohort, dates=given)
            messages.success(request, _("The dates are set. Everybody with a place is told."))
            return redirect("learn:cohort_plan", uid=uid)
    except Faulty as faulty:
        show_faults(form, faulty)
    return _show(request, cohort, dates_form=form)


@require_POST
def extend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """More days for one person."""
    person = person_of(request)
    cohort = access.access_led(person, uid)
    form = ExtensionForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return _show(request, cohort, extension_form=form)
    place = form.cleaned_data["place"]
    place.cohort = cohort
    dates.extend(by=person, place=place, days=form.cleaned_data["days"])
    messages.success(request, _("The days are given; the person is told."))
    return redirect("learn:cohort_plan", uid=uid)


def _dates_form(request: HttpRequest, cohort: Cohort, dates: Any = None) -> DatesForm:
    language = str(get_language() or "ko")
    given = request.POST if dates is None else None
    return DatesForm(given, cohort=cohort, dates=dates or {}, language=language)


def _show(
    request: HttpRequest,
    cohort: Cohort,
    *,
    dates_form: forms.Form | None = None,
    extension_form: forms.Form | None = None,
) -> HttpResponse:
    context = frame(request, cohort, "plan")
    found = queries_plan.dates_of(cohort)
    context["lines"] = queries_plan.plan(cohort, found, context["place"])
    if context["leads"]:
        page = page_of(request, queries_plan.extended(cohort))
        context |= {
            "dates_form": dates_form or _dates_form(request, cohort, found),
            "extension_form": extension_form or ExtensionForm(cohort=cohort),
            "page": page,
            "extended": page.object_list,
        }
    return render(
        request, "learn/cohort/plan.html", context, status=422 if dates_form or extension_form else 200
    )
