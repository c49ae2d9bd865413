"""Submitted code: the hidden inputs that it runs on, and its runs on the farm."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems.models.challenge import Challenge
from dure.problems.models.submission import Evaluation, Submission


class HiddenInput(models.Model):
    """A file that submitted code reads and nobody downloads. It has no row in any data version, so that no list can show it.

    `part` is empty, or the part that it is for, where a bundle has inputs of their own for its phases.
    `first_case` holds its first rows in the same format, for the trial before the whole; the same blob where it cannot be cut.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="hidden_inputs")
    filename = models.CharField(max_length=200)
    part = models.CharField(max_length=8, blank=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    first_case = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "part", "filename"], name="one_hidden_input_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.filename


class CodeRun(models.Model):
    """One run of a submission's code: `job` is its job on the farm, whose end is written here once.

    `queued` until that job is over, then one of the job's final states. Of a run on hidden inputs there is no log and no fault
    with its place, only what may be told: exit status, signal, limit, time, memory, a type of exception, and `problem`, which says
    in one word why its predictions were not taken. One at a site (`job` is its task there) names the data's owner, and its log
    is there once that owner released it. `same` says of a run made again whether it gave the same score.
    """

    class Stage(models.TextChoices):
        PUBLIC = "public", _("Public inputs")
        TRIAL = "trial", _("One hidden case")
        HIDDEN = "hidden", _("All hidden inputs")
        AGAIN = "again", _("Run again by the host")
        SITE = "site", _("At a site")

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED_USER = "failed_user"
        FAILED_PLATFORM = "failed_platform"
        CANCELLED = "cancelled"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="code_runs")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    job = models.UUIDField(unique=True)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    exit_code = models.IntegerField(null=True)
    signal = models.PositiveSmallIntegerField(null=True)
    limit = models.CharField(max_length=12, blank=True)
    exception = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    faults = models.JSONField(default=list)
    seconds = models.FloatField(null=True)
    memory_mib = models.PositiveIntegerField(null=True)
    environment = models.CharField(max_length=64, blank=True)
    owner = models.ForeignKey(people.Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    log = models.TextField(blank=True)
    score = models.FloatField(null=True)
    same = models.BooleanField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "stage"],
                condition=~models.Q(stage__in=["again", "site"]),
                name="one_code_run_per_stage",
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(state="queued"), name="code_run_open")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.stage} {self.state}"


class ProgramRun(models.Model):
    """One run of a host's scoring program over one submission: the public or the deciding reference data, or both at once.

    States as `CodeRun`. `scores` are all that it named. Its log is for the hosts alone: it stood beside the answers.
    """

    class Part(models.TextChoices):
        PUBLIC = "public", _("Public")
        PRIVATE = "private", _("Private")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="program_runs")
    part = models.CharField(max_length=8, choices=Part.choices)
    job = models.UUIDField(unique=True)
    state = models.CharField(max_length=16, choices=CodeRun.State.choices, default=CodeRun.State.QUEUED)
    exit_code = models.IntegerField(null=True)
    limit = models.CharField(max_length=12, blank=True)
    scores = models.JSONField(default=dict)
    log = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "part"], name="one_program_run_per_part")
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(state="queued"), name="program_run_open")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.part} {self.state}"
