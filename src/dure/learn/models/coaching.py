"""What coaches and learners of a cohort say to each other, the team projects at its end, and what became of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.learn.models.attempt import LabAttempt
from dure.learn.models.cohort import Cohort, Place
from dure.people import api as people
from dure.problems import api as problems


class CoachMessage(models.Model):
    """A message between a learner and the coaches: on a unit, on an attempt there, or (without unit) on anything.

    All messages of one place about one unit are a thread. The learner reads it, and the cohort's coaches; nobody else.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="messages")
    unit = models.CharField(max_length=60, blank=True)
    attempt = models.ForeignKey(
        LabAttempt, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    author = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(max_length=8000)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["place", "unit", "id"], name="message_of_thread")]

    def __str__(self) -> str:
        return self.body[:40]


class Project(models.Model):
    """A team project of a cohort: what is to be made, until when, and the open challenge it ends in, if it does."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="projects")
    name_ko = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    brief_ko = models.TextField(max_length=8000)
    brief_en = models.TextField(max_length=8000)
    challenge = models.ForeignKey(
        problems.Challenge, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    team_size = models.PositiveSmallIntegerField(default=4)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")


class ProjectTeam(models.Model):
    """People of the cohort who do a project together.

    `report` is what they hand over; `entered` the uid of the team they have in the challenge.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=60)
    members = models.ManyToManyField(Place, related_name="project_teams")
    coach = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered = models.UUIDField(null=True)
    report = models.TextField(blank=True, max_length=20000)
    handed_in_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_project_team_per_name")]

    def __str__(self) -> str:
        return self.name


class FollowUp(models.Model):
    """What a learner answered, some months after the cohort, about where they are now. Figures are shown from five answers on."""

    class Answer(models.TextChoices):
        EMPLOYED = "employed", _("Working in the field")
        ELSEWHERE = "elsewhere", _("Working in another field")
        STUDYING = "studying", _("Studying")
        FOUNDING = "founding", _("Founding a company")
        LOOKING = "looking", _("Looking for work")
        OTHER = "other", _("Something else")

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["months"]
        constraints = [models.UniqueConstraint(fields=["place", "months"], name="one_follow_up_per_time")]

    def __str__(self) -> str:
        return f"{self.months}"
