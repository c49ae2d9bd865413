"""Seats that organisations offer, and what they ask for."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.openings import visibility, workflows


class VerifiedOrganisation(models.Model):
    """The secretariat looked at an organisation's papers: without this row nothing that it offers can open."""

    organisation = models.OneToOneField(
        people.Organisation, on_delete=models.CASCADE, related_name="verified_for_openings"
    )
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    papers = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.organisation}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, person: Any) -> "OpeningQuerySet":
        return self.filter(visibility.opening_q(person))


class Opening(Stateful):
    """Seats of one kind. States: `workflows.OPENING`.

    `regions` are codes as `engines.openings` has them, `languages` maps codes to levels 1 to 6, `steps` are selection steps, each
    as {"ko": ..., "en": ...}. Applications are taken until `deadline`. `problem` is set for seats in a problem's team. `reason`
    says why it was withdrawn. `dismissed` are skills (slugs) that the text names and that are not asked for all the same.
    """

    workflow = workflows.OPENING

    class Kind(models.TextChoices):
        JOB = "job", _("Employment")
        INTERNSHIP = "internship", _("Internship")
        EXCHANGE = "exchange", _("Exchange")
        SECONDMENT = "secondment", _("Secondment")
        SCHOLARSHIP = "scholarship", _("Scholarship")
        TEAM_SEAT = "team_seat", _("Seat in a project team")
        MENTOR = "mentor", _("Mentor")

    class Remote(models.TextChoices):
        NO = "no", _("On site")
        PARTLY = "partly", _("Partly remote")
        FULLY = "fully", _("Remote")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.OPENING.choices, default="draft")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    text_ko = models.TextField(max_length=8000)
    text_en = models.TextField(max_length=8000)
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    regions = models.JSONField(default=list)
    remote = models.CharField(max_length=8, choices=Remote.choices, default=Remote.NO)
    languages = models.JSONField(default=dict)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline = models.DateTimeField()
    steps = models.JSONField(default=list)
    dismissed = models.JSONField(default=list)
    accessibility_ko = models.TextField(blank=True, max_length=2000)
    accessibility_en = models.TextField(blank=True, max_length=2000)
    pay_from = models.PositiveBigIntegerField(null=True, blank=True)
    pay_to = models.PositiveBigIntegerField(null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_per = models.CharField(max_length=8, blank=True)
    problem = models.ForeignKey(
        problems.Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="openings"
    )
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(default=clock.now)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="opening_by_deadline"),
            models.Index(fields=["organisation", "-id"], name="opening_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class OpeningImport(models.Model):
    """A spreadsheet of openings that somebody looked at and, once `applied_at` is set, took over; `made` counts the drafts."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.CASCADE, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)
    made = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename


class Requirement(models.Model):
    """A skill that an opening must have (`is_must`) or would like, with the level; `weight` counts among the nice ones."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="requirements")
    skill = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    is_must = models.BooleanField()
    weight = models.FloatField(default=1.0, validators=[MinValueValidator(0.0), MaxValueValidator(1.0)])

    class Meta:
        ordering = ["-is_must", "id"]
        constraints = [models.UniqueConstraint(fields=["opening", "skill"], name="one_requirement_per_skill")]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"
