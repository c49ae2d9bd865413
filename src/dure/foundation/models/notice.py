"""Notices to people."""

from django.conf import settings
from django.db import models

from dure.foundation import clock


class Notice(models.Model):
    """One thing a person should know. The sentence is made when it is read, in the reader's language, from `kind` and `params`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest_first"),
            models.Index(fields=["person"], condition=models.Q(mailed_at=None), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return self.kind


class NoticePreference(models.Model):
    """A person's wish for one kind of notice; without a row it goes into the daily digest."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    mail = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"
