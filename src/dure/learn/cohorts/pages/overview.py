"""The first page of a cohort: what it is, what the reader can do now, and the moves of the cohort and of one's own place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import acting
from dure.foundation.access import ALLOWED, Hidden
from dure.foundation.pages import person_of, render, signed_in
from dure.foundation.workflow import Offer
from dure.learn.cohorts import access, forms, places, queries, rules
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort, Place
from dure.people import api as people


@require_GET
def cohort_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the cohort is, and what the reader can do now."""
    return show(request, access.access_cohort(person_of(request), uid))


def show(
    request: HttpRequest, cohort: Cohort, *, taken: acting.Taken | None = None, applying: Any = None
) -> HttpResponse:
    """The page; `taken` or `applying` holds a form that needs attention."""
    person, shell = person_of(request), frame(request, cohort, "overview")
    offers = _offers(cohort) if shell["leads"] else []
    mine = list(people.own_organisations(person)) if person.is_authenticated else []
    place: Place | None = shell["place"]
    context = {
        **shell,
        "offers": offers,
        "forms": acting.forms_for(cohort, offers, forms.COHORT, taken),
        "may_change": shell["leads"] and bool(rules.goes_on(cohort)),
        "seats": queries.seats_of(cohort, [one.pk for one in mine]),
        "own": mine,
        "numbers": queries.numbers_of(cohort, place),
        "coaches": queries.coaches_of(cohort),
        "history": queries.syllabus_history(cohort),
        "sponsored": queries.sponsored_by(person, cohort) if mine and not shell["leads"] else (),
        "takes": rules.takes_people(cohort),
        "applying": applying or _apply_form(request, cohort, place, mine, leads=shell["leads"]),
        "may_withdraw": place is not None and place.state in ("applied", "waiting", "in"),
    }
    bad = taken is not None or applying is not None
    return render(request, "learn/cohort/overview.html", context, status=422 if bad else 200)


def _offers(cohort: Cohort) -> list[Offer]:
    """Whoever leads may do all of it, which has been asked; what lacks for it says the guard."""
    steps = [one for one in Cohort.workflow.transitions if cohort.state in one.sources]
    return [
        Offer(one, one.guard(cohort, {}) if one.guard and one.action not in forms.COHORT else ALLOWED)
        for one in steps
    ]


def _apply_form(
    request: HttpRequest, cohort: Cohort, place: Place | None, mine: list[people.Organisation], *, leads: bool
) -> forms.ApplyForm | None:
    """The form of whoever could apply now and does not lead it; the organisation one has is chosen already."""
    if leads or (place is not None and place.state != "withdrawn"):
        return None
    if not rules.may_apply(person_of(request), cohort):
        return None
    return _form(cohort, mine, initial={"organisation": mine[0].slug} if mine else {})


def _form(cohort: Cohort, mine: list[people.Organisation], **given: Any) -> forms.ApplyForm:
    return forms.ApplyForm(mine=mine, asks_why=cohort.admission == Cohort.Admission.SELECTED, **given)


@require_POST
def apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a place, also after having given one up."""
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    form = _form(cohort, list(people.own_organisations(person)), data=request.POST)
    if not form.is_valid():
        return show(request, cohort, applying=form)
    place = places.apply(by=person, cohort=cohort, **form.cleaned_data)
    messages.success(request, _said(place))
    return redirect("learn:cohort", uid)


def _said(place: Place) -> str:
    if place.state == "in":
        return _("You have a place.")
    if place.state == "waiting":
        return _("No seat is free for you: you are on the waiting list, and move up by yourself.")
    return _("Your application is with the coaches; you will be told.")


@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give up one's own place, or what one has asked for."""
    person = signed_in(request)
    place = access.place_of(person, access.access_cohort(person, uid))
    if place is None:
        raise Hidden(uid)
    places.act(place, "withdraw", by=person)
    messages.success(request, _("You gave it up. You can apply again as long as the cohort takes people."))
    return redirect("learn:cohort", uid)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open, begin, end or call off."""
    cohort = access.access_led(signed_in(request), uid)
    taken = acting.take(request, cohort, forms.COHORT)
    if taken.form is not None:
        return show(request, cohort, taken=taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("learn:cohort", uid)
