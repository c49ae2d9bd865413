"""Cohorts: who learns a course together in a term, on whose seats, and until when things are due."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.learn.cohorts import visibility, workflows
from dure.learn.models.course import Course, CourseVersion
from dure.learn.models.enrolment import Enrolment
from dure.people import api as people


class Programme(models.Model):
    """What an organisation runs again and again under one name, in terms: its cohorts may be of several courses."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="programmes")
    name_ko = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    summary_ko = models.TextField(blank=True, max_length=600)
    summary_en = models.TextField(blank=True, max_length=600)
    hours = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, person: Any) -> "CohortQuerySet":
        return self.filter(visibility.cohort_q(person))


class Cohort(Stateful):
    """People who learn one version of a course in a term. States: `workflows.COHORT`.

    The version is the announced syllabus. `circle` holds whoever has a place, and the coaches: what the cohort shares has that
    audience. `code_key` makes the codes by which people say that they are in the room; it never leaves the server.
    """

    workflow = workflows.COHORT

    class Admission(models.TextChoices):
        OPEN = "open", _("Who comes first has a place")
        SELECTED = "selected", _("A coach decides on each application")

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean")
        ENGLISH = "en", _("English")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.COHORT.choices, default="draft")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts"
    )
    name_ko = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    term = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.KOREAN)
    admission = models.CharField(max_length=10, choices=Admission.choices, default=Admission.OPEN)
    starts_on = models.DateField()
    ends_on = models.DateField()
    apply_until = models.DateField()
    coaches = models.ManyToManyField(people.Person, related_name="+")
    circle = models.ForeignKey(people.Circle, on_delete=models.PROTECT, related_name="+")
    attendance_asked = models.PositiveSmallIntegerField(default=80)
    code_key = models.BinaryField(max_length=32)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["course", "state"], name="cohort_of_course")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cohort_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(attendance_asked__lte=100), name="attendance_asked_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")


class SeatBlock(models.Model):
    """Seats that one organisation gives in a cohort: to the people of `reserved_for`, or to anybody.

    `returned` of them were given back and are no seats any more. What is taken is counted from the places.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="blocks")
    sponsor = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="seats_given")
    reserved_for = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="seats_reserved"
    )
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    returned = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(returned__lte=models.F("seats")), name="no_more_returned_than_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor}: {self.seats - self.returned}"


class Place(Stateful):
    """A person's place in a cohort, from the application on. States: `workflows.PLACE`.

    With a place in the cohort there are `block`, whose seat it is, and `enrolment`. The waiting list is in the order of
    `applied_at`. `extension_days` moves every date that is due for this person alone, `extra_minutes` the end of their
    entrance test.
    """

    workflow = workflows.PLACE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.PLACE.choices, default="applied")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="places")
    organisation = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    block = models.ForeignKey(
        SeatBlock, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    motive = models.TextField(blank=True, max_length=2000)
    extension_days = models.PositiveSmallIntegerField(default=0)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    applied_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["applied_at", "id"]
        indexes = [models.Index(fields=["cohort", "state", "applied_at"], name="place_in_cohort")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="one_place_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class DueDate(models.Model):
    """When a unit's questions and lab are due in a cohort; `unit` is its id in the cohort's version."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="due_dates")
    unit = models.CharField(max_length=60)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["cohort", "unit"], name="one_due_date_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.due_at:%Y-%m-%d}"


class Announcement(models.Model):
    """What a coach tells everybody in the cohort."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="announcements")
    author = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=160)
    body = models.TextField(max_length=8000)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
