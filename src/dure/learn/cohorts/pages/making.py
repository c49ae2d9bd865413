"""Pages on which a cohort is made and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.access import demand
from dure.foundation.pages import render, signed_in
from dure.learn import access as courses
from dure.learn.cohorts import access, forms, making, rules
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A cohort of a course, in preparation until it is opened."""
    person = signed_in(request)
    course = courses.access_course(person, slug)
    demand(rules.may_make(person, course))
    first = {"coaches": person.email, "attendance_asked": 80, "language": "ko", "admission": "open"}
    form = forms.NewCohortForm(request.POST or None, course=course, by=person, initial=first)
    if request.method == "POST" and form.is_valid():
        made = making.make(by=person, course=course, values=form.cleaned_data)
        messages.success(request, _("The cohort is in preparation. Open it when people may apply."))
        return redirect("learn:cohort", made.uid)
    status = 422 if form.errors else 200
    return render(request, "learn/cohort/new.html", {"course": course, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that is set of a cohort."""
    person = signed_in(request)
    cohort = access.access_led(person, uid)
    demand(rules.may_change(person, cohort))
    form = forms.CohortForm(
        request.POST or None, course=cohort.course, by=person, cohort=cohort, initial=_initial(cohort)
    )
    if request.method == "POST" and form.is_valid():
        making.change(by=person, cohort=cohort, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("learn:cohort", uid)
    context = {**frame(request, cohort, "edit"), "form": form}
    return render(request, "learn/cohort/edit.html", context, status=422 if form.errors else 200)


def _initial(cohort: Cohort) -> dict[str, Any]:
    """As it stands; of a coach without an address the uid."""
    coaches = [one.email or str(one.uid) for one in cohort.coaches.order_by("pk")]
    plain = {name: getattr(cohort, name) for name in making.PLAIN}
    return plain | {
        "version": cohort.version.number,
        "programme": cohort.programme.slug if cohort.programme else "",
        "coaches": "\n".join(coaches),
    }
