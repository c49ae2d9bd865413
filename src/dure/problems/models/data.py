"""Data of a challenge: immutable versions by content hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems.models.challenge import Challenge


class DatasetVersion(models.Model):
    """One immutable version of what participants get: a manifest of content hashes, a licence, and the terms to accept."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="datasets")
    number = models.PositiveIntegerField()
    manifest_sha256 = models.CharField(max_length=64)
    licence = models.CharField(max_length=120)
    attribution = models.TextField(blank=True, max_length=2000)
    note_ko = models.TextField(blank=True, max_length=2000)
    note_en = models.TextField(blank=True, max_length=2000)
    created_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "number"], name="one_dataset_per_number")]

    def __str__(self) -> str:
        return f"{self.challenge_id} data v{self.number}"


class DatasetFile(models.Model):
    """One file of a dataset version."""

    class Part(models.TextChoices):
        TRAIN = "train", _("Training data")
        TEST = "test", _("Test inputs")
        SAMPLE = "sample", _("Sample submission")
        OTHER = "other", _("Other")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    dataset = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="files")
    part = models.CharField(max_length=8, choices=Part.choices)
    filename = models.CharField(max_length=200)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dataset", "filename"], name="one_file_per_name")]

    def __str__(self) -> str:
        return self.filename


class AnswerVersion(models.Model):
    """One version of the hidden answers: the normalised table (Parquet, with its public/private mask) as a blob.

    Nobody but the scorer and the hosts' download reads it. `note` tells teams why a new version came. For one that came
    after the opening, `begun_with` is the version that teams began with: it knows every row that was ever asked for, and on which
    side. `dropped` is how many of those rows do not count under this version. For a scoring program of the host's, `blob` is the
    archive of reference data that decides, and `public_blob` that of the public score; without it there is none before the close.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="answer_versions")
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    public_blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    public_rows = models.PositiveIntegerField()
    units = models.PositiveIntegerField(default=0)
    begun_with = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    dropped = models.PositiveIntegerField(default=0)
    note_ko = models.TextField(blank=True, max_length=2000)
    note_en = models.TextField(blank=True, max_length=2000)
    created_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "number"], name="one_answers_per_number")]

    def __str__(self) -> str:
        return f"{self.challenge_id} answers v{self.number}"


class ScorerVersion(models.Model):
    """One version of how predictions are scored: metric and parameters; its digest names it on the board.

    The metric `program` is a program of the host's: see `problems.programs`.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="scorer_versions")
    number = models.PositiveIntegerField()
    metric = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    note_ko = models.TextField(blank=True, max_length=2000)
    note_en = models.TextField(blank=True, max_length=2000)
    created_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "number"], name="one_scorer_per_number")]

    def __str__(self) -> str:
        return f"{self.challenge_id} scorer v{self.number}"
