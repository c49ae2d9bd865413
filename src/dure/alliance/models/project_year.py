"""A project's years: milestones with their evidence, and the renewal at the end of each year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.models.project import ResearchProject
from dure.alliance.projects import workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class ProjectMilestone(Stateful):
    """Something that is to be there by a day. States: `workflows.MILESTONE`. `is_condition`: a renewal asked for it."""

    workflow = workflows.MILESTONE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.MILESTONE.choices, default="planned")
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="milestones")
    year = models.PositiveSmallIntegerField(default=1)
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    due_on = models.DateField()
    is_condition = models.BooleanField(default=False)
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="project_milestone_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class MilestoneEvidence(models.Model):
    """A link to what shows that a milestone is reached: a problem or a case here, or an address elsewhere."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    milestone = models.ForeignKey(ProjectMilestone, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=500)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class ProjectRenewal(models.Model):
    """The renewal at the end of one year: asked for, submitted, decided on or lapsed. One for each year, never deleted."""

    class Decision(models.TextChoices):
        RENEWED = "renewed", _("Renewed")
        CONDITIONS = "conditions", _("Renewed with conditions")
        NOT_RENEWED = "not_renewed", _("Not renewed")
        LAPSED = "lapsed", _("Lapsed")
        CLOSED = "closed", _("Closed by its lead")
        STOPPED = "stopped", _("Stopped")

    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="renewals")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    reminded_days = models.PositiveSmallIntegerField(null=True)
    escalated_at = models.DateTimeField(null=True)
    report = models.TextField(max_length=20_000, blank=True)
    outputs = models.TextField(max_length=4000, blank=True)
    plan = models.TextField(max_length=20_000, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_up_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(max_length=2000, blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-year"]
        indexes = [models.Index(fields=["due_on"], name="project_renewal_by_day")]
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="renewal_of_year_once")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.year}"
