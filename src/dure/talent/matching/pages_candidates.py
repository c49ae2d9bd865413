"""Pages of an organisation that looks for people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.talent.matching import access, candidates, inviting
from dure.talent.openings.access import access_opening


@require_GET
def candidates_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Those who agreed to be found by the organisation and fit, a page at a time."""
    person = person_of(request)
    opening = access.access_finding(person, uid)
    by_hand = inviting.hand_order(opening)
    on = candidates.standing(opening, reader=person, by_hand=by_hand is not None)
    page = page_of(request, list(on.keys))
    context: dict[str, Any] = {
        "opening": opening,
        "page": page,
        "candidates": candidates.shown(on, list(page.object_list), reader=person),
        "by_hand": by_hand,
    }
    return render(request, "talent/matching/candidates.html", context)


@require_POST
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = signed_in(request)
    inviting.invite(access.access_finding(person, uid), request.POST.get("candidate", ""), by=person)
    messages.success(request, _("Invited. Whether they apply is theirs to decide."))
    return redirect("talent:candidates", uid)


@require_POST
def order(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the order into one's own hands with a reason, or give it back to the score."""
    person = signed_in(request)
    opening = access_opening(person, uid)
    if request.POST.get("order") == "program":
        inviting.order_by_program(opening, by=person)
    else:
        inviting.order_by_hand(opening, by=person, reason=request.POST.get("reason", ""))
    return redirect("talent:candidates", uid)
