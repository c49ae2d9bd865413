"""Calls for joint research, each with its rubric and its rules."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.calls import visibility, workflows
from dure.alliance.models.agreement import Agreement
from dure.alliance.projects import tracks
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


def waivable_by_default() -> list[str]:
    """Kinds of conflicts that the secretariat may waive, with a reason, unless a call says otherwise."""
    return ["organisation", "former_organisation"]


class ResearchCallQuerySet(models.QuerySet["ResearchCall"]):
    def visible_to(self, person: Any) -> "ResearchCallQuerySet":
        return self.filter(visibility.call_q(person))


class ResearchCall(Stateful):
    """What members are asked to propose, with the rules by which it is decided. States: `workflows.CALL`.

    Amounts are whole won. `conflicts_on` is the day on which its conflicts of interest were looked at last.
    `least_score` is a mean from 0 to 100 below which nothing is funded.
    """

    workflow = workflows.CALL

    class Reach(models.TextChoices):
        MEMBERS = "members", _("Members")
        PUBLIC = "public", _("Everybody")

    class WhenFull(models.TextChoices):
        STOP = "stop", _("It and all below it wait")
        SKIP = "skip", _("Smaller ones below it can still be accepted")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.CALL.choices, default="draft")
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    text_ko = models.TextField(max_length=8000, blank=True)
    text_en = models.TextField(max_length=8000, blank=True)
    tracks = models.JSONField(default=list)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.MEMBERS)
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )
    closes_at = models.DateTimeField(null=True, blank=True)
    ceiling = models.PositiveBigIntegerField(default=0)
    least_partners = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    reviews_each = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    review_days = models.PositiveSmallIntegerField(
        default=21, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    conflict_years = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(50)])
    waivable = models.JSONField(default=waivable_by_default, blank=True)
    least_score = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    when_full = models.CharField(max_length=8, choices=WhenFull.choices, default=WhenFull.STOP)
    reason = models.TextField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    conflicts_on = models.DateField(null=True)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = ResearchCallQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "closes_at"], name="call_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def track_labels(self) -> list[str]:
        """Its tracks in the reader's language."""
        return [str(tracks.Track(one).label) for one in self.tracks if one in tracks.Track.values]


class CallCriterion(models.Model):
    """One item of a call's rubric: marks from 0 to `scale`, counted with `weight`."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    call = models.ForeignKey(ResearchCall, on_delete=models.CASCADE, related_name="criteria")
    name_ko = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    scale = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The item in the reader's language."""
        return i18n.localized(self, "name")
