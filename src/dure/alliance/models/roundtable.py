"""Roundtables: the meeting with its agenda, materials, guests, minutes and what somebody is to do afterwards."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property

from dure.alliance.models.topic import Topic
from dure.alliance.roundtables import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class RoundtableQuerySet(models.QuerySet["Roundtable"]):
    def visible_to(self, person: Any) -> "RoundtableQuerySet":
        return self.filter(visibility.roundtable_q(person))

    def inside_for(self, person: Any) -> "RoundtableQuerySet":
        """Those of which this person sees place, guests and tasks too."""
        return self.filter(visibility.inside_q(person))


class Roundtable(Stateful):
    """A meeting of gurus. States: `workflows.ROUNDTABLE`.

    `announced_at` is empty while only the secretariat knows of it; `reach` says who reads the minutes once they are published.
    `revision` counts changes of time and place, so that calendars take the newer one.
    """

    workflow = workflows.ROUNDTABLE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.ROUNDTABLE.choices, default="planned")
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    about_ko = models.TextField(max_length=4000, blank=True)
    about_en = models.TextField(max_length=4000, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)
    reach = models.CharField(max_length=12, choices=Topic.Reach.choices, default=Topic.Reach.MEMBERS)
    minutes_ko = models.TextField(max_length=40_000, blank=True)
    minutes_en = models.TextField(max_length=40_000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    announced_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = RoundtableQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["state", "starts_at"], name="roundtable_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="roundtable_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @cached_property
    def has_agenda(self) -> bool:
        return self.items.exists()


class AgendaItem(models.Model):
    """One point of the agenda: a topic, or words of its own, and how long it takes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="items")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="agenda_items")
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(600)])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["roundtable", "topic"], name="topic_on_agenda_once"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=600), name="agenda_item_has_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The topic's title, or its own, in the reader's language."""
        return self.topic.title if self.topic else i18n.localized(self, "title")


class RoundtableMaterial(models.Model):
    """Something to read before: a link."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=500)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class RoundtableGuest(models.Model):
    """Somebody who is invited, what they answered, and whether they came (empty while nobody has said)."""

    class Answer(models.TextChoices):
        NONE = "", visibility.NOT_ANSWERED
        YES = "yes", visibility.COMES
        NO = "no", visibility.DOES_NOT_COME

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=4, choices=Answer.choices, blank=True, default="")
    attended = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["roundtable", "person"], name="guest_once")]

    def __str__(self) -> str:
        return f"{self.person}"


class RoundtableTask(models.Model):
    """What somebody is to do after a roundtable, until when. `done_at` set: it is done, and `outcome` says what came of it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="tasks")
    what_ko = models.CharField(max_length=300, blank=True)
    what_en = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=1000, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["owner", "done_at", "due_on"], name="task_by_owner")]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        return i18n.localized(self, "what")
