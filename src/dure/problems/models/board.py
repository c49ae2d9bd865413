"""Leaderboards as they were computed, and what each participant takes away."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.problems import visibility
from dure.problems.models.challenge import Challenge
from dure.problems.models.data import AnswerVersion, ScorerVersion
from dure.problems.models.team import Team


class Board(models.Model):
    """One computed leaderboard: rows with score, interval, rank, rank interval and tie group, as JSON; a page reads one row.

    `public` boards hold only what participants may see; `private` ones are shown from the close on. One row per view and version;
    recomputed in place, so a page never waits for statistics.
    """

    class View(models.TextChoices):
        PUBLIC = "public", _("Public")
        PRIVATE = "private", _("Final")

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="boards")
    view = models.CharField(max_length=8, choices=View.choices)
    answers = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="+")
    scorer = models.ForeignKey(ScorerVersion, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=40, blank=True)
    resamples = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)
    scored = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "view", "answers", "scorer"], name="one_board_per_view"
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.view}"


class ResultRecordQuerySet(models.QuerySet["ResultRecord"]):
    def visible_to(self, person: Any) -> "ResultRecordQuerySet":
        return self.filter(visibility.result_q(person))


class ResultRecord(models.Model):
    """What a participant takes away from a closed challenge: a dated fact with its interval, later evidence of a skill.

    It never changes. `reproduced` says that the host re-ran the team's code to the same score.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="results")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=40)
    score = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    rank = models.PositiveIntegerField()
    rank_low = models.PositiveIntegerField(null=True)
    rank_high = models.PositiveIntegerField(null=True)
    teams = models.PositiveIntegerField()
    won = models.BooleanField(default=False)
    reproduced = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    objects = ResultRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "person"], name="one_result_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} #{self.rank}"
