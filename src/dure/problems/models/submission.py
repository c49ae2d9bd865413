"""What teams hand in, and how it did."""

from typing import Any

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import visibility
from dure.problems.models.challenge import Challenge, Phase
from dure.problems.models.data import AnswerVersion, ScorerVersion
from dure.problems.models.team import Team


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, person: Any) -> "SubmissionQuerySet":
        return self.filter(visibility.submission_q(person))


class Submission(models.Model):
    """A file a team handed in and the platform accepted. It never changes.

    `withdrawn_at` takes it off the board, not out of the record.

    `blob` is the file as handed in, `table` the same rows as our own Parquet, which is what the scorer reads. Of code, `program`
    says how it is started (`engines.judging.programs`), and `table` holds what it predicted once the farm has run it.
    `is_final` marks the ones chosen for the private board. `client_key` is the hash of the key a program sent along, so that
    sending again after a lost answer finds this submission instead of making a second.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.PositiveIntegerField()
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="submissions")
    phase = models.ForeignKey(Phase, null=True, on_delete=models.PROTECT, related_name="submissions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="submissions")
    by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    program = models.JSONField(default=dict)
    filename = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    is_final = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - null does not clash, "" would

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="one_submission_per_number"),
            models.UniqueConstraint(fields=["team", "client_key"], name="one_submission_per_client_key"),
        ]
        indexes = [
            models.Index(fields=["challenge", "team", "-id"]),
            models.Index(fields=["team", "accepted_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class Evaluation(models.Model):
    """One submission under one version of answers and scorer: the unique constraint makes it the only standing one.

    A row is in one of these states (those of its lease, kind `evaluation`, subject = `uid`): queued, running, done, failed_user
    (the file is at fault), failed_run (the code was, on hidden inputs: that tells something, so it counts), failed_platform (we
    are; costs no quota), cancelled. One of code has no lease until there are predictions. Scores are written once, in the
    transaction that closes the lease. `public_released` is what participants may see of `public_score` (Ladder, clipped, rounded),
    `improved` says that this one moved what the team is shown. `details` says more of the private part (coverage of forecasts).

    Rejected: overwriting scores on a rescore; both sets stay.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED_USER = "failed_user"
        FAILED_RUN = "failed_run"
        FAILED_PLATFORM = "failed_platform"
        CANCELLED = "cancelled"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evaluations")
    answers = models.ForeignKey(AnswerVersion, on_delete=models.PROTECT, related_name="+")
    scorer = models.ForeignKey(ScorerVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    public_score = models.FloatField(null=True)
    private_score = models.FloatField(null=True)
    public_error = models.FloatField(null=True)
    public_released = models.FloatField(null=True)
    improved = models.BooleanField(default=False)
    second_score = models.FloatField(null=True)
    details = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "answers", "scorer"], name="one_standing_evaluation"
            )
        ]
        indexes = [
            models.Index(
                fields=["submission"],
                condition=models.Q(state__in=("failed_user", "failed_platform", "cancelled")),
                name="evaluation_not_counted",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.state}"
