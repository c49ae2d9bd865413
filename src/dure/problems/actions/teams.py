"""Teams: enter, invite, answer, leave, rename. One person is in one team per challenge; after the seal nothing moves."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, notices, prepared
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import rules
from dure.problems.models import Challenge, Team, TeamInvitation, TeamMember
from dure.problems.notice_groups import TAKING_PART, kinds_under
from dure.problems.recipients import by_words, title_words
from dure.problems.scoring.asking import ask_for_board

_to_teams = kinds_under(TAKING_PART)
INVITED = _to_teams(
    "team_invited",
    _("Invitations to teams"),
    _("%(by)s invites you to the team %(team)s in “%(title)s”."),
)
JOINED = _to_teams("team_joined", _("People joining your team"), _("%(by)s joined your team %(team)s."))


def team_of(person: Any, challenge: Challenge) -> Team | None:
    """The team this person is in now, or None."""
    if not person.is_authenticated:
        return None
    found = prepared.objects(
        "problems.team_of", _of, person, Team, related=("organisation",), put={prepared.NUMBER: challenge.pk}
    )
    for team in found:
        team.challenge = challenge
    return found[0] if found else None


def _of(person: Any) -> "QuerySet[Team]":
    return Team.objects.filter(
        challenge_id=prepared.NUMBER, members__person_id=person.pk, members__left_at=None
    )


@transaction.atomic
def enter(
    *,
    by: people.Person,
    challenge: Challenge,
    name: str = "",
    organisation: people.Organisation | None = None,
) -> Team:
    """Take part with a team of one's own; others can be invited into it. Raises Denied with the reason."""
    demand(rules.may_enter(by, challenge))
    if existing := team_of(by, challenge):
        return existing
    team = Team(
        challenge=challenge, name=_free_name(challenge, name.strip() or by.name), organisation=organisation
    )
    try:
        with transaction.atomic():
            team.save()
            TeamMember.objects.create(challenge=challenge, team=team, person=by, is_lead=True)
    except IntegrityError as error:
        raise Denied(
            Refused("name_taken", _("Another team has this name; choose a different one."))
        ) from error
    audit.write(by=by, action="team.enter", obj=team)
    return team


def _free_name(challenge: Challenge, wished: str) -> str:
    """The wished name, with a number behind it when another team has it."""
    taken = set(
        Team.objects.filter(challenge=challenge, name__startswith=wished[:50]).values_list("name", flat=True)
    )
    numbered = (f"{wished[:50]} {number}" for number in range(2, len(taken) + 3))
    return wished[:60] if wished not in taken else next(name for name in numbered if name not in taken)


@transaction.atomic
def invite(*, by: people.Person, team: Team, person: people.Person) -> TeamInvitation:
    """Invite one person; inviting again gives the open invitation."""
    demand(rules.may_change_team(by, team))
    demand(rules.has_room(team))
    if TeamMember.objects.filter(challenge=team.challenge, person=person, left_at=None).exists():
        raise Denied(Refused("in_a_team", _("This person is already in a team of this challenge.")))
    invitation, made = TeamInvitation.objects.get_or_create(
        team=team, person=person, closed_at=None, defaults={"invited_by": by}
    )
    if made:
        audit.write(by=by, action="team.invite", obj=team, detail={"person": person})
        notices.notify(
            [person], INVITED, url=f"/challenges/{team.challenge.slug}/team", params=_words(by, team)
        )
    return invitation


def _words(by: people.Person, team: Team) -> dict[str, str]:
    return {**by_words(by), **title_words(team.challenge.problem), "team": team.name}


@transaction.atomic
def accept(*, by: people.Person, invitation: TeamInvitation) -> Team:
    """Join the team that invites. One's own team without submissions is given up; with submissions one must leave it first."""
    _demand_addressee(by, invitation)
    team = (
        Team.objects.select_for_update(of=("self",))
        .select_related("challenge__problem")
        .get(pk=invitation.team_id)
    )
    demand(rules.may_enter(by, team.challenge))
    demand(rules.teams_move(team.challenge))
    demand(rules.has_room(team))
    _give_up_empty_team(by, team.challenge)
    TeamMember.objects.create(challenge=team.challenge, team=team, person=by)
    _close(invitation, accepted=True)
    audit.write(by=by, action="team.join", obj=team)
    others = [
        member.person
        for member in team.members.filter(left_at=None).exclude(person=by).select_related("person")
    ]
    notices.notify(others, JOINED, url=f"/challenges/{team.challenge.slug}/team", params=_words(by, team))
    return team


def _give_up_empty_team(by: people.Person, challenge: Challenge) -> None:
    current = team_of(by, challenge)
    if current is None:
        return
    if current.submissions.exists():
        raise Denied(
            Refused("team_has_submissions", _("You are in another team that has handed in; leave it first."))
        )
    _leave(by, current)


def decline(*, by: people.Person, invitation: TeamInvitation) -> None:
    _demand_addressee(by, invitation)
    _close(invitation, accepted=False)


def _demand_addressee(by: people.Person, invitation: TeamInvitation) -> None:
    if invitation.person_id != by.pk or invitation.closed_at:
        raise Denied(Refused("not_invited", _("This invitation is not open for you any more.")))


def _close(invitation: TeamInvitation, *, accepted: bool) -> None:
    invitation.closed_at, invitation.accepted = clock.now(), accepted
    invitation.save(update_fields=["closed_at", "accepted"])


@transaction.atomic
def leave(*, by: people.Person, team: Team) -> None:
    """Leave; the longest-standing member becomes lead. An empty team is disbanded: off the board, its files stay on record."""
    demand(rules.teams_move(team.challenge))
    _leave(by, team)
    audit.write(by=by, action="team.leave", obj=team)


def _leave(by: people.Person, team: Team) -> None:
    members = list(
        TeamMember.objects.select_for_update().filter(team=team, left_at=None).order_by("joined_at", "pk")
    )
    mine = next((member for member in members if member.person_id == by.pk), None)
    if mine is None:
        raise Denied(Refused("not_in_team", _("You are not in this team.")))
    mine.left_at = clock.now()
    mine.save(update_fields=["left_at"])
    rest = [member for member in members if member is not mine]
    if mine.is_lead and rest:
        rest[0].is_lead = True
        rest[0].save(update_fields=["is_lead"])
    if not rest:
        Team.objects.filter(pk=team.pk).update(disbanded_at=clock.now())
        ask_for_board(team.challenge)
