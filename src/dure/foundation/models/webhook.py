"""The address outside to which a person's notices are carried."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7


def fresh_salt() -> str:
    return secrets.token_hex(16)


class Webhook(models.Model):
    """One address a person named. It is on, or off since `off_at`: too many failures in a row switch it off, saving switches it on.

    The signing key is made of `salt` and the platform's own key when needed, so that a copy of the database signs nothing.
    Rejected: keeping the key itself, as it must be readable for signing and would then be readable in every backup.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    salt = models.CharField(max_length=32, default=fresh_salt)
    failures = models.PositiveSmallIntegerField(default=0)
    off_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """What may be said of the address anywhere: the rest of it is often a secret of its own."""
        return urlsplit(self.url).hostname or ""


class WebhookDelivery(models.Model):
    """One notice on its way to one address: due at `next_at` until `done_at`, then arrived (no `fault`) or given up (with one).

    `fault` is a code of `outward.FAULTS`, or `off`; `status` is what the receiver answered last.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    notice = models.ForeignKey("foundation.Notice", on_delete=models.CASCADE, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=models.Q(done_at=None), name="webhook_due"),
            models.Index(fields=["webhook", "-id"], name="webhook_newest_first"),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def is_delivered(self) -> bool:
        return self.done_at is not None and not self.fault
