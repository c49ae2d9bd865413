"""What was suggested to whom, who was invited to apply, and lists of people that are not ordered by program."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.talent.matching import workflows
from dure.talent.models.opening import Opening


class Suggested(models.Model):
    """An opening stood on a person's list, with what was predicted then: kept only of people who agreed to be counted.

    `predicted` is the probability that every needed level is there, in [0, 1].
    """

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="suggested")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="suggested")
    model_version = models.CharField(max_length=20)
    predicted = models.FloatField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["model_version", "-at"], name="suggested_by_version")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opening", "model_version"], name="suggested_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predicted:.2f}"


class ApplyInvitation(Stateful):
    """An organisation asks somebody whose name it does not know to apply. States: `workflows.APPLY_INVITATION`.

    `key` is what the organisation calls the person for this opening. Its person alone sees the row.
    """

    workflow = workflows.APPLY_INVITATION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.APPLY_INVITATION.choices, default="sent")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="apply_invitations")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="apply_invitations")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=24)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["opening", "person"], name="invited_to_apply_once")]

    def __str__(self) -> str:
        return f"{self.opening}"


class HandOrder(models.Model):
    """For this opening no program orders people: who decided it, when and why."""

    opening = models.OneToOneField(Opening, on_delete=models.CASCADE, related_name="hand_order")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.reason
