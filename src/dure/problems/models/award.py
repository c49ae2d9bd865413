"""Winners of a challenge: asked for their code and report, then accepted or passed over."""

from typing import Any

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import visibility_awards, workflows_awards
from dure.problems.models.challenge import Challenge
from dure.problems.models.team import Team


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, person: Any) -> "AwardQuerySet":
        return self.filter(visibility_awards.award_q(person))


class Award(Stateful):
    """A team that may win, in the order of the tie rule. The states: `workflows_awards.AWARD`.

    `place` is its rank on the final board, `shared` says that the prize of this place is shared with others. `report` and the
    files are what the team handed in; `reproduced` says that the host re-ran it to the same score.
    """

    workflow = workflows_awards.AWARD

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="awards")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="awards")
    state = models.CharField(max_length=32, choices=workflows_awards.AWARD.choices, default="asked")
    place = models.PositiveIntegerField()
    shared = models.BooleanField(default=False)
    report = models.TextField(blank=True, max_length=20000)
    reason = models.TextField(blank=True, max_length=2000)
    reproduced = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["challenge", "team"], name="one_award_per_team")]

    def __str__(self) -> str:
        return f"{self.challenge_id} #{self.place} {self.team_id}"


class AwardFile(models.Model):
    """A file of a winner's code or report; seen by the team and the hosts."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="files")
    filename = models.CharField(max_length=200)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.filename
