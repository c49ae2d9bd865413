"""One's team: who is in it, inviting, answering, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.access import ALLOWED, Denied, Hidden, Refused
from dure.foundation.pages import person_of, render
from dure.people import api as people
from dure.problems import access, rules
from dure.problems.actions import teams
from dure.problems.models import Challenge, Team, TeamInvitation
from dure.problems.pages.challenge import context
from dure.problems.queries import teams as queries


@require_GET
def team(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    challenge = access.access_challenge(person, slug)
    frame = context(request, challenge, "team")
    mine = frame["stand"].team
    members = queries.members_of(mine) if mine else []
    moves = rules.teams_move(challenge) and (rules.has_room(mine, len(members)) if mine else ALLOWED)
    more = {
        "team": mine,
        "team_refused": moves if isinstance(moves, Refused) else None,
        "members": members,
        "sent": queries.invited_to(mine) if mine else [],
        "received": queries.received(person, challenge),
    }
    return render(request, "problems/challenge/team.html", frame | more)


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite by e-mail address. An address nobody has gets the same answer, so that nobody can fish for accounts."""
    challenge = access.access_challenge(person_of(request), slug)
    mine = _mine(request, challenge)
    found = people.Person.objects.filter(
        email__iexact=request.POST.get("email", "").strip(), is_active=True
    ).first()
    if found:
        teams.invite(by=person_of(request), team=mine, person=found)
    messages.success(request, _("If somebody has an account with this address, they are invited now."))
    return redirect("problems:team", slug=slug)


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    person = person_of(request)
    invitation = (
        TeamInvitation.objects.filter(uid=uid, person_id=person.pk).select_related("team__challenge").first()
    )
    if invitation is None:
        raise Hidden(uid)
    if request.POST.get("answer") == "accept":
        teams.accept(by=person, invitation=invitation)
    else:
        teams.decline(by=person, invitation=invitation)
    return redirect("problems:team", slug=invitation.team.challenge.slug)


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = access.access_challenge(person_of(request), slug)
    teams.leave(by=person_of(request), team=_mine(request, challenge))
    return redirect("problems:challenge", slug=slug)


def _mine(request: HttpRequest, challenge: Challenge) -> Team:
    mine = teams.team_of(person_of(request), challenge)
    if mine is None:
        raise Denied(Refused("not_in_team", _("You are not in a team of this challenge.")))
    return mine
