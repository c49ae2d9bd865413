"""Bulk actions: what an officer chose to do to several things, and what came of each."""

from typing import Any

from django.db import models

from dure.alliance.bulk import visibility, workflows
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class BulkBatchQuerySet(models.QuerySet["BulkBatch"]):
    def visible_to(self, person: Any) -> "BulkBatchQuerySet":
        return self.filter(visibility.batch_q(person))


class BulkBatch(Stateful):
    """One deed to several things. States: `workflows.BATCH`. Nothing is done and nobody is told before `performs_at`.

    `deed` is a code of `bulk.deeds`; `given` is what it needs, as JSON; `sha256` is that of what was looked at.
    """

    workflow = workflows.BATCH

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.BATCH.choices, default="waiting")
    deed = models.CharField(max_length=40)
    given = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    performs_at = models.DateTimeField()

    objects = BulkBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "performs_at"], name="bulk_batch_by_state")]

    def __str__(self) -> str:
        return f"{self.deed}: {self.uid}"


class BulkItem(models.Model):
    """One thing of a batch as it was looked at: its `state` and since when. `words` says in both languages why it was not done.

    A thing stands in one batch that is still ahead, not in two.
    """

    class Result(models.TextChoices):
        PENDING = "", visibility.AHEAD
        DONE = "done", visibility.DONE
        REFUSED = "refused", visibility.NOT_DONE
        CANCELLED = "cancelled", visibility.TAKEN_BACK

    batch = models.ForeignKey(BulkBatch, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=32)
    thing = models.UUIDField()
    state = models.CharField(max_length=32)
    since = models.DateTimeField()
    result = models.CharField(max_length=12, choices=Result.choices, blank=True, default="")
    code = models.CharField(max_length=60, blank=True)
    words = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "thing"], name="bulk_item_by_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing"], condition=models.Q(result=""), name="bulk_thing_ahead_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.thing}"
