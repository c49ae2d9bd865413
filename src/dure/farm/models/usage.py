"""What was used, hour by hour, and how far each engine's accounting has been read."""

from django.db import models

from dure.foundation import clock
from dure.people import api as people


class UsageEntry(models.Model):
    """What one run used of one kind in one hour. Append-only: a trigger refuses updates and deletes.

    `source` names the engine and the run. What is learnt later (a preemption, an end that came late) is a further entry of the
    same source, hour and kind with the next `revision`, holding the difference; it may be negative. Amounts are seconds × units
    and exact: delivered = consumed + excused. `accelerator` is a key of the catalogue, or "" for processor cores. No `provider`
    means that the machine is the platform's own, no `consumer` that the job was.
    """

    source = models.CharField(max_length=160)
    hour = models.DateTimeField()
    accelerator = models.CharField(max_length=40, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    provider = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    consumer = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    project = models.CharField(max_length=80, blank=True)
    delivered = models.DecimalField(max_digits=20, decimal_places=6)
    consumed = models.DecimalField(max_digits=20, decimal_places=6)
    excused = models.DecimalField(max_digits=20, decimal_places=6)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "hour", "accelerator", "revision"], name="usage_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(delivered=models.F("consumed") + models.F("excused")), name="usage_adds_up"
            ),
        ]
        indexes = [
            models.Index(fields=["consumer", "accelerator", "hour"], name="usage_by_consumer"),
            models.Index(fields=["provider", "hour"], name="usage_by_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.hour:%Y-%m-%d %H} {self.accelerator or 'cores'}"


class UsageCursor(models.Model):
    """All hours of one engine that end by `until` are entered."""

    engine = models.CharField(max_length=40, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.engine} {self.until:%Y-%m-%d %H:%M}"
