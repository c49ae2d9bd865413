"""The audit trail."""

from django.conf import settings
from django.db import models

from dure.foundation import clock


class AuditEntry(models.Model):
    """Who did what to which object, when and from where. Append-only: a trigger refuses updates and deletes.

    A deleted account keeps its entries: the person's row is emptied, not removed, so the trail stays whole and names nobody.
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=100, db_index=True)
    entity = models.CharField(max_length=60)
    uid = models.UUIDField(null=True, db_index=True)
    detail = models.JSONField(default=dict)
    origin = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
