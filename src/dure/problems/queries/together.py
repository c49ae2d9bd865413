"""Where people of one team that was put together elsewhere stand in a challenge. For themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from dure.people import api as people
from dure.problems.models import Challenge, Team, TeamInvitation, TeamMember

Place = Literal["inside", "invited", "elsewhere", ""]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The team in which most of them are among themselves, or None, and by the person's id where each of them stands."""

    team: Team | None
    places: dict[int, Place]


def gathered_in(challenge: Challenge, persons: Collection[people.Person]) -> Gathered:
    """Two queries at most. A team with anybody else in it is another one, and so is one that somebody is in alone beside it."""
    ids = {one.pk for one in persons}
    teams = _teams_of(challenge, ids)
    own = [team for team, inside in teams.items() if inside <= ids]
    team = max(own, key=lambda one: (len(teams[one]), -one.pk), default=None)
    inside, invited = (teams[team], _invited(team)) if team else (set[int](), set[int]())
    elsewhere = {pk for members in teams.values() for pk in members} - inside
    return Gathered(team, {pk: _place(pk, inside, elsewhere, invited) for pk in ids})


def _teams_of(challenge: Challenge, ids: set[int]) -> dict[Team, set[int]]:
    """Teams of these people with everybody who is in them now."""
    mine = TeamMember.objects.filter(challenge=challenge, person__in=ids, left_at=None)
    rows = TeamMember.objects.filter(team__in=mine.values("team_id"), left_at=None).select_related("team")
    found: dict[Team, set[int]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.team, set()).add(row.person_id)
    return found


def _invited(team: Team) -> set[int]:
    rows = TeamInvitation.objects.filter(team=team, closed_at=None)
    return set(rows.values_list("person_id", flat=True))


def _place(pk: int, inside: set[int], elsewhere: set[int], invited: set[int]) -> Place:
    if pk in inside:
        return "inside"
    if pk in elsewhere:
        return "elsewhere"
    return "invited" if pk in invited else ""


def challenges_entered(person: Any) -> "QuerySet[Challenge]":
    """The challenges in which this person is in a team now."""
    return Challenge.objects.filter(teams__members__person_id=person.pk, teams__members__left_at=None)
