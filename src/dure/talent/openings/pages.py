"""Pages of openings that everybody reads: the list, and one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation import acting, i18n
from dure.foundation.pages import page_of, person_of, render
from dure.people import api as people
from dure.talent.models import Opening
from dure.talent.openings import (
    access,
    filters,
    forms,
    panels,
    posting,
    queries,
    readiness,
    requirements,
    rules,
    words,
)
from dure.talent.places import language_choices, region_choices


@require_GET
def openings_page(request: HttpRequest) -> HttpResponse:
    """What was asked for in the address, with what can be chosen."""
    person, asked = person_of(request), filters.Filters.read(request.GET.dict())
    context = {
        "page": page_of(request, filters.found(person, asked)),
        "asked": asked,
        "kinds": Opening.Kind.choices,
        "regions": region_choices(),
        "remotes": Opening.Remote.choices,
        "languages": language_choices(),
        "skills": people.skills_to_choose(),
        "organisations": queries.offering(person),
        "may_offer": bool(rules.may_offer_any(person)),
    }
    return render(request, "talent/openings/list.html", context)


@require_GET
def opening_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_opening(person_of(request), uid))


def show(request: HttpRequest, opening: Opening, taken: acting.Taken | None = None) -> HttpResponse:
    """Its page; `taken` holds the form of an action where it needs attention."""
    person = person_of(request)
    is_manager = bool(rules.may_manage(person, opening))
    offers = acting.offers_of(request, opening, forms.FORMS) if is_manager else []
    context = frame(request, opening, "overview") | {
        "verified": queries.verification(opening.organisation),
        "requirements": requirements.named(opening),
        "regions": words.regions_of(opening),
        "languages": words.languages_of(opening),
        "steps": words.steps_of(opening, is_korean=i18n.is_korean()),
        "pay": words.pay_of(opening),
        "next_step": words.next_step(opening, is_manager=is_manager),
        "lacks": readiness.lacks(opening) if is_manager and opening.state == "draft" else [],
        "offers": offers,
        "forms": acting.forms_for(opening, offers, forms.FORMS, taken),
        "panels": panels.panels(person, opening),
        "posting": posting.embedded(opening),
    }
    return render(request, "talent/openings/opening.html", context, status=422 if taken else 200)


@require_GET
def posting_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The opening for machines, in the words of schema.org."""
    opening = access.access_opening(person_of(request), uid)
    return HttpResponse(posting.script_safe(opening), content_type=posting.JSON_LD)


def frame(request: HttpRequest, opening: Opening, tab: str) -> dict[str, Any]:
    """What every page of an opening needs."""
    may = rules.may_manage(person_of(request), opening)
    return {"opening": opening, "tab": tab, "may_manage": bool(may)}
