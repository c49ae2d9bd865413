"""A team that was put together elsewhere takes part: one of its people enters and invites the others.

Nobody is put into a challenge: each accepts the terms, and the invitation, for themselves.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import rules
from dure.problems.actions.teams import accept, enter, invite, team_of
from dure.problems.models import Challenge, Team, TeamInvitation, TeamMember

TOO_MANY = Refused(
    "team_larger_than_allowed", _("There are more of you than the host allows in a team of this challenge.")
)
WITH_OTHERS = Refused(
    "in_other_team", _("You are in another team of this challenge. Leave it first, or stay with it.")
)


@dataclass(frozen=True, slots=True)
class Together:
    """The team in the challenge; `left_out` says by the person's id why somebody could not be invited."""

    team: Team
    left_out: Mapping[int, Refused]


@transaction.atomic
def enter_together(
    *, by: people.Person, challenge: Challenge, others: Collection[people.Person], name: str = ""
) -> Together:
    """Take part with a team into which the others are invited. Whoever is invited by one of them already joins that team instead.

    The caller lets one of them do it at a time. Raises Denied.
    """
    demand(rules.may_enter(by, challenge))
    demand(rules.teams_move(challenge))
    if len(others) + 1 > challenge.team_size:
        raise Denied(TOO_MANY)
    team = _team(by, challenge, others, name)
    left_out = {}
    for person in others:
        if not team.members.filter(person=person, left_at=None).exists():
            try:
                invite(by=by, team=team, person=person)
            except Denied as denied:
                left_out[person.pk] = denied.refused
    return Together(team, left_out)


def _team(by: people.Person, challenge: Challenge, others: Collection[people.Person], name: str) -> Team:
    current = team_of(by, challenge)
    inside = (
        set(current.members.filter(left_at=None).values_list("person_id", flat=True)) if current else set()
    )
    if not inside <= {by.pk, *(one.pk for one in others)}:
        raise Denied(WITH_OTHERS)
    invitation = _invitation(by, challenge, others) if len(inside) <= 1 else None
    if invitation is not None:
        return accept(by=by, invitation=invitation)
    return enter(by=by, challenge=challenge, name=name)


def _invitation(
    by: people.Person, challenge: Challenge, others: Collection[people.Person]
) -> TeamInvitation | None:
    """Into the team of one of them, the earliest first."""
    mates = TeamMember.objects.filter(challenge=challenge, person__in=others, left_at=None)
    rows = TeamInvitation.objects.filter(person=by, closed_at=None, team__in=mates.values("team_id"))
    return rows.select_related("team").order_by("pk").first()
