"""Who takes a course, what happened, and where that leaves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.learn import workflows
from dure.learn.models.course import Course, CourseVersion
from dure.people import api as people


class Enrolment(Stateful):
    """A person in a course, with the version they learn. States: `workflows.ENROLMENT`."""

    workflow = workflows.ENROLMENT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.ENROLMENT.choices, default="active")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "course"], name="one_enrolment_per_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.course}"


class LearningEvent(models.Model):
    """Something that a learner did or that was found, append-only in the database: everything else is computed from these.

    `object` names what it is about within the version: `unit/01-framing`, `quiz/leak-1`, `lab/02-data-audit`, or nothing for
    the course itself. `result` depends on the verb, as `learn.progress` reads it.
    """

    class Verb(models.TextChoices):
        STARTED = "started", _("started")
        MOVED = "moved", _("moved to another version")
        READ = "read", _("read")
        ANSWERED = "answered", _("answered")
        GRADED = "graded", _("was graded")
        COMPLETED = "completed", _("completed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    object = models.CharField(max_length=140, blank=True)
    result = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "id"], name="event_of_enrolment")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object}"


class Standing(models.Model):
    """Where an enrolment stands: computed from its events by `learn.progress`, and from nothing else.

    `items` maps each quiz item and lab to points, tries and whether it is settled; `read` lists the units whose lesson was read.
    Percentages are of the points that the version offers.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="standing")
    items = models.JSONField(default=dict)
    read = models.JSONField(default=list)
    quizzes = models.FloatField(default=0)
    labs = models.FloatField(default=0)
    done = models.FloatField(default=0)
    is_complete = models.BooleanField(default=False)
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.done:.0f} %"
