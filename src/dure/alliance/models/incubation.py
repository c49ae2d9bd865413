"""Incubation: a batch with its call, jury and rubric, and the file of each startup in it."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.alliance.incubation import pitching, visibility, workflows
from dure.alliance.models.commitment import Commitment
from dure.alliance.models.guru import Field
from dure.alliance.models.scouting import ScoutedStartup, Stage
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class IncubationBatchQuerySet(models.QuerySet["IncubationBatch"]):
    def visible_to(self, person: Any) -> "IncubationBatchQuerySet":
        return self.filter(visibility.batch_q(person))


class IncubationBatch(Stateful):
    """Startups that are taken in together, from the call to the end. States: `workflows.BATCH`.

    `rubric` holds the lines on which a pitch is judged, each with the most points it gives.
    """

    workflow = workflows.BATCH

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.BATCH.choices, default="draft")
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    call_ko = models.TextField(max_length=8000, blank=True)
    call_en = models.TextField(max_length=8000, blank=True)
    apply_until = models.DateField()
    starts_on = models.DateField()
    demo_on = models.DateField()
    ends_on = models.DateField()
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(200)])
    rubric = models.JSONField(default=list)
    reason = models.TextField(max_length=2000, blank=True)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = IncubationBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["state", "apply_until"], name="batch_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__gt=models.F("apply_until"))
                & models.Q(demo_on__gte=models.F("starts_on"))
                & models.Q(ends_on__gte=models.F("demo_on")),
                name="batch_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def lines(self) -> list[pitching.Line]:
        """The rubric as it is read."""
        return [pitching.Line(**one) for one in self.rubric]


class IncubationJuror(models.Model):
    """Somebody who hears the pitches of a batch."""

    batch = models.ForeignKey(IncubationBatch, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "person"], name="juror_of_batch_once")]

    def __str__(self) -> str:
        return f"{self.person}"


class StartupCaseQuerySet(models.QuerySet["StartupCase"]):
    def visible_to(self, person: Any) -> "StartupCaseQuerySet":
        """Those of which this person may know."""
        return self.filter(visibility.case_q(person))

    def inside_for(self, person: Any) -> "StartupCaseQuerySet":
        """Those of which this person may read all but the scores."""
        return self.filter(visibility.inside_q(person))


class StartupCase(Stateful):
    """The file of a startup in a batch. States: `workflows.CASE`. `until` is its last day, once it is admitted."""

    workflow = workflows.CASE

    class Outcome(models.TextChoices):
        POC = "poc", _("A proof of concept with a member")
        INVESTMENT = "investment", _("An investment")
        END = "end", _("The programme was completed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.CASE.choices, default="applied")
    batch = models.ForeignKey(IncubationBatch, on_delete=models.PROTECT, related_name="cases")
    founder = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    scouted = models.ForeignKey(ScoutedStartup, null=True, on_delete=models.SET_NULL, related_name="+")
    name_ko = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    line_ko = models.CharField(max_length=300, blank=True)
    line_en = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, default="KR")
    fields = models.JSONField(default=list)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    site = models.CharField(max_length=300, blank=True)
    pitch = models.TextField(max_length=8000)
    wants = models.TextField(max_length=2000, blank=True)
    admitted_on = models.DateField(null=True)
    until = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_words = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = StartupCaseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "state"], name="startup_case_by_batch")]
        constraints = [models.UniqueConstraint(fields=["batch", "founder"], name="founder_in_batch_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def field_labels(self) -> list[str]:
        """Its fields in the reader's language."""
        return [str(Field(one).label) for one in self.fields if one in Field.values]

    @cached_property
    def mentoring(self) -> frozenset[int]:
        """Ids of the people who mentor it now."""
        return frozenset(self.mentors.filter(until=None).values_list("person_id", flat=True))

    @cached_property
    def lacking(self) -> list[Any]:
        """All that is missing before it can move in, each as its refusal."""
        from dure.alliance.incubation import rules  # noqa: PLC0415 - the rules name this table

        return rules.missing(self)

    @property
    def last_day(self) -> date:
        return self.until or self.batch.ends_on


class StartupMentor(models.Model):
    """Somebody who mentors a startup. `until` set: they did until then."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="mentors")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=models.Q(until=None), name="mentor_of_startup_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class StartupProvision(models.Model):
    """What a startup gets: space, equipment, hours; where it was pledged, under which commitment."""

    class Kind(models.TextChoices):
        SPACE = "space", _("Space")
        EQUIPMENT = "equipment", _("Equipment")
        HOURS = "hours", _("Accelerator hours")
        MONEY = "money", _("Money")
        OTHER = "other", _("Something else")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    what = models.CharField(max_length=300)
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what


class PitchScore(models.Model):
    """What one juror gave a pitch on each line of the rubric; `is_conflict`: they are too near to judge it, and see it no more."""

    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="scores")
    juror = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    is_conflict = models.BooleanField(default=False)
    points = models.JSONField(default=list)
    words = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "juror"], name="pitch_scored_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.juror_id}"


class StartupCheckpoint(Stateful):
    """A month of a startup: what its mentor saw, and its own figures. States: `workflows.CHECKPOINT`."""

    workflow = workflows.CHECKPOINT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.CHECKPOINT.choices, default="planned")
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="checkpoints")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)
    log = models.TextField(max_length=4000, blank=True)
    logged_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    logged_at = models.DateTimeField(null=True)
    revenue = models.DecimalField(
        max_digits=15, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, default="KRW")
    staff = models.PositiveIntegerField(null=True)
    customers = models.PositiveIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["state", "due_on"], name="checkpoint_by_day")]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"
