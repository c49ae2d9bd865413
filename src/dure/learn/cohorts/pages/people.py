"""Who is in a cohort: for those who lead it, with their decisions; and for a sponsor, its own people alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import acting
from dure.foundation.access import ALLOWED, by_clock
from dure.foundation.pages import page_of, render, signed_in
from dure.foundation.workflow import Offer
from dure.learn.cohorts import access, forms, places, queries, rules, sponsors
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort, Place

PER_PAGE = 50
BY_COACH = ("accept", "queue", "decline", "remove")


@require_GET
def people_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody, with what a coach can decide in place."""
    return show(request, access.access_roster(signed_in(request), uid))


def show(request: HttpRequest, cohort: Cohort, taken: acting.Taken | None = None) -> HttpResponse:
    """The page; `taken` holds a reason that needs attention."""
    shell = frame(request, cohort, "people")
    state, organisation = request.GET.get("state", ""), request.GET.get("organisation", "")
    known = state if state in Place.workflow.by_name else ""
    rows = queries.roster(cohort, state=known, organisation=organisation.replace("\x00", ""))
    page = page_of(request, rows, per_page=PER_PAGE)
    decides = shell["leads"] and bool(rules.goes_on(cohort))
    context = {
        **shell,
        "page": page,
        "rows": [_row(place, taken, decides=decides) for place in page.object_list],
        "states": Place.workflow.choices,
        "state": known,
        "organisation": organisation,
        "organisations": queries.organisations_in(cohort),
        "kept": request.GET.urlencode(),
    }
    return render(request, "learn/cohort/people.html", context, status=422 if taken else 200)


def _row(place: Place, taken: acting.Taken | None, *, decides: bool) -> dict[str, Any]:
    """A place with its buttons. Whoever leads the cohort leads all its places: asked once, not for each."""
    steps = Place.workflow.transitions if decides else ()
    offers = [
        Offer(one, ALLOWED)
        for one in steps
        if place.state in one.sources and one.action in BY_COACH and one.actor is not by_clock
    ]
    return {"place": place, "offers": offers, "forms": acting.forms_for(place, offers, forms.PLACE, taken)}


@require_POST
def decide(request: HttpRequest, uid: UUID, place: UUID) -> HttpResponse:
    """Give a place, queue, decline, or take out."""
    cohort = access.access_led(signed_in(request), uid)
    found = access.access_place_in(cohort, place)
    taken = acting.take(request, found, forms.PLACE, perform=places.act)
    if taken.form is not None:
        return show(request, cohort, taken)
    said = _("%(name)s: %(state)s") % {"name": found.person.name, "state": taken.obj.state_label}
    messages.success(request, said)
    return redirect(f"{reverse('learn:cohort_people', args=[uid])}?{request.GET.urlencode()}")


@require_GET
def sponsor_page(request: HttpRequest, uid: UUID, organisation: str) -> HttpResponse:
    """Seats that an organisation gives, and how far its own people are. Nobody else's people, and no answers."""
    person = signed_in(request)
    cohort, sponsor = access.access_sponsored(person, uid, organisation)
    page = page_of(request, sponsors.people_of(cohort, sponsor), per_page=PER_PAGE)
    context = {
        **frame(request, cohort, "sponsor"),
        "sponsor": sponsor,
        "blocks": list(sponsors.blocks_of(cohort, sponsor)),
        "page": page,
        "rows": sponsors.rows(cohort, page.object_list),
        "may_return": bool(rules.goes_on(cohort)) and sponsors.may_return(person, cohort, sponsor),
    }
    return render(request, "learn/cohort/sponsor.html", context)
