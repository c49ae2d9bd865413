"""Hours on the farm that a member was given, and what it asks to change about them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.farm import visibility_sharing, workflows
from dure.farm.models.accelerator import Accelerator
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, person: Any) -> "AllocationQuerySet":
        return self.filter(visibility_sharing.shared_q(person))

    def in_force(self) -> "AllocationQuerySet":
        return self.filter(state__in=workflows.ALLOCATION.tagged("in_force"))


class Allocation(Stateful):
    """Hours of one accelerator, or of processor cores (`accelerator` None), for a member or one project of it.

    The states: `workflows.ALLOCATION`. `project` is the word that jobs are charged to; empty, it holds for all jobs of the member
    that have no allocation of their own. `ends_on` is the last day. `warned_days`: how near the end was when people were last told.
    """

    workflow = workflows.ALLOCATION

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        COURSE = "course", _("Course")
        CHALLENGE = "challenge", _("Challenge")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=32, choices=workflows.ALLOCATION.choices, default="requested")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROJECT)
    project = models.CharField(max_length=80, blank=True)
    accelerator = models.ForeignKey(Accelerator, on_delete=models.PROTECT, null=True, related_name="+")
    hours = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    purpose = models.TextField(max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)
    requested_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    warned_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="allocation_dates_in_order"
            )
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="allocation_of_member")]

    def __str__(self) -> str:
        return self.what

    @property
    def type_name(self) -> str:
        """What its hours are hours of."""
        return self.accelerator.name if self.accelerator else gettext("processor cores")

    @property
    def what(self) -> str:
        """It in a few words, in the reader's language."""
        return gettext("%(hours)s hours of %(type)s") % {"hours": self.hours, "type": self.type_name}


class AllocationChangeQuerySet(models.QuerySet["AllocationChange"]):
    def visible_to(self, person: Any) -> "AllocationChangeQuerySet":
        return self.filter(visibility_sharing.shared_q(person, prefix="allocation__"))


class AllocationChange(Stateful):
    """What a member asks to change about an allocation: more or fewer hours, a later or nearer end.

    The states: `workflows.ALLOCATION_CHANGE`. One that moves the end further away is a renewal. One is asked for at a time.
    """

    workflow = workflows.ALLOCATION_CHANGE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=32, choices=workflows.ALLOCATION_CHANGE.choices, default="requested")
    is_renewal = models.BooleanField()
    hours = models.PositiveIntegerField()
    ends_on = models.DateField()
    purpose = models.TextField(max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)
    requested_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = AllocationChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation"],
                condition=models.Q(state="requested"),
                name="one_change_asked_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id}: {self.hours} h, {self.ends_on}"

    @property
    def organisation(self) -> people.Organisation:
        return self.allocation.organisation

    @property
    def organisation_id(self) -> int:
        return self.allocation.organisation_id
