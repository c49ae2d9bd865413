"""A team as its members see it: who is in it and who is invited. Each one query."""

from typing import Any, Final

from django.db.models import QuerySet

from dure.foundation import prepared
from dure.people import api as people
from dure.problems.models import Challenge, Team, TeamInvitation, TeamMember

BY_NAME: Final = {"person": people.NAMED}


def members_of(team: Team) -> list[TeamMember]:
    """Who is in it now, with the person of each."""
    return prepared.of("problems.members", _members, TeamMember, team.pk, related=("person",), only=BY_NAME)


def invited_to(team: Team) -> list[TeamInvitation]:
    """Its open invitations, with the person of each."""
    return prepared.of(
        "problems.invited", _invited, TeamInvitation, team.pk, related=("person",), only=BY_NAME
    )


def received(person: Any, challenge: Challenge) -> list[TeamInvitation]:
    """Open invitations of teams of this challenge to this person, with the team and who invites."""
    if not person.is_authenticated:
        return []
    put, related = {prepared.NUMBER: challenge.pk}, ("team", "invited_by")
    only = {"invited_by": people.NAMED}
    return prepared.objects(
        "problems.received", _received, person, TeamInvitation, related=related, only=only, put=put
    )


def _members() -> "QuerySet[TeamMember]":
    return TeamMember.objects.filter(team_id=prepared.NUMBER, left_at=None).order_by("joined_at", "pk")


def _invited() -> "QuerySet[TeamInvitation]":
    return TeamInvitation.objects.filter(team_id=prepared.NUMBER, closed_at=None).order_by("pk")


def _received(person: Any) -> "QuerySet[TeamInvitation]":
    mine = TeamInvitation.objects.filter(person_id=person.pk, closed_at=None).order_by("pk")
    return mine.filter(team__challenge_id=prepared.NUMBER)
