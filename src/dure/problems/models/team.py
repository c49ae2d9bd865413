"""Teams."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.problems.models.challenge import Challenge


class Team(models.Model):
    """People who hand in together. A baseline is a team without members that its host submits for."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_baseline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    disbanded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "name"], name="one_team_per_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A person in a team: at most one team per challenge at a time. `left_at` set: was in it until then."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="team_memberships")
    is_lead = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "person"], condition=models.Q(left_at=None), name="one_person_one_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"


class TeamInvitation(models.Model):
    """An invitation to one person; open until accepted, declined or withdrawn (`closed_at`)."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"], condition=models.Q(closed_at=None), name="invited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} → {self.person_id}"
