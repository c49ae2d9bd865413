"""Labs: what a learner ran and handed in, and what the judge said of it."""

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.learn.models.course import Lab
from dure.learn.models.enrolment import Enrolment


class LabDraft(models.Model):
    """A learner's cells of a lab as they stand on the page: kept whenever they change, so that nothing typed is lost."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="drafts")
    unit = models.CharField(max_length=60)
    cells = models.JSONField(default=list)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="one_draft_per_lab")]

    def __str__(self) -> str:
        return self.unit


class CellRun(models.Model):
    """Cells of a lesson page that ran on the farm, under the job's identifier. Its log is the job's."""

    job = models.UUIDField(unique=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="cell_runs")
    unit = models.CharField(max_length=60)
    cell = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.unit} {self.cell}"


class LabAttempt(models.Model):
    """A learner's code for a lab, as it was checked (public tests) or handed in (all tests)."""

    class Kind(models.TextChoices):
        CHECK = "check"
        HAND_IN = "hand_in"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    unit = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["enrolment", "unit", "-id"], name="attempt_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"


class Grading(models.Model):
    """One run of a lab's tests over an attempt; when tests change there is another, and the old one stays.

    States follow the job `job`: queued, done, failed_platform (our fault, costs nothing), broken (the tests are at fault, costs
    nothing), cancelled. `results` has one entry for each test: id, points, passed, and of public tests what was said.
    `limit` is the one that the code met, `log` what it printed, of checks alone.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED_PLATFORM = "failed_platform"
        BROKEN = "broken"
        CANCELLED = "cancelled"

    attempt = models.ForeignKey(LabAttempt, on_delete=models.CASCADE, related_name="gradings")
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="gradings")
    job = models.UUIDField(unique=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    results = models.JSONField(default=list)
    points = models.FloatField(default=0)
    out_of = models.FloatField(default=0)
    limit = models.CharField(max_length=16, blank=True)
    log = models.TextField(blank=True)
    judge_log = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state"], condition=models.Q(state="queued"), name="grading_open"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.points:g}/{self.out_of:g}"
