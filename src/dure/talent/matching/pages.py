"""Pages of a person whom openings are suggested to, and of those who watch how suggestions turn out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dure.engines.evidence import MODEL_VERSION
from dure.engines.recommending import LEAST
from dure.foundation import acting
from dure.foundation.access import demand
from dure.foundation.pages import person_of, render, signed_in
from dure.talent.matching import access, inviting, measuring, rules, suggesting, words


@require_GET
def matches_page(request: HttpRequest) -> HttpResponse:
    """The best openings for oneself, each with the reasons for its place."""
    person = signed_in(request)
    matches = suggesting.matches_of(person)
    measuring.write(person, matches)
    outcomes = measuring.calibration()
    rows = [
        {
            "match": one,
            "change": words.change(one.change),
            "outcome": words.outcome(outcomes.at(min(one.predicted, 1.0))),
        }
        for one in matches.found
    ]
    context = {
        "rows": rows,
        "left_out": list(words.left_out(matches.left_out)),
        "is_ready": suggesting.is_ready(matches.profile),
    }
    return render(request, "talent/matching/matches.html", context)


@require_GET
def outcomes_page(request: HttpRequest) -> HttpResponse:
    """Predicted against observed, for the secretariat and the auditor."""
    demand(rules.may_oversee(person_of(request)))
    context = {
        "outcomes": measuring.calibration(),
        "days": measuring.AFTER.days,
        "least": LEAST,
        "model": MODEL_VERSION,
    }
    return render(request, "talent/matching/outcomes.html", context)


@require_GET
def invitation_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who asks, for what, and what happens with either answer."""
    invitation = access.access_invitation(person_of(request), uid)
    context = {
        "invitation": invitation,
        "opening": invitation.opening,
        "offers": acting.offers_of(request, invitation, {}),
    }
    return render(request, "talent/matching/invitation.html", context)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accepted, it leads to where one applies."""
    invitation = access.access_invitation(signed_in(request), uid)
    taken = acting.take(request, invitation, {}, perform=inviting.answer)
    if taken.action == "accept":
        return redirect("talent:apply", invitation.opening.uid)
    return redirect("talent:apply_invitation", uid)
