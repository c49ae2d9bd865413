"""Pages of somebody who is proposed for a team."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dure.foundation import acting
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.problems import api as problems
from dure.talent.models import TeamSeat
from dure.talent.teams import access, answering, forms, queries


@require_GET
def seats_page(request: HttpRequest) -> HttpResponse:
    """All seats that one was ever asked for."""
    page = page_of(request, queries.mine(signed_in(request)))
    return render(request, "talent/teams/mine.html", {"page": page, "tab": "teams"})


@require_GET
def seat_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_seat(person_of(request), uid))


def show(request: HttpRequest, seat: TeamSeat, taken: acting.Taken | None = None) -> HttpResponse:
    """What the need is, what one would cover and why, and who else is asked, without names; `taken` is a move to mend."""
    offers = acting.offers_of(request, seat, forms.SEAT_FORMS)
    context = {
        "seat": seat,
        "proposal": seat.proposal,
        "problem": seat.proposal.problem,
        "problem_url": problems.problem_url(seat.proposal.problem),
        "view": queries.seat_view(seat),
        "offers": offers,
        "forms": acting.forms_for(seat, offers, forms.SEAT_FORMS, taken),
    }
    return render(request, "talent/teams/seat.html", context, status=422 if taken else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say yes or no."""
    seat = access.access_seat(signed_in(request), uid)
    taken = acting.take(request, seat, forms.SEAT_FORMS, perform=answering.answer)
    if taken.form is not None:
        return show(request, seat, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("talent:team_seat", uid)
