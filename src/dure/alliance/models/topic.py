"""Topics: questions put to the alliance, who follows them, and what is said about them."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.alliance.models.guru import Field
from dure.alliance.topics import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, person: Any) -> "TopicQuerySet":
        return self.filter(visibility.topic_q(person))


class Topic(Stateful):
    """A question that `organisation`, or a guru where that is empty, puts to the alliance. States: `workflows.TOPIC`.

    One that was merged names the other in `merged_into`; there the followers are.
    """

    workflow = workflows.TOPIC

    class Reach(models.TextChoices):
        MEMBERS = "members", _("All members and gurus")
        CONFIDENTIAL = "confidential", _("In confidence: gurus and the secretariat")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.TOPIC.choices, default="proposed")
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text_ko = models.TextField(max_length=8000, blank=True)
    text_en = models.TextField(max_length=8000, blank=True)
    why_ko = models.TextField(max_length=2000, blank=True)
    why_en = models.TextField(max_length=2000, blank=True)
    field = models.CharField(max_length=16, choices=Field.choices)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.MEMBERS)
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="topics"
    )
    proposed_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    reason = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(default=clock.now)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="topic_by_state")]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def proposers(self) -> dict[Any, bool]:
        """What `rules.is_proposer` has found for a person; a fresh row starts anew."""
        return {}

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class TopicFollower(models.Model):
    """Somebody who is told what becomes of a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="topic_followed_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.person_id}"


class TopicMessage(models.Model):
    """A word of the deliberation about a topic."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(max_length=4000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.body[:40]
