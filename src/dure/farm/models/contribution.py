"""What members give to the farm."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models

from dure.farm import visibility_sharing, workflows
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, person: Any) -> "ContributionQuerySet":
        return self.filter(visibility_sharing.shared_q(person))

    def in_force(self, day: date) -> "ContributionQuerySet":
        """Those whose machines belong to the farm on that day; one that has ended since was in force until then."""
        dated = self.filter(starts_on__lte=day).exclude(ends_on__lt=day)
        return dated.filter(models.Q(state="accepted") | models.Q(state="ended", accepted_at__isnull=False))


class Contribution(Stateful):
    """A machine that a member gives to the farm for a time. The states: `workflows.CONTRIBUTION`.

    `node_name` is the machine as its engine calls it, there already or to come; while the contribution is in force, what runs there
    is delivered by the member. `kept_percent` is the share of it the member keeps for itself: guaranteed, lent while it is idle.
    A machine without a contribution is the platform's own. `ends_on` is its last day; ended by hand it becomes that day.
    """

    workflow = workflows.CONTRIBUTION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=32, choices=workflows.CONTRIBUTION.choices, default="draft")
    node_name = models.CharField(max_length=80)
    accelerators = models.JSONField(default=dict)
    cores = models.PositiveIntegerField(default=0)
    memory_gb = models.PositiveIntegerField(default=0)
    kept_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)
    offered_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["node_name", "starts_on"], name="contribution_of_node")]

    def __str__(self) -> str:
        return self.node_name
