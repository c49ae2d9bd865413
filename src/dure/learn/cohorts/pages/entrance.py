"""The entrance test: for an applicant to sit it and read what came of it, for those who lead to set it and see who sat it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.access import Denied, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import access, entrance, queries_entrance
from dure.learn.cohorts.forms_entrance import MinutesForm, TestForm
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort, Place
from dure.learn.pages.answers import given_in


@require_GET
def entrance_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """By who asks: the test and its sittings, or one's own sitting or result."""
    cohort = access.access_cohort(signed_in(request), uid)
    return _show(request, cohort)


def _show(request: HttpRequest, cohort: Cohort, **more: Any) -> HttpResponse:
    context = frame(request, cohort, "entrance")
    context["test"] = queries_entrance.test_of(cohort)
    if context["leads"]:
        return _led(request, cohort, context, **more)
    return _own(request, cohort, context)


def _led(
    request: HttpRequest,
    cohort: Cohort,
    context: dict[str, Any],
    *,
    form: forms.Form | None = None,
    minutes_form: forms.Form | None = None,
) -> HttpResponse:
    page = page_of(request, queries_entrance.applicants(cohort))
    context |= {
        "may_set": entrance.may_set(signed_in(request), cohort),
        "form": form or TestForm(test=context["test"]),
        "minutes_form": minutes_form or MinutesForm(cohort=cohort),
        "page": page,
        "applicants": page.object_list,
    }
    status = 422 if form or minutes_form else 200
    return render(request, "learn/cohort/entrance_led.html", context, status=status)


def _own(request: HttpRequest, cohort: Cohort, context: dict[str, Any]) -> HttpResponse:
    place, test = context["place"], context["test"]
    if test is None:
        raise Denied(entrance.NO_TEST)
    sitting = queries_entrance.sitting_of(place)
    if sitting is not None and sitting.ended_at is None and entrance.is_over(sitting, test):
        entrance.end_if_over(place)
        return redirect("learn:cohort_entrance", uid=cohort.uid)
    if sitting is None:
        demand(entrance.may_sit(signed_in(request), place, cohort))
        minutes = test.minutes + place.extra_minutes
        return render(request, "learn/cohort/entrance.html", context | {"minutes": minutes})
    if sitting.ended_at is None:
        url = lambda item: reverse("learn:entrance_answer", args=[cohort.uid, item])  # noqa: E731 - one line of its own
        context["sitting"] = queries_entrance.running(sitting, test, language=_language(), url=url)
    else:
        context["result"] = queries_entrance.result(sitting, test, signed_in(request))
    return render(request, "learn/cohort/entrance.html", context)


@require_POST
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The time runs from now on."""
    cohort, place = _place(request, uid)
    entrance.start(by=signed_in(request), place=place)
    return redirect("learn:cohort_entrance", uid=cohort.uid)


def _place(request: HttpRequest, uid: UUID) -> tuple[Cohort, Place]:
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    place = access.place_of(person, cohort)
    if place is None:
        raise Denied(entrance.NOT_APPLIED)
    return cohort, place


@require_POST
def answer(request: HttpRequest, uid: UUID, item: str) -> HttpResponse:
    """An answer: the question as it stands then, in its place on the page."""
    cohort, place = _place(request, uid)
    faults: list[Fault] = []
    try:
        entrance.answer(by=signed_in(request), place=place, item=item, given=given_in(request))
    except Faulty as faulty:
        faults = list(faulty.faults)
    address = reverse("learn:cohort_entrance", args=[uid])
    if not request.headers.get("HX-Request") and not faults:
        return redirect(f"{address}#quiz-{item}")
    sitting, test = queries_entrance.sitting_of(place), queries_entrance.test_of(cohort)
    assert sitting is not None  # noqa: S101 - the answer was taken there
    assert test is not None  # noqa: S101 - same
    url = lambda name: reverse("learn:entrance_answer", args=[uid, name])  # noqa: E731 - one line of its own
    shown = queries_entrance.running(sitting, test, language=_language(), url=url)
    question = next(one for one in shown.questions if one.item.id == item)
    context = {"question": question, "course": cohort.course, "tab": "unit", "faults": faults}
    return render(request, "learn/course/question_part.html", context, status=422 if faults else 200)


@require_POST
def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Before the time is over."""
    _cohort, place = _place(request, uid)
    entrance.finish(by=signed_in(request), place=place)
    return redirect("learn:cohort_entrance", uid=uid)


@require_POST
def set_test(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set the test, or take it away."""
    person = signed_in(request)
    cohort = access.access_led(person, uid)
    if request.POST.get("do") == "take_away":
        entrance.take_away(by=person, cohort=cohort)
        return redirect("learn:cohort_entrance", uid=uid)
    form = TestForm(request.POST)
    try:
        if form.is_valid():
            entrance.set_test(by=person, cohort=cohort, values=form.cleaned_data)
            messages.success(request, _("The test is set. Whoever applies from now on sits it first."))
            return redirect("learn:cohort_entrance", uid=uid)
    except Faulty as faulty:
        show_faults(form, faulty)
    return _show(request, cohort, form=form)


@require_POST
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """More time for one person."""
    person = signed_in(request)
    cohort = access.access_led(person, uid)
    form = MinutesForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return _show(request, cohort, minutes_form=form)
    place = form.cleaned_data["place"]
    place.cohort = cohort
    entrance.give_minutes(by=person, place=place, minutes=form.cleaned_data["minutes"])
    messages.success(request, _("The minutes are given."))
    return redirect("learn:cohort_entrance", uid=uid)


def _language() -> str:
    return str(get_language() or "ko")
