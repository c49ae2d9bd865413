"""Workrooms: where a need's owner and those who solve it plan, deliver, try out and look back."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import visibility_workrooms, workflows_workroom
from dure.problems.models.problem import Problem
from dure.problems.models.team import Team


class Due(Stateful):
    """A row that waits for somebody until a day. `due_on` is the day that holds for the present state, if one does.

    `reminded_at` is the last reminder; a state entered later is reminded of anew.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    due_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class WorkroomQuerySet(models.QuerySet["Workroom"]):
    def visible_to(self, person: Any) -> Self:
        return self.filter(visibility_workrooms.workroom_q(person))


class Workroom(Due):
    """A room for one need: its owner on one side, the solvers on the other. The states: `workflows_workroom.WORKROOM`.

    `circle` holds everybody who may look in. `team` is set when the solvers come from a challenge. `pays_after` months after the
    pilot the clock asks the owner whether it paid; the answer stands in `paid` and the `payoff_…` columns.
    """

    class Paid(models.TextChoices):
        YES = "yes", _("Yes, it paid")
        NOT_YET = "not_yet", _("Not yet")
        NO = "no", _("No, it did not pay")

    workflow = workflows_workroom.WORKROOM

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="workrooms")
    state = models.CharField(max_length=32, choices=workflows_workroom.WORKROOM.choices, default="planning")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="workrooms")
    circle = models.ForeignKey(people.Circle, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    pilot_from = models.DateField(null=True)
    pilot_until = models.DateField(null=True)
    pilot_words = models.TextField(blank=True, max_length=4000)
    pays_after = models.PositiveSmallIntegerField(default=6)
    paid = models.CharField(max_length=8, choices=Paid.choices, blank=True)
    payoff_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    payoff_unit = models.CharField(max_length=60, blank=True)
    payoff_words = models.TextField(blank=True, max_length=4000)
    reason = models.TextField(blank=True, max_length=2000)

    objects = WorkroomQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def room(self) -> "Workroom":
        """The room itself; parts of a room answer with theirs."""
        return self


class Solver(models.Model):
    """A person on the solving side of a room; `left_at` set: was in it until then."""

    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="solvers")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workroom", "person"], condition=models.Q(left_at=None), name="solver_once_in_room"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.workroom_id}"


class Milestone(Due):
    """A step of the plan with the day it is due. The states: `workflows_workroom.MILESTONE`."""

    workflow = workflows_workroom.MILESTONE

    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="milestones")
    state = models.CharField(max_length=32, choices=workflows_workroom.MILESTONE.choices, default="planned")
    title = models.CharField(max_length=160)
    words = models.TextField(blank=True, max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def room(self) -> Workroom:
        return self.workroom


class Deliverable(Due):
    """One version of the solution as handed over. The states: `workflows_workroom.DELIVERABLE`.

    At the handover `manifest` (files with their hashes, how to run it, environment, licence) is frozen and `manifest_sha256` names
    it. A returned version stays as it was; the mended one is a new version.
    """

    workflow = workflows_workroom.DELIVERABLE

    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="deliverables")
    state = models.CharField(max_length=32, choices=workflows_workroom.DELIVERABLE.choices, default="draft")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    what = models.TextField(blank=True, max_length=4000)
    run = models.TextField(blank=True, max_length=4000)
    environment = models.TextField(blank=True, max_length=4000)
    licence = models.CharField(blank=True, max_length=120)
    manifest = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    ran = models.BooleanField(null=True)
    trial_words = models.TextField(blank=True, max_length=4000)
    tried_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["workroom", "number"], name="one_deliverable_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def room(self) -> Workroom:
        return self.workroom


class Defect(Due):
    """Something the owner found wrong, tracked until it is mended or dropped. The states: `workflows_workroom.DEFECT`."""

    class Severity(models.TextChoices):
        BLOCKING = "blocking", _("Must be mended before acceptance")
        MINOR = "minor", _("Minor")

    workflow = workflows_workroom.DEFECT

    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="defects")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="defects")
    state = models.CharField(max_length=32, choices=workflows_workroom.DEFECT.choices, default="open")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    words = models.TextField(blank=True, max_length=4000)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.BLOCKING)
    reported_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    mended = models.TextField(blank=True, max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workroom", "number"], name="one_defect_per_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def room(self) -> Workroom:
        return self.workroom


class Decision(Due):
    """Something both sides hold to: one side proposes, the other agrees. The states: `workflows_workroom.DECISION`."""

    class Side(models.TextChoices):
        OWNER = "owner", _("Owner")
        SOLVERS = "solvers", _("Solvers")

    workflow = workflows_workroom.DECISION

    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="decisions")
    state = models.CharField(max_length=32, choices=workflows_workroom.DECISION.choices, default="proposed")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True, max_length=4000)
    side = models.CharField(max_length=8, choices=Side.choices)
    proposed_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workroom", "number"], name="one_decision_per_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def room(self) -> Workroom:
        return self.workroom


class WorkroomFile(models.Model):
    """A file of a room, or of one version of the solution. `removed_at` set: taken out of the list, kept on record."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    workroom = models.ForeignKey(Workroom, on_delete=models.CASCADE, related_name="files")
    deliverable = models.ForeignKey(Deliverable, null=True, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    added_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.filename
