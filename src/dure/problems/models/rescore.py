"""Scoring all over again after a change of answers or scorer."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.problems.models.challenge import Challenge
from dure.problems.models.data import AnswerVersion, ScorerVersion


class Rescore(models.Model):
    """One change of answers or scorer while teams have handed in: from which versions to which.

    It runs until every accepted submission has an evaluation under the new versions that is not open any more; then
    `finished_at` is set and the teams are told what moved. Old evaluations and boards stay.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="rescores")
    answers_from = models.ForeignKey(AnswerVersion, on_delete=models.PROTECT, related_name="+")
    scorer_from = models.ForeignKey(ScorerVersion, on_delete=models.PROTECT, related_name="+")
    answers_to = models.ForeignKey(AnswerVersion, on_delete=models.PROTECT, related_name="+")
    scorer_to = models.ForeignKey(ScorerVersion, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["challenge"], condition=models.Q(finished_at=None), name="rescore_running")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} rescore {self.pk}"
