"""A company's need."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import visibility, workflows


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, person: Any) -> "ProblemQuerySet":
        return self.filter(visibility.problem_q(person))


class Problem(Stateful):
    """A need in its owner's words, from draft to solved. The states and who moves them: `workflows.PROBLEM`.

    The guided answers (`hurts`, `cost`, `data`, `worth`) are in the owner's language (`original`); the other language is filled
    when somebody translates. `wish` is the route the owner would like, `route` the one the secretariat set; a challenge or
    workrooms hang on it. `saved_at` is the last change of the words; `reminded_at` the last reminder that it waits.
    """

    class Sensitivity(models.TextChoices):
        PUBLIC = "public", _("Public: anyone may have it")
        INTERNAL = "internal", _("Internal: only people who accept the terms")
        PERSONAL = "personal", _("Personal data: about people")
        SECRET = "secret", _("Secret: must not leave the company")

    class Route(models.TextChoices):
        CHALLENGE = "challenge", _("Challenge")
        TEAM = "team", _("Project team")
        DATA_STAYS = "data_stays", _("Data stays home")

    class Industry(models.TextChoices):
        MANUFACTURING = "manufacturing", _("Manufacturing")
        TELECOM = "telecom", _("Telecom")
        HEALTH = "health", _("Health")
        ENERGY = "energy", _("Energy")
        FINANCE = "finance", _("Finance")
        PUBLIC = "public", _("Public sector")
        OTHER = "other", _("Other")

    workflow = workflows.PROBLEM

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True, null=True)
    state = models.CharField(max_length=32, choices=workflows.PROBLEM.choices, default="draft")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="problems"
    )
    owner = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="problems")
    curator = models.ForeignKey(
        people.Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    original = models.CharField(max_length=2, choices=[("ko", "한국어"), ("en", "English")], default="ko")
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    summary_ko = models.TextField(blank=True, max_length=600)
    summary_en = models.TextField(blank=True, max_length=600)
    hurts_ko = models.TextField(blank=True, max_length=6000)
    hurts_en = models.TextField(blank=True, max_length=6000)
    cost_ko = models.TextField(blank=True, max_length=3000)
    cost_en = models.TextField(blank=True, max_length=3000)
    data_ko = models.TextField(blank=True, max_length=6000)
    data_en = models.TextField(blank=True, max_length=6000)
    worth_ko = models.TextField(blank=True, max_length=3000)
    worth_en = models.TextField(blank=True, max_length=3000)
    contact = models.CharField(blank=True, max_length=300)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity.choices, blank=True)
    industry = models.CharField(max_length=16, choices=Industry.choices, default=Industry.OTHER)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PRIVATE)
    circle = models.ForeignKey(
        people.Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wish = models.CharField(max_length=12, choices=Route.choices, blank=True)
    route = models.CharField(max_length=12, choices=Route.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    reason = models.TextField(blank=True, max_length=2000)
    practice = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["organisation", "-id"])]

    def __str__(self) -> str:
        return self.title_ko or self.title_en or str(self.uid)


class Attachment(models.Model):
    """A file the owner added to a need, or somebody to a message. It has the audience of what it hangs on."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey("Message", null=True, on_delete=models.CASCADE, related_name="attachments")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    added_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.filename


class Message(models.Model):
    """One message in a thread of a problem.

    `triage`: owner and secretariat; `talk`: all who see it; `workroom`: the parties of the room it names.
    `hidden_at` set: a moderator hid it; its place stays.
    """

    class Channel(models.TextChoices):
        TRIAGE = "triage", _("Triage")
        TALK = "talk", _("Discussion")
        WORKROOM = "workroom", _("Workroom")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="messages")
    workroom = models.ForeignKey("Workroom", null=True, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    thread = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField(max_length=8000)
    author = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    is_answer = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["problem", "channel", "id"])]

    def __str__(self) -> str:
        return self.title or self.body[:40]
