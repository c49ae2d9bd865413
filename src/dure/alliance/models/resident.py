"""The joint lab: its rooms and desks, who works there, what they were given to get in, and who uses a room when."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from dure.alliance.models.project import ResearchProject
from dure.alliance.residents import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class JointLabQuerySet(models.QuerySet["JointLab"]):
    def visible_to(self, person: Any) -> "JointLabQuerySet":
        return self.filter(visibility.lab_q(person))


class JointLab(models.Model):
    """A place where people of several organisations work side by side; `keepers` look after it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name_ko = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    address_ko = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    host = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    keepers = models.ManyToManyField(people.Person, related_name="+", blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = JointLabQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @cached_property
    def kept_by(self) -> frozenset[int]:
        """Ids of the people who look after it."""
        return frozenset(self.keepers.values_list("pk", flat=True))

    @cached_property
    def workers(self) -> dict[Any, bool]:
        """What `rules.works_in` has found for a person; a fresh row starts anew."""
        return {}


class LabSpace(models.Model):
    """A room, or a desk. A desk is somebody's own (see `Resident.desk`) or booked by the hour like a room."""

    class Kind(models.TextChoices):
        ROOM = "room", pgettext_lazy("furniture", "Room")
        DESK = "desk", pgettext_lazy("furniture", "Desk")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    lab = models.ForeignKey(JointLab, on_delete=models.CASCADE, related_name="spaces")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["lab", "name"], name="lab_space_named_once")]

    def __str__(self) -> str:
        return self.name


class ResidentQuerySet(models.QuerySet["Resident"]):
    def visible_to(self, person: Any) -> "ResidentQuerySet":
        return self.filter(visibility.resident_q(person))


class Resident(Stateful):
    """Somebody of `employer` who works in a joint lab, maybe under a project. States: `workflows.RESIDENT`.

    Of a deleted account the stay is left, without a name: how full the lab was does not change.
    """

    workflow = workflows.RESIDENT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.RESIDENT.choices, default="expected")
    lab = models.ForeignKey(JointLab, on_delete=models.PROTECT, related_name="residents")
    person = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    employer = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        ResearchProject, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    desk = models.ForeignKey(
        LabSpace, null=True, blank=True, on_delete=models.SET_NULL, related_name="residents"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["lab", "state", "id"], name="resident_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "person"],
                condition=Q(state__in=("expected", "working", "leaving")),
                name="resident_once",
            ),
            models.UniqueConstraint(fields=["desk"], name="desk_of_one"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="resident_until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lab_id}: {self.person_id}"

    @cached_property
    def given(self) -> dict[str, "ResidentAccess"]:
        """The lines of the checklist that were done, by kind."""
        return {one.kind: one for one in self.access.select_related("given_by", "closed_by").order_by("pk")}


class ResidentAccess(models.Model):
    """One line of the access checklist that was done: by whom and when, and by whom and when it was taken back."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="access")
    kind = models.CharField(max_length=12)
    given_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["resident", "kind"], name="resident_access_once")]

    def __str__(self) -> str:
        return f"{self.resident_id}: {self.kind}"


class _Moments(Func):
    """The time of a booking; where one ends the next may begin."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class _Only(Func):
    """A number as a range of itself: equality that a GiST index knows without an extension."""

    function = "INT8RANGE"


class SpaceBooking(models.Model):
    """Somebody uses a space for some time. That no two overlap is held by the database, whoever writes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    space = models.ForeignKey(LabSpace, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    what = models.CharField(max_length=200, blank=True)
    people_count = models.PositiveIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_has_length"),
            ExclusionConstraint(
                name="booking_without_collision",
                expressions=[
                    (_Only(F("space_id"), F("space_id"), Value("[]")), RangeOperators.OVERLAPS),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id}: {self.starts_at}"
