"""The outbox."""

from django.db import models

from dure.foundation import clock


class OutboxEvent(models.Model):
    """An event recorded in the transaction that caused it."""

    name = models.CharField(max_length=120)
    payload = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event on its way to one handler: pending until `done_at`; retried after a crash or an error."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=160)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler")]
        indexes = [models.Index(fields=["id"], condition=models.Q(done_at=None), name="delivery_pending")]

    def __str__(self) -> str:
        return self.handler
